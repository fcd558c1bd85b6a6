// The outline in the studio: moved by hand and by keys, renamed in place. Its forms do it all too.

import Sortable from "sortablejs";
import { send, sentence } from "./calls.js";
import { toast } from "./toasts.js";

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
  connectedCallback() {
    document.querySelector(".plan-hint").hidden = false;
    for (const grip of this.querySelectorAll(".grip")) grip.hidden = false;
    this.#dragged();
    this.addEventListener("keydown", (event) => this.#key(event));
    this.addEventListener("change", (event) => event.target.matches("[type=checkbox]") && this.#count());
    for (const form of this.querySelectorAll(".plan-name")) this.#renamed(form);
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
    };
    new Sortable(this.querySelector("[data-modules]"), {
      ...common,
      handle: "[data-module-grip]",
      draggable: "[data-module]",
      onEnd: ({ item, oldIndex, newIndex }) => oldIndex !== newIndex && this.#keepModule(item),
    });
    for (const list of this.querySelectorAll("[data-lessons]")) {
      new Sortable(list, {
        ...common,
        group: "lessons",
        handle: "[data-lesson-grip]",
        draggable: "[data-lesson]",
        onEnd: ({ item, from, to, oldIndex, newIndex }) =>
          (from !== to || oldIndex !== newIndex) && this.#keepLessons(item),
      });
    }
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
      moved.length > 1 ? `${moved.length} lessons moved, to ${place}.` : `Moved to ${place}.`,
    );
  }

  #keepModule(item) {
    this.#renumber();
    return this.#keep(
      `${this.#address}/modules/${item.dataset.module}/position`,
      { before: item.nextElementSibling?.dataset.module ?? null },
      "Module moved.",
    );
  }

  #keeping = Promise.resolve();

  /** One after the other, as they were done. */
  #keep(address, body, words) {
    this.#keeping = this.#keeping.then(async () => {
      try {
        const response = await send("POST", address, body);
        if (response.ok) this.querySelector("[data-said]").textContent = words;
        else this.#undone(await sentence(response));
      } catch {
        this.#undone("No connection.");
      }
    });
    return this.#keeping;
  }

  #undone(words) {
    toast(`Not moved: ${words}`, { label: "Show it as it is", act: () => location.reload() });
  }

  #key(event) {
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
      module.querySelector(".module-facts").textContent =
        `${lessons.length} lesson${lessons.length === 1 ? "" : "s"}, ${duration(minutes)}`;
      lessons.forEach((l, i) => (l.querySelector("[data-number]").textContent = `${m + 1}.${i + 1}`));
    });
  }

  #count() {
    const bulk = this.querySelector(".plan-bulk");
    if (!bulk) return;
    const number = this.#lessons.filter((l) => l.querySelector(":checked")).length;
    bulk.hidden = number === 0;
    bulk.classList.add("is-afloat");
    bulk.querySelector("[data-selected]").textContent = `${number} selected`;
  }

  #renamed(form) {
    const { title, version } = form.elements;
    let kept = title.value;
    const rename = async () => {
      const wanted = title.value.trim();
      if (wanted === kept || !wanted) {
        if (!wanted) title.value = kept;
        return;
      }
      const module = form.closest("[data-module]").dataset.module;
      const before = kept;
      kept = wanted;
      try {
        const response = await send("PATCH", `${this.#address}/modules/${module}`, {
          title: wanted,
          version: Number(version.value),
        });
        if (!response.ok) throw new Error(await sentence(response));
        version.value = (await response.json()).version;
        this.querySelector("[data-said]").textContent = `The module is called ${wanted} now.`;
      } catch (refused) {
        kept = before;
        toast(`Not renamed: ${refused.message}`);
      }
    };
    title.addEventListener("change", rename);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      title.blur();
    });
    title.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      title.value = kept;
      title.blur();
    });
  }
}

customElements.define("draft-outline", DraftOutline);
