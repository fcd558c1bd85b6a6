// A link to a lesson of the course, found by its title: after [[ or by the button.

import { insert } from "./writing.js";
import { say } from "./say.js";

const MOST = 8;
const ASKED = /\[\[([^[\]\n]*)$/;

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** By its key, which outlives titles and addresses. */
const address = (key) => `lesson:${encodeURIComponent(key).replaceAll("%2F", "/").replace(/[()]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)}`;

const words = (title) => title.replace(/[[\]\\]/g, "\\$&");

export class LessonLinks {
  #list;
  #chosen = 0;
  #found = [];
  #start = -1;

  constructor(editor, surface) {
    this.editor = editor;
    this.surface = surface;
    this.area = surface.area;
    this.#list = document.createElement("ul");
    Object.assign(this.#list, { className: "lesson-links", id: "lesson-links", hidden: true });
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", say("script-studio.lessonsToLink"));
    surface.box.append(this.#list);
    const button = editor.querySelector("[data-lessons-button]");
    button.addEventListener("click", () => insert(this.area, "[["));
    this.area.addEventListener("input", () => this.#look());
    this.area.addEventListener("keydown", (event) => this.#key(event));
    this.area.addEventListener("blur", () => this.#close());
    this.area.addEventListener("click", () => this.#close());
    this.#list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the cursor stays in the text
      const option = event.target.closest("[role=option]");
      if (option) this.#take(Number(option.dataset.nth));
    });
  }

  #look() {
    const { value, selectionStart: at, selectionEnd } = this.area;
    const asked = at === selectionEnd && value.slice(Math.max(0, at - 120), at).match(ASKED);
    if (!asked) return this.#close();
    this.#start = at - asked[0].length;
    const wanted = folded(asked[1]).split(/\s+/).filter(Boolean);
    this.#found = [...this.editor.querySelectorAll("[data-lesson][data-key]")]
      .filter((item) => item.dataset.lesson !== this.editor.dataset.lesson)
      .map((item) => ({ key: item.dataset.key, title: item.querySelector("[data-title]").textContent, number: item.querySelector("[data-number]").textContent }))
      .filter(({ title, number }) => wanted.every((word) => folded(`${number} ${title}`).includes(word)))
      .slice(0, MOST);
    this.#chosen = 0;
    this.#show();
  }

  #show() {
    this.#list.replaceChildren(
      ...this.#found.map(({ title, number }, i) => {
        const option = document.createElement("li");
        option.id = `lesson-link-${i}`;
        option.dataset.nth = i;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", String(i === this.#chosen));
        const count = document.createElement("span");
        count.className = "data";
        count.textContent = number;
        option.append(count, " ", title);
        return option;
      }),
    );
    if (!this.#found.length) {
      const none = document.createElement("li");
      none.className = "detail";
      none.setAttribute("role", "option");
      none.setAttribute("aria-disabled", "true");
      none.textContent = say("script-studio.noLesson");
      this.#list.append(none);
    }
    this.#list.hidden = false;
    this.area.setAttribute("aria-controls", "lesson-links");
    if (this.#found.length) this.area.setAttribute("aria-activedescendant", `lesson-link-${this.#chosen}`);
    else this.area.removeAttribute("aria-activedescendant");
    const box = this.surface.box.getBoundingClientRect();
    const place = this.surface.rectangle(this.#start);
    const left = Math.max(12, Math.min(place.left - box.left, box.width - this.#list.offsetWidth - 12));
    const below = place.bottom - box.top + this.surface.box.scrollTop + 6;
    const above = place.top - box.top + this.surface.box.scrollTop - this.#list.offsetHeight - 6;
    const fits = place.bottom + this.#list.offsetHeight + 12 < box.bottom || above < this.surface.box.scrollTop;
    this.#list.style.left = `${left}px`;
    this.#list.style.top = `${fits ? below : above}px`;
  }

  #close() {
    if (this.#list.hidden) return;
    this.#list.hidden = true;
    this.area.removeAttribute("aria-activedescendant");
    this.area.removeAttribute("aria-controls");
  }

  #key(event) {
    if (this.#list.hidden || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.#found.length) {
      this.#chosen = (this.#chosen + step + this.#found.length) % this.#found.length;
      this.#show();
    } else if ((event.key === "Enter" || event.key === "Tab") && this.#found.length) this.#take(this.#chosen);
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  #take(place) {
    const { key, title } = this.#found[place];
    const end = this.area.selectionEnd;
    this.#close();
    insert(this.area, `[${words(title)}](${address(key)})`, this.#start, end);
  }
}
