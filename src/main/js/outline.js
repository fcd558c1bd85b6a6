// The outline in the studio: moved by hand and by keys, renamed in place. Its forms do it all too.

import Sortable from "sortablejs";
import { sayMoments } from "./appearance.js";
import { send, sentence } from "./calls.js";
import { hearOf } from "./hearing.js";
import { anew, morph, settled } from "./morph.js";
import { toast } from "./toasts.js";
import { say } from "./say.js";

const ROMAN = [[10, "x"], [9, "ix"], [5, "v"], [4, "iv"], [1, "i"]];

function roman(number) {
  let rest = number;
  let word = "";
  for (const [value, letters] of ROMAN) {
    for (; rest >= value; rest -= value) word += letters;
  }
  return word;
}

function duration(minutes) {
  const hours = Math.floor(minutes / 60);
  if (!hours) return `${minutes} min`;
  return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
}

class DraftOutline extends HTMLElement {
  #held = false;
  #stale = false;

  connectedCallback() {
    const hint = document.querySelector(".plan-hint");
    if (hint) hint.hidden = false;
    this.#prepared(this);
    this.#dragged();
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("change", (event) => {
      if (event.target.matches("[type=checkbox]")) this.#count();
      else if (event.target.matches(".plan-name [name=title]")) this.#rename(event.target.form);
    });
    this.addEventListener("submit", (event) => {
      if (!event.target.matches(".plan-name")) return;
      event.preventDefault();
      event.target.elements.title.blur();
    });
    this.addEventListener("focusout", () => this.#stale && this.#renew());
    this.#count();
    // Inside the editor the editor hears, since it shows more than the outline.
    if (!this.closest("lesson-editor")) hearOf(this, () => this.#renew());
  }

  /** Scripts are there: what only they can do is shown. */
  #prepared(outline) {
    for (const grip of outline.querySelectorAll(".grip")) grip.hidden = false;
  }

  #renew = settled(async () => {
    const moves = this.#moves;
    const { page } = await anew();
    if (page && moves === this.#moves) this.take(page); // else what was done here is heard soon
  });

  #moves = 0;
  #pending = 0;


  /** Shows the outline as it stands on another copy of its page. */
  take(page) {
    // What was moved here and is not at the server yet would jump back.
    this.#stale = this.#held || this.#pending > 0;
    if (this.#stale) return;
    for (const selector of ["draft-outline", "[data-draft]", "[data-also]"]) {
      const [old, fresh] = [document.querySelector(selector), page.querySelector(selector)];
      if (!old || !fresh) continue;
      this.#prepared(fresh);
      const focused = document.activeElement;
      const lesson = old.contains(focused) && focused.closest("[data-lesson]")?.id;
      if (old === this) this.#gone(focused, fresh);
      morph(old, fresh);
      if (!focused?.isConnected && lesson) document.getElementById(lesson)?.querySelector("a")?.focus();
      else if (focused?.isConnected && document.activeElement !== focused) focused.focus();
      sayMoments(old);
    }
    this.#dragged();
    this.#count();
  }

  get #address() {
    return `/api/v1/courses/${this.dataset.course}`;
  }

