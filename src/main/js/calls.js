// Calls to this site, with what its protection against forged requests asks for.

import { say } from "./say.js";

export function token() {
  const found = document.cookie.match(/(?:^|; )(?:__Host-)?XSRF-TOKEN=([^;]*)/);
  return found ? decodeURIComponent(found[1]) : "";
}

// Browsers let 64 KB outlive their page, and refuse to send more so.
const MOST_KEPT_ALIVE = 16_000;

/** Sends JSON; rejects only when there was no answer. */
export function send(method, address, body) {
  const text = JSON.stringify(body);
  return fetch(address, {
    method,
    headers: {
      Accept: "application/json",
      "Content-Type": "application/json",
      "X-XSRF-TOKEN": token(),
    },
    body: text,
    keepalive: text.length < MOST_KEPT_ALIVE,
  });
}

/** Sends a form's fields, and follows where that leads. */
export function form(address, fields) {
  return fetch(address, {
    method: "POST",
    headers: { Accept: "text/html", "X-XSRF-TOKEN": token() },
    body: new URLSearchParams(fields),
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
    return say("script.answered", String(response.status));
  }
}
