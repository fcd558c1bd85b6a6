// What people write to each other, below a lesson or on a page of its own: asked for when it comes
// into view, and again when somebody has written. What the reader is writing is left alone.

import { sayMoments } from "./appearance.js";
import { send } from "./calls.js";
import { news, person, whenSignedIn } from "./fragments.js";
import { morph, settled } from "./morph.js";
import { say } from "./say.js";
import { toast } from "./toasts.js";

const AGAIN = 4 * 60_000;
const AHEAD = "400px";

class LiveTalk extends HTMLElement {
  #close = () => {};
  #timer;
  #seen = false;
  #renew = settled(() => this.#ask());

  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send(event.target, event.submitter);
    });
    if (this.firstElementChild) return this.#begin();
    const sight = new IntersectionObserver(
      (seen) => {
        if (!seen.some((it) => it.isIntersecting)) return;
        sight.disconnect();
        this.#begin();
      },
      { rootMargin: AHEAD },
    );
    sight.observe(this);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
    this.#close();
  }

  #begin() {
    if (this.#seen) return;
    this.#seen = true;
    this.#read();
    if (!location.hash && !location.search) this.#latest();
    if (!this.firstElementChild) this.#renew();
    if (!this.dataset.address) return; // one question alone
    this.#timer = setInterval(() => !document.hidden && this.#renew(), AGAIN);
    document.addEventListener("visibilitychange", () => !document.hidden && this.isConnected && this.#renew());
    whenSignedIn(() => this.#listen());
  }

  #listen() {
    const { event, about } = this.dataset;
    const hear = (it) => (!about || it.about === about) && this.#renew();
    if (window.SharedWorker) {
      const { port } = new SharedWorker(news(), person());
      port.onmessage = ({ data }) => {
        if (data.open) this.#renew(); // what was written before this page listened
        if (data[event]) hear(data[event]);
      };
      this.#close = () => port.postMessage("leave");
    } else {
      const source = new EventSource("/api/v1/me/events");
      source.onopen = () => this.#renew();
      source.addEventListener(event, ({ data }) => hear(JSON.parse(data)));
      this.#close = () => source.close();
    }
    addEventListener("pagehide", () => this.#close());
  }

  async #ask() {
    if (!this.dataset.address || !this.isConnected) return;
    try {
      const response = await fetch(this.dataset.address, { headers: { Accept: "text/html" } });
      if (!response.ok) return; // not open to this reader, or not now: what stands here stays
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      this.#show(page.querySelector("[data-talk]"));
    } catch {
      // Without an answer what stands here stays.
    }
  }

  #show(fresh) {
    if (!fresh) return;
    const old = this.querySelector("[data-talk]");
    sayMoments(fresh);
    if (!old) this.replaceChildren(...this.#head(), fresh);
    else morph(old, fresh);
    this.#read();
  }

  /** What stands on a page that somebody looks at is read. */
  #read() {
    const unread = this.querySelector("[data-unread]");
    if (!unread || !this.dataset.marks || document.hidden) return;
    unread.removeAttribute("data-unread");
    send("PUT", this.dataset.marks, {}).catch(() => {});
  }

  /** Below a lesson it has a heading; a page of its own has one already. */
  #head() {
    if (!this.dataset.title) return [];
    const heading = document.createElement("h2");
    heading.textContent = this.dataset.title;
    return [heading];
  }

  async #send(form, button) {
    if (form.dataset.busy) return;
    form.dataset.busy = "1";
    if (button) button.disabled = true;
    const writes = form.matches("[data-keeps]");
    try {
      const response = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "text/html" },
        body: new URLSearchParams(new FormData(form)),
      });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.querySelector("[data-talk]");
      if (response.ok && writes) {
        form.reset();
        const box = form.closest("details");
        if (box) box.open = false;
      }
      // Refused, the form comes back with what was typed and why it was not taken.
      if (!response.ok && fresh && writes) this.#refused(form, fresh);
      else if (fresh && response.ok && !this.#alone()) {
        this.#show(fresh);
        if (writes) this.#latest();
      }
      else if (response.ok) location.reload();
      else toast(page.querySelector("main h1")?.textContent ?? say("script.answered", String(response.status)));
    } catch {
      toast(say("script.discussion.offline"));
    } finally {
      delete form.dataset.busy;
      if (button) button.disabled = false;
    }
  }

  /** A conversation is read from its end. */
  #latest() {
    this.querySelector("#latest")?.scrollIntoView();
  }

  /** A page of one question is asked for anew as it is. */
  #alone() {
    return !this.dataset.address;
  }

  #refused(form, fresh) {
    const control = form.querySelector("textarea, input:not([type=hidden])");
    const field = fresh.querySelector(`#${CSS.escape(control.id)}`)?.closest(".field");
    if (!field) return toast(say("script.discussion.offline"));
    form.querySelector(".field").replaceWith(field);
    field.querySelector("textarea, input").focus();
  }
}

customElements.define("live-talk", LiveTalk);
