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

/** The address of the worker that hears their news. */
export const news = () => document.querySelector("[data-news]").dataset.news;

const BEGINNINGS = new Set(["/", "/courses", "/sign-in", "/sign-up", "/forgot"]);

/** Whoever comes in by the corner comes back to where they were, or goes on to where they wanted. */
function leadBack(place) {
  const wanted = new URLSearchParams(location.search).get("next");
  const here = BEGINNINGS.has(location.pathname) ? wanted : location.pathname + location.search;
  if (!here) return;
  for (const way of place.querySelectorAll('a[href="/sign-in"], a[href="/sign-up"]')) {
    way.setAttribute("href", `${way.pathname}?next=${encodeURIComponent(here)}`);
  }
}

const asked = new WeakMap();

async function fill(place) {
  const turn = (asked.get(place) ?? 0) + 1;
  asked.set(place, turn);
  const response = await fetch(place.dataset.fragment, { headers: { Accept: "text/html" } });
  const html = await response.text();
  if (!response.ok || asked.get(place) !== turn) return; // overtaken by a later one
  const focused = place.contains(document.activeElement);
  place.innerHTML = html;
  leadBack(place);
  if (focused) place.querySelector("a, button, summary")?.focus();
  place.dispatchEvent(new Event("filled", { bubbles: true }));
  const mark = place.querySelector("[data-signed-in]");
  if (mark && !reader) {
    reader = mark.dataset.signedIn || "somebody";
    filled.dispatchEvent(new Event("reader"));
  }
}

/** Asks for the parts anew, or for the first time; all of them, or those of one address. */
export function fillFragments(address) {
  for (const place of document.querySelectorAll("[data-fragment]")) {
    // Without an answer what stood there stays, which leads to the same places.
    if (!address || place.dataset.fragment === address) fill(place).catch(() => {});
  }
}

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

// An open menu closes when attention goes elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
