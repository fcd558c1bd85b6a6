// The lesson editor: kept here at every key, at the server soon after, beside it what learners see.

import { send, sentence } from "./calls.js";
import { sayMoments } from "./appearance.js";
import { acts, keys } from "./writing.js";

const PAUSE = 1000;
const LONGEST = 8000;
const LOOK = 300;
const AGAIN = 3000;

const same = (one, other) => one && other && one.title === other.title && one.markdown === other.markdown;

function clock(date) {
  return date.toLocaleTimeString(document.documentElement.lang || "en", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

function element(name, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children);
  return made;
}

/** What was typed and is not at the server yet, in this browser. */
class Pocket {
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

class LessonEditor extends HTMLElement {
  #pocket;
  #kept;
  #version;
  #saving = false;
  #conflict = false;
  #refused = false;
  #room = true;
  #timer;
  #since = 0;
  #looking;
  #looked = 0;

  connectedCallback() {
    const { lesson, person, present } = this.dataset;
    this.#pocket = new Pocket(`stoa.lesson.${person}.${lesson}`);
    this.form = this.querySelector("form");
    this.heading = this.form.elements.title;
    this.area = this.form.elements.markdown;
    this.#version = Number(present);
    this.#kept = this.#typed();
    for (const hidden of this.querySelectorAll(".writing-tools, .writing-tabs, .writing-preview")) hidden.hidden = false;
    this.#listen();
    keys(this.area);
    if (this.hasAttribute("data-changed")) {
      this.#kept = null;
      this.#say("Not saved", "is-bad");
    } else this.#offer();
    this.#look();
    this.#count();
  }

  #typed() {
    return { title: this.heading.value, markdown: this.area.value };
  }

  #show(text) {
    this.heading.value = text.title;
    this.area.value = text.markdown;
    this.#look();
    this.#count();
  }

  #listen() {
    this.form.addEventListener("input", () => this.#changed());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#save();
    });
    this.heading.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.area.focus();
    });
    this.addEventListener("keydown", (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
        event.preventDefault();
        this.#save();
      }
    });
    for (const button of this.querySelectorAll("[data-act]")) {
      button.addEventListener("click", () => acts[button.dataset.act](this.area));
    }
    for (const tab of this.querySelectorAll("[data-tab]")) tab.addEventListener("click", () => this.#turn(tab));
    this.area.addEventListener("scroll", () => this.#follow(), { passive: true });
    addEventListener("online", () => this.#save());
    document.addEventListener("visibilitychange", () => document.hidden && this.#save());
    addEventListener("pagehide", () => this.#save());
    addEventListener("beforeunload", (event) => {
      // Only where the text would be lost: otherwise it is here when the page is opened again.
      if (this.#unsaved() && !this.#room) event.preventDefault();
    });
  }

  #turn(tab) {
    this.classList.toggle("shows-preview", tab.dataset.tab === "preview");
    for (const one of this.querySelectorAll("[data-tab]")) one.setAttribute("aria-pressed", String(one === tab));
  }

  #unsaved() {
    return !same(this.#typed(), this.#kept);
  }

  // Keeping ---------------------------------------------------------------------------------------

  #changed() {
    this.#refused = false;
    this.#room = this.#pocket.keep({ ...this.#typed(), version: this.#version, sent: this.#pocket.read()?.sent, at: Date.now() });
    this.#look();
    this.#count();
    if (this.#conflict) return;
    if (!this.#saving) this.#say("Typing…", "is-busy");
    this.#since ||= Date.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), Math.max(0, Math.min(PAUSE, this.#since + LONGEST - Date.now())));
  }

  async #save() {
    clearTimeout(this.#timer);
    if (this.#saving || this.#conflict || this.#refused) return;
    const text = this.#typed();
    if (same(text, this.#kept)) {
      this.#pocket.empty(text);
      return;
    }
    this.#since = 0;
    this.#saving = true;
    this.#say("Saving…", "is-busy");
    this.#pocket.keep({ ...text, version: this.#version, sent: text, at: Date.now() });
    let kept = false;
    try {
      kept = await this.#answered(text, await send("PUT", this.#address(`/lessons/${this.dataset.lesson}`), { ...text, version: this.#version }));
    } catch {
      this.#notSaved("no connection");
    } finally {
      this.#saving = false;
    }
    if (kept && this.#unsaved()) this.#changed();
  }

  /** @returns {Promise<boolean>} whether the server has it now */
  async #answered(text, response) {
    if (response.ok) {
      const { version, minutes, writtenAt } = await response.json();
      this.#version = version;
      this.form.elements.version.value = version;
      this.#kept = text;
      this.#pocket.empty(text);
      this.querySelector("[data-minutes]").textContent = minutes;
      this.#say(`Saved at ${clock(new Date(writtenAt))}`);
    } else if (response.status === 409) {
      this.#overtaken((await response.json()).theirs);
    } else if (response.status === 401) {
      this.#notSaved("you are signed out");
      this.#tell("is-careful", "You are signed out. Your text is kept on this device until you are back.", [
        element("a", { className: "button", href: `/sign-in?next=${encodeURIComponent(location.pathname)}`, textContent: "Sign in" }),
      ]);
    } else if (response.status >= 500 || response.status === 429 || response.status === 408) {
      this.#notSaved("the server did not answer as it should");
    } else {
      this.#refused = true;
      const problem = await response.json().catch(() => ({}));
      const words = problem.errors?.[0]?.message ?? problem.detail ?? `The server answered ${response.status}.`;
      this.#say(`Not saved: ${words}`, "is-bad");
    }
    return response.ok;
  }

  #notSaved(why) {
    this.#say(this.#room ? `Not saved: ${why}, kept on this device` : `Not saved: ${why}. Leave this page open`, "is-careful");
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), AGAIN);
  }

  // What was left here, and what others wrote ------------------------------------------------------

  #offer() {
    const left = this.#pocket.read();
    const present = this.#typed();
    if (!left || same(left, present)) return this.#pocket.empty();
    if (left.version !== this.#version && !same(left.sent, present)) {
      const theirs = { ...present, version: this.#version };
      this.#show(left);
      return this.#overtaken(theirs);
    }
    this.#show(left);
    const aside = element("button", { type: "button", className: "button is-small", textContent: "Put it aside" });
    aside.addEventListener("click", () => {
      this.#show(present);
      this.#changed();
      this.#untell();
    });
    this.#tell("is-good", `What you typed at ${clock(new Date(left.at))} had not been saved. It is back.`, [aside]);
    this.#save();
  }

  /** Both texts, and a choice; until it is made nothing is sent. */
  #overtaken(theirs) {
    this.#conflict = true;
    this.#say("Not saved: somebody else wrote here", "is-bad");
    const take = element("button", { type: "button", className: "button", textContent: "Take theirs" });
    const keep = element("button", { type: "button", className: "button is-filled", textContent: "Keep mine" });
    const settle = (text) => {
      this.#conflict = false;
      this.#version = theirs.version;
      this.form.elements.version.value = theirs.version;
      this.#kept = { title: theirs.title, markdown: theirs.markdown };
      if (text) this.#show(text);
      this.#untell();
      this.area.focus();
      if (this.#unsaved()) this.#save();
      else {
        this.#pocket.empty();
        this.#say("Theirs taken");
      }
    };
    take.addEventListener("click", () => settle(theirs));
    keep.addEventListener("click", () => settle());
    const column = (name, { title, markdown }) =>
      element("section", {}, element("h2", { textContent: name }), element("p", { className: "detail", textContent: title }), element("pre", { className: "raw", tabIndex: 0, textContent: markdown }));
    const both = element("div", { className: "two-texts" }, column("Theirs", theirs), column("Yours", this.#typed()));
    this.#tell("is-careful", "Somebody else saved this lesson while you were writing. Nothing is lost: here are both texts.", [take, keep], both);
    take.focus();
  }

  #tell(tone, words, actions, more) {
    const box = element("div", {}, element("p", { textContent: words }), ...(more ? [more] : []), element("p", { className: "actions" }, ...actions));
    const notice = element("div", { className: `notice ${tone}` }, box);
    notice.setAttribute("role", "alert");
    this.querySelector("[data-news]").replaceChildren(notice);
  }

  #untell() {
    this.querySelector("[data-news]").replaceChildren();
  }

  #say(words, tone = "") {
    const state = this.querySelector("[data-state]");
    state.className = `writing-state ${tone}`;
    const place = state.querySelector("[data-state-words]");
    if (place.textContent !== words) place.textContent = words;
  }

  // What learners will see -------------------------------------------------------------------------

  #look() {
    clearTimeout(this.#looking);
    this.querySelector("[data-preview-title]").textContent = this.heading.value;
    this.#looking = setTimeout(() => this.#preview(), LOOK);
  }

  async #preview() {
    const turn = ++this.#looked;
    const place = this.querySelector("[data-preview]");
    try {
      const response = await send("POST", this.#address("/preview"), this.#typed());
      if (turn !== this.#looked) return; // overtaken by a later one
      if (!response.ok) {
        place.replaceChildren(element("p", { className: "absent", textContent: await sentence(response) }));
        return;
      }
      const { html, minutes } = await response.json();
      place.innerHTML = html; // sanitized by the server, as a release's is
      this.querySelector("[data-minutes]").textContent = minutes;
      sayMoments(place);
      this.#follow();
    } catch {
      // Without a line the last preview stays.
    }
  }

  #follow() {
    const page = this.querySelector(".writing-page");
    const reach = this.area.scrollHeight - this.area.clientHeight;
    if (reach > 0) page.scrollTop = (this.area.scrollTop / reach) * (page.scrollHeight - page.clientHeight);
  }

  #count() {
    const words = this.area.value.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
    this.querySelector("[data-words]").textContent = `${words} word${words === 1 ? "" : "s"}`;
  }

  #address(rest) {
    return `/api/v1/courses/${this.dataset.course}${rest}`;
  }
}

customElements.define("lesson-editor", LessonEditor);
