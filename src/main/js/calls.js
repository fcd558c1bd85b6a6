// Calls to this site, with what its protection against forged requests asks for.

function token() {
  const found = document.cookie.match(/(?:^|; )(?:__Host-)?XSRF-TOKEN=([^;]*)/);
  return found ? decodeURIComponent(found[1]) : "";
}

/** Sends JSON; rejects only when there was no answer. */
export function send(method, address, body) {
  return fetch(address, {
    method,
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-XSRF-TOKEN": token(),
    },
    body: JSON.stringify(body),
    keepalive: true,
  });
}

export async function read(address) {
  const response = await fetch(address, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response.json();
}

/** The sentence of a problem document, or one of our own. */
export async function sentence(response) {
  try {
    const problem = await response.json();
    return problem.detail || problem.title;
  } catch {
    return `The server answered ${response.status}.`;
  }
}
