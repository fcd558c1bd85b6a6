// Writing Markdown in a textarea: the toolbar's acts and the keys people know.

/** Puts text in place of what is selected, so that the browser's own undo knows of it. */
function insert(area, text, start = area.selectionStart, end = area.selectionEnd) {
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
function block(area, text, select) {
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
  quote: (area) => prefix(area, "> "),
  list: (area) => prefix(area, "- "),
  code(area) {
    const text = selected(area);
    if (text && !text.includes("\n")) wrap(area, "`", "code");
    else block(area, `\`\`\`\n${text || "code"}\n\`\`\``, text || "code");
  },
  table: (area) => block(area, "| Name | Meaning |\n|---|---|\n| one | two |", "Name"),
  callout(area) {
    const text = selected(area) || "What to take care of.";
    block(area, `> [!WARNING]\n> ${text.replaceAll("\n", "\n> ")}`, text.split("\n")[0]);
  },
};

const KEYS = { b: "bold", i: "italic", k: "link" };
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
    const act = command && KEYS[event.key.toLowerCase()];
    let done = false;
    if (act) {
      acts[act](area);
      done = true;
    } else if (event.key === "Tab" && !command && !event.altKey) done = indent(area, event.shiftKey);
    else if (event.key === "Enter" && !command && !event.shiftKey && !event.altKey) done = goOn(area);
    if (done) event.preventDefault();
  });
}
