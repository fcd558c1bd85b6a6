// The page to try the API: lists the calls of the OpenAPI document, sends one, shows the answer.

import { read } from "./calls.js";
import { say } from "./say.js";

const METHODS = ["get", "post", "put", "patch", "delete"];

function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

let fields = 0;

function field(label, control) {
  control.id = `api-field-${++fields}`;
  return element(
    "div",
    { class: "field" },
    element("label", { for: control.id }, label),
    element("span", { class: "control" }, control),
  );
}

class ApiExplorer extends HTMLElement {
  #document;
  #token;

  async connectedCallback() {
    try {
      this.#document = await read(this.dataset.specification);
    } catch {
      this.replaceChildren(element("p", { class: "notice is-bad" }, say("script-forms.api.unread")));
      return;
    }
    this.#token = element("input", { type: "password", autocomplete: "off", spellcheck: "false" });
    const token = field(say("script-forms.api.token"), this.#token);
    token.append(element("p", { class: "field-hint" }, say("script-forms.api.tokenHint")));
    const calls = [];
    for (const [path, methods] of Object.entries(this.#document.paths)) {
      for (const method of METHODS) {
        if (methods[method]) calls.push(this.#call(method, path, methods[method], methods.parameters ?? []));
      }
    }
    const sender = element("form", { class: "narrow-part" }, token);
    sender.addEventListener("submit", (event) => event.preventDefault());
    this.replaceChildren(sender, element("section", { class: "part" }, element("h2", {}, say("script-forms.api.calls")), ...calls));
  }

  #call(method, path, operation, shared) {
    const details = element(
      "details",
      { class: "call" },
      element(
        "summary",
        {},
        element("span", { class: "call-method" }, method.toUpperCase()),
        element("code", {}, path),
        element("span", { class: "call-words" }, operation.summary ?? ""),
      ),
    );
    details.addEventListener("toggle", () => {
      if (details.open && details.children.length === 1) details.append(this.#form(method, path, operation, shared));
    });
    return details;
  }

  #form(method, path, operation, shared) {
    const inputs = [...shared, ...(operation.parameters ?? [])].map((p) => this.#resolved(p)).filter((p) => p.in === "path" || p.in === "query" || p.in === "header");
    const form = element("form", { class: "call-form" });
    if (operation.description) form.append(element("p", { class: "detail" }, operation.description));
    const controls = inputs.map((parameter) => {
      const control = element("input", { name: parameter.name, autocomplete: "off" });
      if (parameter.required) control.required = true;
      form.append(field(parameter.required ? parameter.name : say("script-forms.api.optional", parameter.name), control));
      return { parameter, control };
    });
    const content = this.#resolved(operation.requestBody ?? {}).content ?? {};
    const body = content["application/json"] ? element("textarea", { rows: "6", spellcheck: "false" }) : null;
    if (body) {
      body.value = JSON.stringify(this.#sample(content["application/json"].schema), null, 2);
      form.append(field(say("script-forms.api.body"), body));
    }
    const answer = element("pre", { class: "answer", tabindex: "0", "aria-label": say("script-forms.api.answer"), hidden: "" });
    const status = element("p", { class: "detail", role: "status" });
    form.append(element("div", { class: "samples" }, element("button", { class: "button" }, say("script-forms.api.send"))), status, answer);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send(method, path, controls, body, status, answer);
    });
    return form;
  }

  async #send(method, path, controls, body, status, answer) {
    let address = path;
    const query = new URLSearchParams();
    const headers = { Accept: "application/json" };
    for (const { parameter, control } of controls) {
      if (parameter.in === "path") address = address.replace(`{${parameter.name}}`, encodeURIComponent(control.value));
      else if (control.value && parameter.in === "query") query.append(parameter.name, control.value);
      else if (control.value) headers[parameter.name] = control.value;
    }
    if (this.#token.value) headers.Authorization = `Bearer ${this.#token.value}`;
    if (body) headers["Content-Type"] = "application/json";
    const cookie = document.cookie.match(/(?:^|; )(?:__Host-)?XSRF-TOKEN=([^;]*)/);
    if (cookie) headers["X-XSRF-TOKEN"] = decodeURIComponent(cookie[1]);
    const began = performance.now();
    status.textContent = say("script-forms.api.sent");
    try {
      const response = await fetch(address + (query.size ? `?${query}` : ""), {
        method: method.toUpperCase(),
        headers,
        body: body ? body.value : undefined,
        credentials: this.#token.value ? "omit" : "same-origin",
      });
      const text = await response.text();
      status.textContent = `${response.status} ${response.statusText}, ${Math.round(performance.now() - began)} ms`;
      answer.textContent = pretty(text);
      answer.hidden = false;
    } catch (problem) {
      status.textContent = say("script-forms.api.none", problem.message);
      answer.hidden = true;
    }
  }

  #resolved(part) {
    if (!part.$ref) return part;
    return part.$ref
      .slice(2)
      .split("/")
      .reduce((at, key) => at[key], this.#document);
  }

  #sample(schema, depth = 0) {
    const s = this.#resolved(schema ?? {});
    if (s.example !== undefined) return s.example;
    if (s.enum) return s.enum[0];
    const type = Array.isArray(s.type) ? s.type[0] : s.type;
    if (type === "object" || s.properties) {
      if (depth > 4) return {};
      return Object.fromEntries(Object.entries(s.properties ?? {}).map(([key, value]) => [key, this.#sample(value, depth + 1)]));
    }
    if (type === "array") return depth > 4 ? [] : [this.#sample(s.items, depth + 1)];
    if (type === "integer" || type === "number") return 0;
    return type === "boolean" ? false : "";
  }
}

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

customElements.define("api-explorer", ApiExplorer);
