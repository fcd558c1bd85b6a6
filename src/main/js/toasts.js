const SECONDS = 7;

/**
 * Says something at the foot of the page.
 * @param {string} words
 * @param {{label: string, href?: string, act?: () => void, stays?: boolean}} [action] what stays does so until it is clicked
 */
export function toast(words, action) {
  const place = document.getElementById("toasts");
  if (!place) return;
  for (const old of place.children) if (old.dataset.words === words) old.remove();
  const box = document.createElement("div");
  box.className = "toast";
  box.dataset.words = words;
  const text = document.createElement("span");
  text.textContent = words;
  box.append(text);
  if (action) {
    const control = document.createElement(action.href ? "a" : "button");
    control.textContent = action.label;
    if (action.href) control.href = action.href;
    control.addEventListener("click", () => {
      action.act?.();
      box.remove();
    });
    box.append(control);
  }
  place.append(box);
  if (!action?.stays) setTimeout(() => box.remove(), SECONDS * 1000);
}
