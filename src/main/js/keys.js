// Keys for readers: / searches, j and k turn the page, d is done, ? shows these.

const dialog = document.getElementById("keys");

export function showKeys() {
  if (dialog && !dialog.open) dialog.showModal();
}

for (const button of document.querySelectorAll("[data-show-keys]")) {
  button.hidden = false;
  button.addEventListener("click", showKeys);
}

const press = (selector) => document.querySelector(selector)?.click();

const acts = {
  "/": () => document.querySelector("search-box")?.open?.(),
  j: () => press("a[rel=next]"),
  k: () => press("a[rel=prev]"),
  d: () => press("[data-done]"),
  "?": showKeys,
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const act = acts[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});
