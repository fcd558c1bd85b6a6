// What the scripts say, in the page's language. The texts stand under words/script….properties; a
// small script with them runs before this one.

const texts = globalThis.stoaWords ?? {};

/** The language of the page's own words, not of a course. */
export const language = document.documentElement.lang || "en";

const plurals = new Intl.PluralRules(language);
const numbers = new Intl.NumberFormat(language);

/** The part of a text up to the brace that closes it: its pieces, and where it ends. */
function taken(text, from) {
  const pieces = [""];
  let at = from;
  for (; at < text.length && text[at] !== "}"; at++) {
    if (text[at] !== "{") {
      pieces[pieces.length - 1] += text[at];
      continue;
    }
    const [head, number, kind] = /^\{\s*(\d+)\s*(?:,\s*(\w+)\s*,\s*)?/.exec(text.slice(at));
    at += head.length;
    const forms = {};
    while (kind && text[at] !== "}") {
      const [name, word] = /^\s*(\S+)\s*\{/.exec(text.slice(at));
      const form = taken(text, at + name.length);
      forms[word] = form.pieces;
      at = form.end + 1;
      while (text[at] === " ") at++;
    }
    pieces.push({ number: Number(number), kind, forms }, "");
  }
  return { pieces, end: at };
}

function put(pieces, values, counted) {
  return pieces
    .map((piece) => {
      if (typeof piece === "string") return counted === undefined ? piece : piece.replaceAll("#", numbers.format(counted));
      const value = values[piece.number];
      const { forms } = piece;
      if (piece.kind === "plural") return put(forms[`=${value}`] ?? forms[plurals.select(value)] ?? forms.other, values, value);
      if (piece.kind === "select") return put(forms[value] ?? forms.other, values, counted);
      return typeof value === "number" ? numbers.format(value) : String(value);
    })
    .join("");
}

/** The text of a key with its arguments, as `Words.say` gives it on the server. */
export function say(key, ...values) {
  const text = texts[key] ?? key;
  return text.includes("{") ? put(taken(text, 0).pieces, values) : text;
}
