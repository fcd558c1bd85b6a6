// The player: mark done, remember the place, open the outline.

import { say } from "./say.js";
import { count, mark, save } from "./progress.js";

const RESTING = 2500;
const FIRST_LOOK = 3000;
const THOUSAND = 1000;

class LessonProgress extends HTMLElement {
  #timer;
  #sent = 0;
  #prose = document.querySelector(".prose");

  connectedCallback() {
    this.#sent = Number(this.dataset.stopped);
    this.querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#done();
    });
    this.#offerPlace();
    addEventListener("scroll", () => this.#later(RESTING), { passive: true });
    document.addEventListener("visibilitychange", () => document.hidden && this.#remember());
    if (this.dataset.standing === "new") this.#later(FIRST_LOOK, true);
  }

  get #next() {
    return this.querySelector("a[rel=next]");
  }

  async #done() {
    const button = this.querySelector("[data-done]");
    if (!button || this.dataset.standing === "done") return this.#goOn();
    clearTimeout(this.#timer);
    const before = this.#counted();
    this.dataset.standing = "done";
    mark(this.dataset.lesson, "completed");
    if (before && this.hasAttribute("data-counts")) count({ ...before, completed: Math.min(before.total, before.completed + 1) });
    const result = await save(this.dataset.lesson, "completed", this.#place());
    if (result === "sent") this.#goOn();
    if (result === "refused") location.reload();
  }

  #goOn() {
    if (this.#next) location.assign(this.#next.href);
  }

  /** The page's own number, to move it at once. */
  #counted() {
    const found = document.querySelector(".player-count .meter-words")?.textContent.match(/(\d+)\D+(\d+)/);
    return found && { slug: this.dataset.course, completed: Number(found[1]), total: Number(found[2]) };
  }

  /** Done, here or on another page or device: the button becomes the way on. */
  finished() {
    this.dataset.standing = "done";
    const button = this.querySelector("[data-done]");
    if (!button) return;
    button.removeAttribute("data-done");
    button.firstChild.textContent = `${this.#next ? say("script.goOn") : say("script.done")} `;
    button.disabled = !this.#next;
  }

  // Where reading stopped: how far down the text the screen's upper third is, in thousandths. The
  // API's field is named for video, where the same number counts seconds.
  #place() {
    const box = this.#prose.getBoundingClientRect();
    const read = (innerHeight / 3 - box.top) / Math.max(1, box.height);
    return Math.round(Math.min(1, Math.max(0, read)) * THOUSAND);
  }

  #later(delay, always) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#remember(always), delay);
  }

  #remember(always) {
    if (this.dataset.standing === "done") return;
    const place = this.#place();
    if (!always && Math.abs(place - this.#sent) < 15) return;
    this.#sent = place;
    this.dataset.standing = "started";
    mark(this.dataset.lesson, "started");
    save(this.dataset.lesson, "started", place);
  }

  #offerPlace() {
    const stopped = Number(this.dataset.stopped);
    if (stopped < 40 || stopped > 960 || this.dataset.standing === "done") return;
    const blocks = [...this.#prose.children];
    const height = this.#prose.offsetHeight;
    const wanted = this.#prose.offsetTop + (height * stopped) / THOUSAND;
    const block = blocks.findLast((b) => b.offsetTop <= wanted);
    if (!block) return;
    const ribbon = document.createElement("div");
    ribbon.className = "stopped";
    ribbon.id = "stopped";
    block.before(ribbon);
    document.querySelector(".resume").hidden = false;
  }
}

class CourseOutline extends HTMLElement {
  connectedCallback() {
    const current = this.querySelector("[aria-current]");
    const nav = this.querySelector("nav");
    if (current && current.offsetTop > nav.clientHeight - 80) nav.scrollTop = Math.max(0, current.offsetTop - nav.clientHeight / 2);
    const opener = document.querySelector(".player-list");
    opener?.setAttribute("aria-expanded", "false");
    opener?.addEventListener("click", (event) => {
      event.preventDefault();
      this.#turn(!this.classList.contains("is-open"));
    });
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.#turn(false));
  }

  #turn(open) {
    const opener = document.querySelector(".player-list");
    if (open === this.classList.contains("is-open")) return;
    this.classList.toggle("is-open", open);
    opener.setAttribute("aria-expanded", String(open));
    (open ? this.querySelector("[aria-current]") : opener)?.focus();
  }
}

/** A note stands behind the paragraph that calls it; with a margin to stand in, it moves beside it. */
function notesToTheMargin() {
  if (!matchMedia("(min-width: 1240px)").matches) return;
  for (const note of document.querySelectorAll(".prose > .sidenote")) {
    let block = note.previousElementSibling;
    while (block?.matches(".sidenote")) block = block.previousElementSibling;
    block?.before(note);
  }
}

// Notes first: the place where reading stopped is measured on the finished page.
if (document.querySelector(".prose")) notesToTheMargin();
customElements.define("lesson-progress", LessonProgress);
customElements.define("course-outline", CourseOutline);
