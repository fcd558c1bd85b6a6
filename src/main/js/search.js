// Search as you type. The form itself works without this.

import { say } from "./say.js";

const PAUSE = 150;

class SearchBox extends HTMLElement {
  #form;
  #input;
  #results;
  #timer;
  #asking;
  #asked = "";

  connectedCallback() {
    this.#form = this.querySelector("form");
    this.#input = this.querySelector("input");
    this.#results = this.querySelector(".search-results");
    const close = this.querySelector(".search-close");
    close.hidden = false;
    close.addEventListener("click", () => this.close());
    this.querySelector(".search-open").addEventListener("click", (event) => {
      event.preventDefault();
      this.open();
    });
    const input = this.#input;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#ask(), PAUSE);
    });
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("focus", () => {
      if (this.#asked && this.#asked === input.value.trim()) this.#show();
    });
    document.addEventListener("pointerdown", (event) => {
      if (!this.contains(event.target)) this.close();
    });
    this.addEventListener("focusout", (event) => {
      if (event.relatedTarget && !this.contains(event.relatedTarget)) this.#hide();
    });
  }

  open() {
    this.classList.add("is-open");
    this.#input.focus();
    this.#input.select();
  }

  close() {
    this.classList.remove("is-open");
    this.#hide();
  }

  async #ask() {
    const words = this.#input.value.trim();
    this.#asking?.abort();
    if (!words) {
      this.#asked = "";
      this.#hide();
      return;
    }
    const asking = (this.#asking = new AbortController());
    try {
      const response = await fetch(`/fragments/search?q=${encodeURIComponent(words)}`, {
        headers: { Accept: "text/html" },
        signal: asking.signal,
      });
      if (!response.ok) throw new Error(String(response.status));
      this.#results.innerHTML = await response.text();
      this.#asked = words;
      this.#show();
      this.#choose(this.#options[0]);
    } catch (problem) {
      if (problem.name === "AbortError") return;
      const none = Object.assign(document.createElement("p"), { className: "found-none", role: "status", textContent: say("script.search.none") });
      this.#results.replaceChildren(none);
      this.#show();
    }
  }

  get #options() {
    return [...this.#results.querySelectorAll("[role=option]")];
  }

  #show() {
    this.classList.add("is-open");
    this.#results.hidden = false;
    const list = this.#results.querySelector("[role=listbox]");
    this.#input.setAttribute("aria-expanded", String(list !== null));
    if (list) this.#input.setAttribute("aria-controls", list.id);
  }

  #hide() {
    this.#results.hidden = true;
    this.#input.setAttribute("aria-expanded", "false");
    this.#input.removeAttribute("aria-controls");
    this.#input.removeAttribute("aria-activedescendant");
  }

  #choose(option) {
    for (const other of this.#options) other.setAttribute("aria-selected", String(other === option));
    if (!option) return;
    this.#input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    const options = this.#options;
    const shown = !this.#results.hidden;
    const at = options.findIndex((o) => o.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") {
      event.preventDefault();
      if (shown) this.#hide();
      else {
        this.close();
        this.#input.blur();
      }
    } else if (shown && options.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.#choose(options[(at + step + options.length) % options.length]);
    } else if (event.key === "Enter" && shown && at >= 0 && this.#asked === this.#input.value.trim()) {
      event.preventDefault();
      location.assign(options[at].href);
    }
  }
}

customElements.define("search-box", SearchBox);
