// The personal parts of pages that are the same for everyone.

const filled = new EventTarget();
let reader = null;

/** Calls back with the signed-in person's mark, once it is known that somebody is. */
export function whenSignedIn(act) {
  if (reader) act(reader);
  else filled.addEventListener("reader", () => act(reader), { once: true });
}

/** Who is signed in here, as far as this page knows; empty when it does not. */
export const person = () => reader ?? "";

async function fill(place) {
  const response = await fetch(place.dataset.fragment, { headers: { Accept: "text/html" } });
  if (!response.ok) return;
  place.innerHTML = await response.text();
  const mark = place.querySelector("[data-signed-in]");
  if (mark && !reader) {
    reader = mark.dataset.signedIn || "somebody";
    filled.dispatchEvent(new Event("reader"));
  }
}

export function fillFragments() {
  for (const place of document.querySelectorAll("[data-fragment]")) {
    // Without an answer the plain links stay, which lead to the same places.
    fill(place).catch(() => {});
  }
}

// An open menu closes when attention goes elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
