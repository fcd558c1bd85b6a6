// What is written on: a textarea, so that spelling, dictation, undo and small keyboards are the
// browser's own, above the same text tinted by what Markdown makes of it.

// Beyond this a key would wait for its tint.
const MOST_TINTED = 80_000;

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const INLINE = [
  [/^(`+)(?!`)[\s\S]*?[^`]\1(?!`)/, "t-code"],
  [/^!?\[[^\]\n]*\]\([^)\n]*\)/, "t-link"],
  [/^\[\^[^\]\n]+\]/, "t-link"],
  [/^(\*\*|__)(?=\S)[^\n]*?\S\1/, "t-strong"],
  [/^(\*|_)(?=\S)[^\n]*?[^\s\\]\1(?![\w*])/, "t-em"],
  [/^\$\$?(?=\S)[^$\n]+\$\$?/, "t-code"],
  [/^https?:\/\/[^\s<>)]+/, "t-link"],
];

function inline(text) {
  let html = "";
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const rest = "`![*_$h".includes(text[at]) ? text.slice(at) : "";
    const found = rest && !(text[at] === "_" && /\w/.test(text[at - 1] ?? "")) && INLINE.map(([form, kind]) => [rest.match(form)?.[0], kind]).find(([match]) => match);
    if (found) {
      html += `${escaped(plain)}<span class="${found[1]}">${escaped(found[0])}</span>`;
      plain = "";
      at += found[0].length;
    } else plain += text[at++];
  }
  return html + escaped(plain);
}

function line(text, state) {
  const fence = text.match(/^\s{0,3}(```+|~~~+)/)?.[1];
  if (state.fence) {
    if (fence && fence[0] === state.fence[0] && fence.length >= state.fence.length && text.trim() === fence) state.fence = null;
    else return escaped(text);
    return `<span class="t-mark">${escaped(text)}</span>`;
  }
  if (fence) {
    state.fence = fence;
    return `<span class="t-mark">${escaped(text)}</span>`;
  }
  const heading = text.match(/^(#{1,6}\s)(.*)$/);
  if (heading) return `<span class="t-mark">${heading[1]}</span><span class="t-strong">${escaped(heading[2])}</span>`;
  const callout = text.match(/^(>\s*\[![A-Za-z]+\])(.*)$/);
  if (callout) return `<span class="t-mark">${escaped(callout[1])}</span>${inline(callout[2])}`;
  const led = text.match(/^(\s*(?:>\s?|[-*+]\s|\d+[.)]\s)+)(.*)$/);
  if (led) return `<span class="t-mark">${escaped(led[1])}</span>${inline(led[2])}`;
  return inline(text);
}

export class Surface {
  #lines = [];
  #here = -1;

  /**
   * @param {HTMLElement} box scrolls; holds the mirror and the textarea, one above the other
   * @param {(line: number, column: number) => void} moved hears where the cursor is, from 1
   */
  constructor(box, moved) {
    this.box = box;
    this.mirror = box.querySelector("[data-mirror]");
    this.area = box.querySelector("textarea");
    this.moved = moved;
    box.classList.add("is-tinted");
    this.area.addEventListener("input", () => this.draw());
    document.addEventListener("selectionchange", () => document.activeElement === this.area && this.#place());
    for (const name of ["focus", "blur"]) this.area.addEventListener(name, () => this.#place());
    this.draw();
  }

  /** To be called, too, when a script has put another text into the textarea. */
  draw() {
    const { value } = this.area;
    const tinted = value.length <= MOST_TINTED;
    this.box.classList.toggle("is-plain", !tinted);
    const state = {};
    const texts = value.split("\n").map((text) => `${tinted ? line(text, state) : escaped(text)}\n`);
    let start = 0;
    while (start < texts.length && start < this.#lines.length && texts[start] === this.#lines[start]) start++;
    let end = 0;
    while (end < texts.length - start && end < this.#lines.length - start && texts.at(-1 - end) === this.#lines.at(-1 - end)) end++;
    const rows = this.mirror.children;
    for (let i = this.#lines.length - end - 1; i >= start; i--) rows[i].remove();
    const before = rows[start] ?? null;
    for (let i = start; i < texts.length - end; i++) {
      const row = document.createElement("div");
      row.innerHTML = texts[i];
      this.mirror.insertBefore(row, before);
    }
    this.#lines = texts;
    this.#here = -1;
    this.#place();
  }

  #place() {
    const at = this.area.selectionEnd;
    const start = this.area.value.lastIndexOf("\n", at - 1) + 1;
    let number = 0;
    for (let i = this.area.value.indexOf("\n"); i >= 0 && i < at; i = this.area.value.indexOf("\n", i + 1)) number++;
    const shown = document.activeElement === this.area ? number : -1;
    if (shown !== this.#here) {
      this.mirror.querySelector(".is-here")?.classList.remove("is-here");
      this.mirror.children[shown]?.classList.add("is-here");
      this.#here = shown;
    }
    this.moved(number + 1, at - start + 1);
  }

  /** Puts the cursor at the beginning of a line, from 1, and shows it. */
  goTo(number) {
    const lines = this.area.value.split("\n");
    const row = Math.min(Math.max(number, 1), lines.length);
    const at = lines.slice(0, row - 1).reduce((sum, text) => sum + text.length + 1, 0);
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(at, at + lines[row - 1].length);
    this.mirror.children[row - 1].scrollIntoView({ block: "center" });
  }

  /** Where a place in the text stands on the screen. */
  rectangle(at) {
    const before = this.area.value.slice(0, at).split("\n");
    const row = this.mirror.children[before.length - 1];
    const range = document.createRange();
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    let left = before.at(-1).length;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (left <= node.length) {
        range.setStart(node, left);
        range.setEnd(node, Math.min(node.length, left + 1));
        return range.getClientRects()[0] ?? row.getBoundingClientRect();
      }
      left -= node.length;
    }
    return row.getBoundingClientRect();
  }
}