  get #lessons() {
    return [...this.querySelectorAll("[data-lesson]")];
  }

  #dragged() {
    const common = {
      animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 120,
      ghostClass: "is-ghost",
      chosenClass: "is-held",
      forceFallback: true,
      fallbackTolerance: 3,
      onStart: () => (this.#held = true),
    };
    const modules = this.querySelector("[data-modules]");
    if (!Sortable.get(modules)) {
      new Sortable(modules, {
        ...common,
        handle: "[data-module-grip]",
        draggable: "[data-module]",
        onEnd: ({ item, oldIndex, newIndex }) => this.#let(oldIndex !== newIndex && this.#keepModule(item)),
      });
    }
    for (const list of this.querySelectorAll("[data-lessons]")) {
      if (Sortable.get(list)) continue;
      new Sortable(list, {
        ...common,
        group: "lessons",
        handle: "[data-lesson-grip]",
        draggable: "[data-lesson]",
        onEnd: ({ item, from, to, oldIndex, newIndex }) =>
          this.#let((from !== to || oldIndex !== newIndex) && this.#keepLessons(item)),
      });
    }
  }

  /** What somebody types into and the other threw away is named, with what was typed. */
  #gone(focused, fresh) {
    const place = focused?.matches?.("draft-outline input:not([type=checkbox])") && focused.closest("[data-module]");
    if (!place || fresh.querySelector(`#${CSS.escape(place.id)}`) || focused.value === focused.defaultValue) return;
    toast(say("script-studio.moduleGone", focused.value));
  }

  /** What was in the hand is let go; what was heard meanwhile is shown. */
  #let(keeping) {
    this.#held = false;
    if (this.#stale) Promise.resolve(keeping).then(() => this.#renew());
  }

  /** A selected lesson takes the others that are selected along. */
  #keepLessons(item) {
    const selected = this.#lessons.filter((l) => l.querySelector(":checked"));
    const moved = selected.includes(item) ? selected : [item];
    let before = item.nextElementSibling;
    while (moved.includes(before)) before = before.nextElementSibling;
    if (moved.length > 1) moved.forEach((l) => (before ? before.before(l) : item.parentElement.append(l)));
    this.#renumber();
    const module = item.closest("[data-module]");
    const place = item.querySelector("[data-number]").textContent;
    return this.#keep(
      `${this.#address}/lessons/positions`,
      { lessons: moved.map((l) => l.dataset.lesson), module: module.dataset.module, before: before?.dataset.lesson ?? null },
      say("script-studio.moved", moved.length, place),
    );
  }

  #keepModule(item) {
    this.#renumber();
    return this.#keep(
      `${this.#address}/modules/${item.dataset.module}/position`,
      { before: item.nextElementSibling?.dataset.module ?? null },
      say("script-studio.moduleMoved"),
    );
  }

  #keeping = Promise.resolve();

  /** One after the other, as they were done. */
  #keep(address, body, words) {
    this.#moves++;
    this.#pending++;
    this.#keeping = this.#keeping.then(async () => {
      try {
        const response = await send("POST", address, body);
        if (response.ok) this.querySelector("[data-said]").textContent = words;
        else this.#undone(await sentence(response));
      } catch {
        this.#undone(say("script-studio.noConnection"));
      } finally {
        this.#pending--;
        if (!this.#pending && this.#stale && !this.#held) this.#renew();
      }
    });
    return this.#keeping;
  }

  #undone(words) {
    toast(say("script-studio.notMoved", words), { label: say("script-studio.showAsIs"), act: () => location.reload() });
  }

  #key(event) {
    if (event.key === "Escape" && event.target.matches(".plan-name [name=title]")) {
      event.target.value = event.target.defaultValue;
      event.target.blur();
      return;
    }
    if (this.hasAttribute("data-reads")) return;
    const up = event.key === "ArrowUp";
    if (!event.altKey || event.ctrlKey || event.metaKey || (!up && event.key !== "ArrowDown")) return;
    const lesson = event.target.closest("[data-lesson]");
    const module = event.target.closest("[data-module]");
    const item = lesson ?? module;
    if (!item) return;
    event.preventDefault();
    const focused = document.activeElement;
    const moved = lesson ? this.#stepLesson(lesson, module, up) : this.#step(module, up);
    focused.focus();
    if (moved) lesson ? this.#keepLessons(lesson) : this.#keepModule(module);
  }

  #step(item, up) {
    const neighbour = up ? item.previousElementSibling : item.nextElementSibling;
    if (!neighbour) return false;
    neighbour[up ? "before" : "after"](item);
    return true;
  }

  #stepLesson(lesson, module, up) {
    if (this.#step(lesson, up)) return true;
    const list = (up ? module.previousElementSibling : module.nextElementSibling)?.querySelector("[data-lessons]");
    list?.[up ? "append" : "prepend"](lesson);
    return Boolean(list);
  }

  #renumber() {
    this.querySelectorAll("[data-module]").forEach((module, m) => {
      module.querySelector(".roman").textContent = roman(m + 1);
      const lessons = [...module.querySelectorAll("[data-lesson]")];
      const minutes = lessons.reduce((sum, l) => sum + Number(l.dataset.minutes), 0);
      const facts = module.querySelector(".module-facts");
      facts.textContent = facts.hasAttribute("data-short")
        ? `${lessons.length}, ${duration(minutes)}`
        : say("script-studio.lessonsAndTime", lessons.length, duration(minutes));
      lessons.forEach((l, i) => (l.querySelector("[data-number]").textContent = `${m + 1}.${i + 1}`));
    });
  }

  #count() {
    const bulk = this.querySelector(".plan-bulk");
    if (!bulk) return;
    const number = this.#lessons.filter((l) => l.querySelector(":checked")).length;
    bulk.hidden = number === 0;
    bulk.classList.add("is-afloat");
    bulk.querySelector("[data-selected]").textContent = say("script-studio.selected", number);
  }

  async #rename(form) {
    const { title, version } = form.elements;
    const before = title.defaultValue;
    const wanted = title.value.trim();
    if (wanted === before || !wanted) {
      title.value = before;
      return;
    }
    title.defaultValue = wanted;
    try {
      const response = await send("PATCH", `${this.#address}/modules/${form.closest("[data-module]").dataset.module}`, {
        title: wanted,
        version: Number(version.value),
      });
      if (response.status === 409) return await this.#overtaken(form, wanted);
      if (!response.ok) throw new Error(await sentence(response));
      version.value = (await response.json()).version;
      this.querySelector("[data-said]").textContent = say("script-studio.moduleCalled", wanted);
    } catch (refused) {
      title.defaultValue = before;
      toast(say("script-studio.notRenamed", refused.message));
    }
  }

  /** The field shows what stands there; what was typed over it stays to be read. */
  async #overtaken(form, wanted) {
    const { page } = await anew();
    const there = page?.getElementById(form.closest("[data-module]").id)?.querySelector(".plan-name");
    if (!there) return toast(say("script-studio.moduleGone", wanted), { label: say("script-studio.upload.dismiss"), stays: true });
    const { title, version } = there.elements;
    form.elements.title.value = form.elements.title.defaultValue = title.value;
    form.elements.version.value = version.value;
    toast(say("script-studio.renamedByOther", title.value, wanted), { label: say("script-studio.upload.dismiss"), stays: true });
    this.take(page);
  }
}

customElements.define("draft-outline", DraftOutline);
