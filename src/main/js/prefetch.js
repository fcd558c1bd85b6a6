// A page is asked for when a finger or pointer comes near its link, so that it opens at once.

const asked = new Set([location.href]);
const RESTING = 65;
let waiting;

function worthwhile(link) {
  if (!link || !link.href || link.origin !== location.origin || link.hash) return false;
  if (link.hasAttribute("download") || /\/(export|sign-out|api)(\/|$)|^\/sign-in\//.test(link.pathname)) return false;
  return !asked.has(link.href) && !navigator.connection?.saveData;
}

function ask(link) {
  asked.add(link.href);
  const hint = document.createElement("link");
  hint.rel = "prefetch";
  hint.href = link.href;
  document.head.append(hint);
}

document.addEventListener("pointerover", (event) => {
  const link = event.target.closest?.("a[href]");
  clearTimeout(waiting);
  if (event.pointerType === "mouse" && worthwhile(link)) waiting = setTimeout(ask, RESTING, link);
});

document.addEventListener(
  "touchstart",
  (event) => {
    const link = event.target.closest?.("a[href]");
    if (worthwhile(link)) ask(link);
  },
  { passive: true },
);
