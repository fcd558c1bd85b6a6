// The lesson editor: kept here at every key, at the server soon after, beside it what learners see.

import { form, send, sentence } from "./calls.js";
import { sayMoments } from "./appearance.js";
import { hearOf } from "./hearing.js";
import { LessonLinks } from "./lessonlinks.js";
import { anew, settled } from "./morph.js";
import { Pocket, clock, column, element, notice, same } from "./pocket.js";
import { say } from "./say.js";
import { Surface } from "./surface.js";
import { tools } from "./tools.js";
import { acts, keys } from "./writing.js";
import "./outline.js";

const PAUSE = 1000;
const LONGEST = 8000;
const LOOK = 300;
const AGAIN = 3000;

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
  #at;
  #looking;
  #looked = 0;

  connectedCallback() {
    const { lesson, person, present } = this.dataset;
    this.#pocket = new Pocket(`stoa.lesson.${person}.${lesson}`);
    this.form = this.querySelector("#text-form");
    this.heading = this.form.elements.title;
    this.area = this.form.elements.markdown;
    this.#version = Number(present);
    this.#kept = this.#typed();
    this.#at = new Date(this.querySelector("[data-state] time")?.dateTime ?? Date.now());
    for (const hidden of this.querySelectorAll(".writing-tools, .writing-tabs, .writing-preview")) hidden.hidden = false;
    this.surface = new Surface(this.querySelector("[data-surface]"), (line, column) => {
      this.querySelector("[data-place]").textContent = say("script-studio.place", line, column);
    });
    const [, line] = location.hash.match(/^#line-(\d{1,6})$/) ?? [];
    if (line) this.surface.goTo(Number(line));
    if (this.area.readOnly) {
      this.#turns(); // Reviewers read: nothing of theirs is kept or sent.
      this.#look();
      return this.#count();
    }
    this.#listen();
    new LessonLinks(this, this.surface); // before the keys: an open list takes Enter
    keys(this.area);
    tools(this, this.surface);
    hearOf(this, () => this.#hear());
    if (this.hasAttribute("data-changed")) {
      this.#kept = null;
      this.#say(say("script-studio.notSaved"), "is-bad");
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
    this.surface.draw();
    this.#mine?.();
    this.area.dispatchEvent(new Event("shown", { bubbles: true })); // not typed, and so nothing to keep
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
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "s") return;
      event.preventDefault();
      this.#save();
    });
    for (const button of this.querySelectorAll("[data-act]")) button.addEventListener("click", () => acts[button.dataset.act](this.area));
    this.#turns();
    addEventListener("online", () => this.#save());
    document.addEventListener("visibilitychange", () => document.hidden && this.#save());
    addEventListener("pagehide", () => this.#save());
    addEventListener("beforeunload", (event) => {
      // Only where the text would be lost: otherwise it is here when the page is opened again.
      if (this.#unsaved() && !this.#room) event.preventDefault();
    });
  }

  #turns() {
    for (const tab of this.querySelectorAll("[data-tab]")) tab.addEventListener("click", () => this.#turn(tab));
    for (const size of this.querySelectorAll("[data-size]")) size.addEventListener("click", () => this.#size(size));
    this.surface.box.addEventListener("scroll", () => this.#follow(), { passive: true });
  }

  #turn(tab) {
    this.classList.toggle("shows-preview", tab.dataset.tab === "preview");
    for (const one of this.querySelectorAll("[data-tab]")) one.setAttribute("aria-pressed", String(one === tab));
  }

  #size(size) {
    this.querySelector(".writing-page").classList.toggle("is-phone", size.dataset.size === "phone");
    for (const one of this.querySelectorAll("[data-size]")) one.setAttribute("aria-pressed", String(one === size));
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
    this.#mine?.();
    if (this.#conflict) return;
    if (!this.#saving) this.#say(say("script-studio.typing"), "is-busy");
    this.#since ||= Date.now();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#save(), Math.max(0, Math.min(PAUSE, this.#since + LONGEST - Date.now())));
  }

  async #save() {
    clearTimeout(this.#timer);
    if (this.#saving || this.#conflict || this.#refused) return;
    const text = this.#typed();
    if (same(text, this.#kept)) {
      this.#pocket.empty(text); // written and taken back
      return this.#say(say("script-studio.savedAt", clock(this.#at)));
    }
    this.#since = 0;
    this.#saving = true;
    this.#say(say("script-studio.saving"), "is-busy");
    this.#pocket.keep({ ...text, version: this.#version, sent: text, at: Date.now() });
    let kept = false;
    try {
      kept = await this.#answered(text, await send("PUT", this.#address(`/lessons/${this.dataset.lesson}`), { ...text, version: this.#version }));
    } catch {
      this.#notSaved("offline");
    } finally {
      this.#saving = false;
    }
    if (kept && this.#unsaved()) this.#changed();
    if (this.#missed) this.#hear();
  }

  /** @returns {Promise<boolean>} whether the server has it now */
  async #answered(text, response) {
    if (response.ok) {
      const { version, minutes, writtenAt } = await response.json();
      this.#at = new Date(writtenAt);
      this.#stands(version);
      this.#kept = text;
      this.#pocket.empty(text);
      this.querySelector(".writing-facts [data-minutes]").textContent = minutes;
      this.#say(say("script-studio.savedAt", clock(this.#at)));
    } else if (response.status === 409) {
      this.#overtaken((await response.json()).theirs);
    } else if (response.status === 404) {
      this.#thrownAway();
    } else if (response.status === 401) {
      this.#notSaved("signed-out");
      const signIn = element("a", { className: "button", href: `/sign-in?next=${encodeURIComponent(location.pathname)}`, textContent: say("script.signIn") });
      this.#tell("is-careful", say("script-studio.signedOut"), [signIn]);
    } else if (response.status >= 500 || response.status === 429 || response.status === 408) {
      this.#notSaved("server");
    } else {
      this.#refused = true;
      const problem = await response.json().catch(() => ({}));
      const words = problem.errors?.[0]?.message ?? problem.detail ?? say("script.answered", String(response.status));
      this.#say(say("script-studio.refused", words), "is-bad");
    }
    return response.ok;
  }

  #notSaved(why) {
    this.#say(say(this.#room ? "script-studio.keptHere" : "script-studio.noRoom", why), "is-careful");
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
    const aside = element("button", { type: "button", className: "button is-small", textContent: say("script-studio.putAside") });
    aside.addEventListener("click", () => {
      this.#show(present);
      this.#changed();
      this.#untell();
    });
    this.#tell("is-good", say("script-studio.back", clock(new Date(left.at))), [aside]);
    this.#save();
  }

  #missed = false;

  /** Something of the course has changed: its outline, what is to be published, or this text. */
  #hear = settled(async () => {
    this.#missed = this.#saving;
    if (this.#saving) return;
    const { status, page } = await anew();
    if (status === 404) return this.#thrownAway();
    const there = page?.querySelector("lesson-editor");
    if (!there) return;
    this.querySelector("draft-outline").take(page);
    this.querySelector("[data-totals]").textContent = page.querySelector("[data-totals]").textContent;
    const { title, markdown } = there.querySelector("#text-form").elements;
    const theirs = { title: title.value, markdown: markdown.value, version: Number(there.dataset.present) };
    if (this.#gone) this.#isBack();
    if (theirs.version <= this.#version || this.#conflict || this.#saving) return;
    if (same(theirs, this.#typed())) {
      this.#stands(theirs.version);
      this.#kept = this.#typed();
    } else if (this.#unsaved()) this.#hint(theirs, () => this.#overtaken(theirs));
    else this.#hint(theirs, () => this.#takeOver(theirs));
  });

  #stands(version) {
    this.#version = version;
    this.form.elements.version.value = version;
    this.querySelector("[data-version]").textContent = version;
  }

  /** Their text is offered before the two get in each other's way. */
  #hint(theirs, act) {
    const show = element("button", { type: "button", className: "button is-small", textContent: say("script-studio.showTheirs") });
    show.addEventListener("click", () => {
      this.#untell();
      act();
    });
    this.#tell("is-careful", say("script-studio.savedByOther", theirs.version), [show]);
  }

  #takeOver(theirs) {
    const mine = this.#typed();
    if (!same(mine, this.#kept)) return this.#overtaken(theirs);
    this.#stands(theirs.version);
    this.#kept = { title: theirs.title, markdown: theirs.markdown };
    this.#show(theirs);
    this.#say(say("script-studio.theirsShown"));
    this.area.focus();
  }

  #gone = false;

  #thrownAway() {
    if (this.#gone) return;
    this.#gone = this.#conflict = true;
    this.#pocket.keep({ ...this.#typed(), version: this.#version, at: Date.now() });
    this.#say(say("script-studio.inBin"), "is-bad");
    const back = element("button", { type: "button", className: "button", textContent: say("script-studio.takeOut") });
    back.addEventListener("click", async () => {
      const response = await form(`/studio/${this.dataset.course}/outline/lessons`, { restore: this.dataset.lesson }).catch(() => null);
      if (response?.ok) this.#isBack();
      else this.#say(say("script-studio.notTakenOut"), "is-bad");
    });
    this.#tell("is-careful", say("script-studio.thrownAway"), [back]);
  }

  #isBack() {
    this.#gone = this.#conflict = false;
    this.#untell();
    this.#say(say("script-studio.lessonBack"));
    this.#save();
  }

  /** While there are two texts: shows the one in the field beside theirs, as it is now. */
  #mine;

  /** Both texts, and a choice; until it is made nothing is sent. */
  #overtaken(theirs) {
    this.#conflict = true;
    this.#say(say("script-studio.overtaken"), "is-bad");
    const take = element("button", { type: "button", className: "button is-small", textContent: say("script-studio.takeTheirs") });
    const keep = element("button", { type: "button", className: "button is-small is-filled", textContent: say("script-studio.keepMine") });
    const settle = (text) => {
      this.#conflict = false;
      this.#mine = null;
      this.#stands(theirs.version);
      this.#kept = { title: theirs.title, markdown: theirs.markdown };
      if (text) this.#show(text);
      this.#untell();
      this.area.focus();
      if (this.#unsaved()) return this.#save();
      this.#pocket.empty();
      this.#say(say("script-studio.theirsTaken"));
    };
    take.addEventListener("click", () => settle(theirs));
    keep.addEventListener("click", () => settle());
    const mine = column(say("script-studio.yours"), this.#typed());
    this.#mine = () => mine.show(this.#typed());
    const both = element("div", { className: "two-texts" }, column(say("script-studio.theirs"), theirs).box, mine.box);
    this.#tell("is-careful", say("script-studio.both"), [take, keep], both);
    take.focus();
  }

  #tell(tone, words, actions, more) {
    this.querySelector("[data-told]").replaceChildren(notice(tone, words, actions, more));
  }

  #untell() {
    this.querySelector("[data-told]").replaceChildren();
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
      const { html, minutes, findings } = await response.json();
      this.#found(findings);
      place.innerHTML = html; // sanitized by the server, as a release's is
      this.querySelector(".writing-facts [data-minutes]").textContent = minutes;
      sayMoments(place);
      this.#follow();
    } catch {
      // Without a line the last preview stays.
    }
  }

  /** The first thing to mend, with the way to it; or that there is none. */
  #found(findings) {
    const place = this.querySelector("[data-findings]");
    if (!findings?.length) {
      place.replaceChildren(element("span", { className: "is-well", textContent: this.area.value.trim() ? say("script-studio.nothingToMend") : "" }));
      return;
    }
    const [{ line, message }] = findings;
    const more = findings.length > 1 ? say("script-studio.andMore", findings.length - 1) : "";
    const button = element("button", { type: "button", textContent: message.replace(/\.$/, "") + more });
    button.addEventListener("click", () => this.surface.goTo(line || 1));
    place.replaceChildren(button);
  }

  #follow() {
    const [page, { box }] = [this.querySelector(".writing-page"), this.surface];
    const reach = box.scrollHeight - box.clientHeight;
    if (reach > 0) page.scrollTop = (box.scrollTop / reach) * (page.scrollHeight - page.clientHeight);
  }

  #count() {
    const words = this.area.value.match(/[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*/gu)?.length ?? 0;
    this.querySelector("[data-words]").textContent = say("script-studio.words", words);
  }

  #address(rest) {
    return `/api/v1/courses/${this.dataset.course}${rest}`;
  }
}

customElements.define("lesson-editor", LessonEditor);
