// What the editor keeps in this browser, and the small things it makes its notices of.

export const same = (one, other) => one && other && one.title === other.title && one.markdown === other.markdown;

export function clock(date) {
  return date.toLocaleTimeString(document.documentElement.lang || "en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

export function element(name, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children);
  return made;
}

/** @param {Element} [more] what stands below the choice */
export function notice(tone, words, actions, more) {
  const box = element("div", {}, element("p", { textContent: words }), element("p", { className: "actions" }, ...actions), ...(more ? [more] : []));
  const made = element("div", { className: `notice ${tone}` }, box);
  made.setAttribute("role", "alert");
  return made;
}

/** A text under its name, one of two; `show` puts another in its place. */
export function column(name, text) {
  const title = element("p", { className: "detail" });
  const words = element("pre", { className: "raw", tabIndex: 0 });
  const show = (now) => {
    title.textContent = now.title;
    words.textContent = now.markdown;
  };
  show(text);
  return { box: element("section", {}, element("h2", { textContent: name }), title, words), show };
}

/** What was typed and is not at the server yet, in this browser. */
export class Pocket {
  constructor(key) {
    this.key = key;
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key));
    } catch {
      return null;
    }
  }

  /** @returns {boolean} whether there was room */
  keep(text) {
    try {
      localStorage.setItem(this.key, JSON.stringify(text));
      return true;
    } catch {
      return false;
    }
  }

  /** Empties it of this text; what another window typed stays. */
  empty(text) {
    const kept = this.read();
    if (kept && (!text || same(kept, text))) localStorage.removeItem(this.key);
  }
}
