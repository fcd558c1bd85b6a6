// Help while filling in forms, all of which work without it.

import { language, say } from "./say.js";

const PAUSE = 250;
const LEAST = 12;

const megabytes = (bytes) => (bytes / 1048576).toLocaleString(language, { maximumFractionDigits: 1, minimumFractionDigits: 1 });

const subdomain = (name) =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/[^a-z0-9]/g, "")
    .slice(0, 63);

/** Proposes an address from the school's name, and asks whether it is free. */
class SubdomainProposal extends HTMLElement {
  #timer;
  #own = false;

  connectedCallback() {
    const name = this.closest("form").querySelector("[name=name]");
    const field = this.querySelector("[name=subdomain]");
    this.#own = field.value !== "" && field.value !== subdomain(name.value);
    name.addEventListener("input", () => {
      if (!this.#own) field.value = subdomain(name.value);
      this.#later(name, field);
    });
    field.addEventListener("input", () => {
      this.#own = field.value !== "";
      this.#later(name, field);
    });
    if (field.value || name.value) this.#later(name, field);
  }

  #later(name, field) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(name.value, this.#own ? field.value : "", field), PAUSE);
  }

  async #ask(name, wanted, field) {
    const place = this.querySelector(".proposal");
    if (!name && !wanted) return place.replaceChildren();
    const query = new URLSearchParams({ name, subdomain: wanted });
    try {
      const response = await fetch(`/start/subdomain?${query}`, { headers: { Accept: "text/html" } });
      if (!response.ok) return;
      place.innerHTML = await response.text();
      // Somebody may have the plain name: then the server proposes another.
      const proposal = place.querySelector("[data-proposal]").dataset.proposal;
      if (!wanted && !this.#own && proposal) field.value = proposal;
    } catch {
      place.replaceChildren();
    }
  }
}

/** Says how hard a password is to guess: by its length, its variety, and plain repetition. */
class PasswordStrength extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector("input");
    const place = document.createElement("div");
    place.className = "strength";
    place.hidden = true;
    place.innerHTML = `<progress max="4" value="0" aria-label="${say("script-forms.password.strength")}"></progress><span role="status"></span>`;
    this.append(place);
    input.addEventListener("input", () => {
      const { strength, words } = PasswordStrength.judge(input.value);
      place.hidden = input.value === "";
      place.querySelector("progress").value = strength;
      place.querySelector("span").textContent = words;
    });
  }

  static judge(password) {
    const length = [...password].length;
    if (length < LEAST) {
      const missing = LEAST - length;
      return { strength: Math.min(1, length / LEAST), words: say("script-forms.password.more", missing) };
    }
    const different = new Set(password).size;
    const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z\d]/].filter((k) => k.test(password)).length;
    const score = length / 8 + different / 8 + kinds / 2;
    if (different < 6) return { strength: 1, words: say("script-forms.password.same") };
    if (score < 4) return { strength: 2, words: say("script-forms.password.enough") };
    if (score < 5.5) return { strength: 3, words: say("script-forms.password.strong") };
    return { strength: 4, words: say("script-forms.password.veryStrong") };
  }
}

/** Shows how far an upload is, in numbers. */
class UploadForm extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    form.addEventListener("submit", (event) => {
      const file = form.querySelector("input[type=file]").files[0];
      if (!file) return;
      event.preventDefault();
      this.#send(form, file);
    });
  }

  #send(form, file) {
    const box = this.querySelector(".progress");
    const bar = box.querySelector("progress");
    const tell = (words) => (box.querySelector(".progress-words").textContent = words);
    const button = form.querySelector("button");
    box.hidden = false;
    if (file.size > Number(this.dataset.most)) {
      tell(say("script-forms.upload.tooLarge", megabytes(file.size)));
      return;
    }
    button.disabled = true;
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "text/html");
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      bar.value = (100 * loaded) / total;
      tell(
        loaded < total
          ? say("script-forms.upload.sent", Math.round((100 * loaded) / total), megabytes(total))
          : say("script-forms.upload.read"),
      );
    });
    request.addEventListener("load", () => {
      if (request.responseURL && new URL(request.responseURL).pathname !== new URL(form.action).pathname) {
        location.assign(request.responseURL);
        return;
      }
      // The answer is a page: the report, or the form with what was wrong.
      const page = new DOMParser().parseFromString(request.responseText, "text/html");
      const main = page.querySelector("main");
      if (main) document.querySelector("main").replaceChildren(...main.childNodes);
      document.title = page.title || document.title;
      document.getElementById("main").focus();
      scrollTo(0, 0);
    });
    request.addEventListener("error", () => {
      button.disabled = false;
      tell(say("script-forms.upload.broke"));
    });
    request.send(new FormData(form));
  }
}

class CopyText extends HTMLElement {
  connectedCallback() {
    if (!navigator.clipboard) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button is-small";
    button.textContent = say("script-forms.copy");
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.querySelector("code").textContent);
      button.textContent = say("script-forms.copied");
    });
    this.append(button);
  }
}

customElements.define("subdomain-proposal", SubdomainProposal);
customElements.define("password-strength", PasswordStrength);
customElements.define("upload-form", UploadForm);
customElements.define("copy-text", CopyText);

// A school's clocks are those of whoever founds it, until its settings say otherwise.
for (const field of document.querySelectorAll("[data-own-zone]")) {
  field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}

for (const select of document.querySelectorAll("[data-submit-on-change]")) {
  select.form.querySelector("button").hidden = true;
  select.addEventListener("change", () => select.form.requestSubmit());
}
