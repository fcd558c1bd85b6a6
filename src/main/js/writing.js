// Writing Markdown in a textarea: the toolbar's acts and the keys people know.

import { say } from "./say.js";

/**
 * Puts text in place of what is selected, or of the part given, so that the browser's own undo knows
 * of it. Whatever writes into a lesson's text writes through this.
 */
export function insert(area, text, start = area.selectionStart, end = area.selectionEnd) {
  area.focus();
  area.setSelectionRange(start, end);
  const taken = text ? document.execCommand("insertText", false, text) : document.execCommand("delete");
  if (!taken) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function lines(area) {
  const { value, selectionStart, selectionEnd } = area;
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const next = value.indexOf("\n", selectionEnd);
  const end = next < 0 ? value.length : next;
  return { start, end, text: value.slice(start, end) };
}

/** Marks around the selection, or takes them off again. */
function wrap(area, mark, word) {
  const { value, selectionStart: start, selectionEnd: end } = area;
  const size = mark.length;
  const selected = value.slice(start, end);
  if (value.slice(start - size, start) === mark && value.slice(end, end + size) === mark) {
    insert(area, selected, start - size, end + size);
    area.setSelectionRange(start - size, end - size);
    return;
  }
  const inner = selected || word;
  insert(area, mark + inner + mark);
  area.setSelectionRange(start + size, start + size + inner.length);
}

/** The same beginning for every line, or none when all have it. */
function prefix(area, mark) {
  const { start, end, text } = lines(area);
  const each = text.split("\n");
  const all = each.every((line) => line.startsWith(mark));
  const changed = each.map((line) => (all ? line.slice(mark.length) : mark + line)).join("\n");
  insert(area, changed, start, end);
  area.setSelectionRange(each.length > 1 ? start : start + changed.length, start + changed.length);
}

/** A block of its own, with empty lines around; `select` is the part to type over. */
export function block(area, text, select) {
  const { value, selectionStart, selectionEnd } = area;
  const before = value.slice(0, selectionStart);
  const after = value.slice(selectionEnd);
  const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const trail = after.startsWith("\n") ? "" : "\n";
  insert(area, lead + text + trail);
  const at = selectionStart + lead.length + text.indexOf(select);
  area.setSelectionRange(at, at + select.length);
}

function selected(area) {
  return area.value.slice(area.selectionStart, area.selectionEnd);
}

export const acts = {
  heading(area) {
    const { start, end, text } = lines(area);
    const changed = text.startsWith("## ") ? text.replace(/^## /, "### ") : text.startsWith("### ") ? text.slice(4) : `## ${text.replace(/^#+ /, "")}`;
    insert(area, changed, start, end);
  },
  bold: (area) => wrap(area, "**", "bold"),
  italic: (area) => wrap(area, "*", "italic"),
  link(area) {
    const { selectionStart: start } = area;
    const words = selected(area) || "words";
    insert(area, `[${words}](https://)`);
    const at = start + words.length + 3;
    area.setSelectionRange(at, at + "https://".length);
  },
  undo(area) {
    area.focus();
    document.execCommand("undo");
  },
  quote: (area) => prefix(area, "> "),
  list: (area) => prefix(area, "- "),
  numbers(area) {
    const { start, end, text } = lines(area);
    const each = text.split("\n");
    const all = each.every((line) => /^\d+\. /.test(line));
    const changed = each.map((line, i) => (all ? line.replace(/^\d+\. /, "") : `${i + 1}. ${line}`)).join("\n");
    insert(area, changed, start, end);
  },
  math(area) {
    const text = selected(area);
    if (text.includes("\n")) block(area, `$$\n${text}\n$$`, text);
    else wrap(area, "$", "x^2");
  },
  footnote(area) {
    const { selectionEnd: at, value } = area;
    let number = 1;
    while (value.includes(`[^${number}]`)) number++;
    const note = `\n\n[^${number}]: `;
    const words = say("script-studio.sample.margin");
    insert(area, `[^${number}]`, at, at);
    const end = area.value.trimEnd().length;
    insert(area, note + words, end, area.value.length);
    area.setSelectionRange(end + note.length, end + note.length + words.length);
  },
  code(area) {
    const text = selected(area);
    if (text && !text.includes("\n")) wrap(area, "`", "code");
    // Its language is to be typed over: the text is at hand already, or comes next.
    else block(area, `\`\`\`language\n${text || "code"}\n\`\`\``, "language");
  },
  table: (area) => block(area, say("script-studio.sample.table").replaceAll("/", "\n"), say("script-studio.sample.tableName")),
};

/** A box that stands out: a note, a tip, something to take care of. */
export function callout(area, kind) {
  const text = selected(area) || say("script-studio.sample.callout");
  block(area, `> [!${kind}]\n> ${text.replaceAll("\n", "\n> ")}`, text.split("\n")[0]);
}

/** A heading of this depth, or none where it is one already. */
function heading(area, depth) {
  const { start, end, text } = lines(area);
  const mark = `${"#".repeat(depth)} `;
  insert(area, text.startsWith(mark) ? text.slice(mark.length) : mark + text.replace(/^#+ /, ""), start, end);
}

const KEYS = { b: "bold", i: "italic", k: "link", e: "code" };
const SHIFTED = { Digit7: "numbers", Digit8: "list" };
const HEADINGS = { Digit2: 2, Digit3: 3, Digit4: 4 };
const ITEM = /^(\s*)([-*+]|\d+[.)])(\s+(?:\[[ xX]\]\s+)?)(.*)$/;

function indent(area, back) {
  const { start, end, text } = lines(area);
  const each = text.split("\n");
  if (!each.some((line) => ITEM.test(line))) return false;
  const changed = each.map((line) => (back ? line.replace(/^ {1,2}/, "") : `  ${line}`)).join("\n");
  if (changed === text) return true;
  const from = area.selectionStart;
  const shift = changed.split("\n")[0].length - each[0].length;
  insert(area, changed, start, end);
  if (each.length > 1) area.setSelectionRange(start, start + changed.length);
  else area.setSelectionRange(Math.max(start, from + shift), Math.max(start, from + shift));
  return true;
}

/** A new line goes on with the list; an empty item ends it. */
function goOn(area) {
  const { selectionStart: at, selectionEnd, value } = area;
  if (at !== selectionEnd) return false;
  const start = value.lastIndexOf("\n", at - 1) + 1;
  const found = value.slice(start, at).match(ITEM);
  if (!found) return false;
  const [, space, mark, gap, words] = found;
  if (!words) insert(area, "", start, at);
  else {
    const next = /\d/.test(mark) ? mark.replace(/\d+/, (n) => Number(n) + 1) : mark;
    insert(area, `\n${space}${next}${gap.replace(/[xX]/, " ")}`);
  }
  return true;
}

/** Listens to the keys of a textarea. */
export function keys(area) {
  area.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const command = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const held = event.ctrlKey || event.metaKey;
    const act = command ? KEYS[event.key.toLowerCase()] : held && event.shiftKey && SHIFTED[event.code];
    const depth = held && event.altKey && HEADINGS[event.code];
    let done = false;
    if (act) {
      acts[act](area);
      done = true;
    } else if (depth) {
      heading(area, depth);
      done = true;
    } else if (event.key === "Tab" && !command && !event.altKey) done = indent(area, event.shiftKey);
    else if (event.key === "Enter" && !command && !event.shiftKey && !event.altKey) done = goOn(area);
    if (done) event.preventDefault();
  });
}
