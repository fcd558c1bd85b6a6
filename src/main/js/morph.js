// Makes what stands on a page as the server has it now, and leaves alone what somebody is at.

/** Known again by its id; what has none, by its place. */
const key = (node) => node.nodeType === 1 && node.id;

/** A field with the cursor in it, or with words that are not the server's yet. */
const busy = (node) =>
  node.matches("input:not([type=hidden]), textarea, select") &&
  (node === document.activeElement || (node.matches("[type=checkbox]") ? node.checked : "defaultValue" in node && node.value !== node.defaultValue));

/** A form is left as a whole, with the version it was filled in over. */
const kept = (node) => node.matches("[data-keeps]") && [...node.querySelectorAll("input, textarea")].some(busy);

function attributes(old, fresh) {
  for (const { name } of [...old.attributes]) {
    if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
  }
  for (const { name, value } of fresh.attributes) {
    if (old.getAttribute(name) === value) continue;
    old.setAttribute(name, value);
    if (name === "value") old.value = value;
  }
}

export function morph(old, fresh) {
  if (old.isEqualNode(fresh)) return;
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || key(old) !== key(fresh)) {
    old.replaceWith(fresh);
    return;
  }
  if (old.nodeType !== 1) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (busy(old) || kept(old) || old.matches("[data-own]")) return;
  attributes(old, fresh);
  children(old, fresh);
}

function children(old, fresh) {
  const known = new Map([...old.children].filter(key).map((node) => [node.id, node]));
  const wanted = new Set([...fresh.children].filter(key).map((node) => node.id));
  for (const [id, node] of known) if (!wanted.has(id)) node.remove();
  let at = old.firstChild;
  for (const now of [...fresh.childNodes]) {
    const same = key(now) && known.get(now.id);
    if (same && same !== at) old.insertBefore(same, at);
    else if (!same && (!at || (key(at) && wanted.has(at.id)))) {
      old.insertBefore(now, at);
      continue;
    }
    const next = (same || at).nextSibling;
    morph(same || at, now);
    at = next;
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

/**
 * Asks for this page anew.
 * @returns {Promise<{status: number, page: ?Document}>}
 */
export async function anew(address = location.pathname) {
  const response = await fetch(address, { headers: { Accept: "text/html" } });
  const page = response.ok && !response.redirected ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
  return { status: response.status, page };
}

/** Calls one at a time; what comes meanwhile is done once more afterwards. */
export function settled(act) {
  let running = false;
  let again = false;
  return async () => {
    again = true;
    if (running) return;
    running = true;
    try {
      while (again) {
        again = false;
        await act();
      }
    } finally {
      running = false;
    }
  };
}
