// Files on their way into a lesson: pasted, dropped or chosen. Words hold a file's place in the text
// until it has arrived; what fails stays here, with its file, and can be tried again.

import { read, token } from "./calls.js";
import { say } from "./say.js";

const AT_ONCE = 2;
const LARGE = 20 * 1024 * 1024;

function element(name, attributes = {}, ...children) {
  const made = Object.assign(document.createElement(name), attributes);
  made.append(...children);
  return made;
}

const button = (textContent, clicked) => {
  const made = element("button", { type: "button", className: "button is-small", textContent });
  made.addEventListener("click", clicked);
  return made;
};

/** Puts words in place of others; where the cursor stands stays as it is. */
function replace(area, words, by) {
  const at = area.value.indexOf(words);
  if (at < 0) return false;
  area.setRangeText(by, at, at + words.length, "preserve");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

/** A description may hold brackets; Markdown would end it there. */
const described = (words) => words.replace(/\s+/g, " ").trim().replace(/[\\[\]]/g, "\\$&");

/** What holds a file's place, in no language: no course has a file of such a name. Once it was "()". */
const place = (name, number) => `![${described(name)}](file:?${number})`;
const PLACES = /!\[((?:\\.|[^\\[\]])+)\]\((?:file:\?\d+)?\)/g;

class Upload {
  /** @param {?File} file null where only its place is there, left behind by a window that was closed */
  constructor(desk, words, name, file) {
    this.file = file;
    this.desk = desk;
    this.words = words;
    this.name = name;
    this.meter = element("progress", { max: 100, value: 0 });
    this.meter.setAttribute("aria-label", say("script-studio.upload.meter", this.name));
    this.said = element("span", { className: "upload-said", textContent: say("script-studio.upload.waiting") });
    this.said.setAttribute("role", "status");
    this.row = element("div", { className: "upload" });
    this.#show(this.meter, this.said, button(say("script-studio.upload.cancel"), () => this.#cancel()));
  }

  #show(...parts) {
    this.row.replaceChildren(element("span", { className: "upload-name", textContent: this.name }), ...parts);
  }

  begin() {
    this.typed = false;
    this.request = new XMLHttpRequest();
    this.request.open("POST", `${this.desk.address}?name=${encodeURIComponent(this.name)}`);
    this.request.setRequestHeader("Accept", "application/json");
    this.request.setRequestHeader("Content-Type", "application/octet-stream");
    this.request.setRequestHeader("X-XSRF-TOKEN", token());
    this.request.upload.addEventListener("progress", ({ loaded, total }) => {
      this.meter.value = (100 * loaded) / total;
      this.said.textContent = loaded < total ? `${Math.floor(this.meter.value)} %` : say("script-studio.upload.looking");
    });
    this.request.addEventListener("load", () => this.#answered());
    this.request.addEventListener("error", () => this.failed(say("script-studio.upload.offline"), true));
    this.request.send(this.file);
  }

  #answered() {
    const { status, responseText } = this.request;
    let answer = {};
    try {
      answer = JSON.parse(responseText);
    } catch {
      // What is no JSON came from somebody between.
    }
    if (status >= 200 && status < 300) this.#arrived(answer);
    else if (status === 401) this.failed(say("script-studio.upload.signedOut"), true);
    else this.failed(answer.errors?.[0]?.message ?? answer.detail ?? say("script.answered", String(status)), status >= 500 || status === 429);
  }

  #arrived(answer) {
    this.desk.done(this);
    this.answer = answer;
    const link = answer.picture ? `![](${answer.reference})` : `[${described(this.name)}](${answer.reference})`;
    const put = replace(this.desk.area, this.words, link);
    if (answer.picture) this.#ask(put ? link : null);
    else if (put) this.row.remove();
    else this.#placeless(link);
  }

  #placeless(link) {
    this.said.textContent = say("script-studio.upload.placeless");
    this.#show(this.said, button(say("script-studio.upload.putIn"), () => this.#putIn(link)), button(say("script-studio.upload.leave"), () => this.row.remove()));
  }

  #putIn(link) {
    this.desk.insert(link);
    this.row.remove();
  }

  /** Those who do not see the picture read this instead. */
  #ask(link) {
    const words = element("input", { name: "words", maxLength: 300, autocomplete: "off", placeholder: say("script-studio.upload.what") });
    words.setAttribute("aria-label", say("script-studio.upload.shows", this.name));
    const form = element("form", { className: "upload-words" }, element("span", { className: "control" }, words), element("button", { className: "button is-small is-filled", textContent: say("script-studio.upload.describe") }), button(say("script-studio.upload.later"), () => this.row.remove()));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      const full = `![${described(words.value)}](${this.answer.reference})`;
      if (!link || !replace(this.desk.area, link, full)) this.desk.insert(full);
      this.row.remove();
      this.desk.area.focus();
    });
    form.addEventListener("input", (event) => event.stopPropagation());
    const small = element("img", { className: "upload-picture", src: this.answer.href, alt: "" });
    this.#show(small, form);
    if (!this.typed) words.focus();
  }

  /** @param {boolean} again whether it may do yet: else nothing of it stays in the text */
  failed(why, again) {
    this.desk.done(this);
    this.waiting = again;
    this.said.textContent = why;
    this.row.classList.add("is-bad");
    if (again) {
      this.#show(this.said, button(say("script-studio.upload.again"), () => this.again()), button(say("script-studio.upload.remove"), () => this.#cancel()));
    } else {
      this.#takeOut();
      this.#show(this.said, button(say("script-studio.upload.dismiss"), () => this.row.remove()));
    }
  }

  /** Only its place is there. */
  left() {
    this.said.textContent = say("script-studio.upload.left");
    const chosen = element("input", { type: "file", hidden: true });
    chosen.addEventListener("change", () => {
      this.file = chosen.files[0];
      this.name = this.file.name;
      this.#started();
      this.desk.start(this);
    });
    this.#show(this.said, chosen, button(say("script-studio.upload.choose"), () => chosen.click()), button(say("script-studio.upload.remove"), () => this.#cancel()));
  }

  again() {
    this.#started();
    this.desk.queue(this);
  }

  #started() {
    this.waiting = false;
    this.row.classList.remove("is-bad");
    this.said.textContent = say("script-studio.upload.waiting");
    this.#show(this.meter, this.said, button(say("script-studio.upload.cancel"), () => this.#cancel()));
  }

  #cancel() {
    this.request?.abort();
    this.desk.done(this);
    this.row.remove();
    this.#takeOut();
  }

  #takeOut() {
    replace(this.desk.area, `${this.words}\n\n`, "") || replace(this.desk.area, this.words, "");
  }
}

class Desk {
  #waiting = [];
  #underWay = new Set();
  constructor(editor) {
    this.editor = editor;
    this.area = editor.querySelector("textarea[name=markdown]");
    this.address = `/api/v1/courses/${editor.dataset.course}/files`;
    this.list = element("div", { className: "uploads" });
    this.list.setAttribute("role", "group");
    this.list.setAttribute("aria-label", say("script-studio.upload.list"));
    editor.querySelector("[data-panels]").append(this.list);
    this.#listen();
    this.#leftBehind();
  }

  /** Places in the text that nothing here is on its way to. */
  #leftBehind() {
    const held = new Set(this.all.filter((one) => one.row.isConnected).map((one) => one.words));
    for (const [words, name] of this.area.value.matchAll(PLACES)) {
      if (held.has(words)) continue;
      held.add(words);
      const upload = new Upload(this, words, name.replace(/\\(.)/g, "$1"), null);
      this.all.push(upload);
      this.list.append(upload.row);
      upload.left();
    }
    this.#forget();
  }

  /** What was taken out of the text by hand need not be asked about. */
  #forget() {
    for (const one of this.all) if (!one.file && !this.area.value.includes(one.words)) one.row.remove();
  }

  #listen() {
    const main = this.area.closest("main") ?? this.editor;
    this.area.addEventListener("input", () => this.#underWay.forEach((one) => (one.typed = true)));
    this.area.addEventListener("input", () => this.#forget());
    this.area.addEventListener("shown", () => this.#leftBehind());
    this.area.addEventListener("paste", (event) => {
      const { files, types } = event.clipboardData;
      // Programs that copy text add a picture of it.
      if (!files.length || types.includes("text/plain")) return;
      event.preventDefault();
      this.take(files);
    });
    const carries = (event) => event.dataTransfer?.types.includes("Files");
    main.addEventListener("dragover", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = "copy";
      main.classList.add("is-aim");
    });
    main.addEventListener("dragleave", (event) => main.contains(event.relatedTarget) || main.classList.remove("is-aim"));
    main.addEventListener("drop", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      main.classList.remove("is-aim");
      this.take(event.dataTransfer.files);
    });
    addEventListener("online", () => this.all.filter((one) => one.waiting).forEach((one) => one.again()));
    addEventListener("beforeunload", (event) => this.#underWay.size && event.preventDefault());
    this.#button();
  }

  #button() {
    const chosen = element("input", { type: "file", multiple: true, hidden: true });
    chosen.addEventListener("change", () => {
      this.take(chosen.files);
      chosen.value = "";
    });
    this.editor.querySelector("[data-upload]").addEventListener("click", () => chosen.click());
    this.editor.querySelector("[data-uploads]").append(chosen);
  }

  all = [];

  async take(files) {
    // A copy: the field it was chosen in is emptied at once.
    for (const file of [...files]) {
      const name = file.name || "picture.png";
      let number = 1;
      while (this.area.value.includes(`](file:?${number})`)) number++;
      const upload = new Upload(this, place(name, number), name, file);
      this.all.push(upload);
      this.list.append(upload.row);
      this.insert(upload.words);
      await this.start(upload);
    }
  }

  /** Sends it, where it is not too large to be sent at all. */
  async start(upload) {
    if (upload.file.size > LARGE) {
      const { largest } = await read(this.address).catch(() => ({}));
      if (upload.file.size > largest) {
        upload.failed(say("script-studio.upload.largest", Math.floor(largest / 1024 / 1024)), false);
        return;
      }
    }
    this.queue(upload);
  }

  /** In a paragraph of its own where the cursor stands. */
  insert(words) {
    const { value, selectionStart: start, selectionEnd: end } = this.area;
    const before = value.slice(0, start);
    const lead = !before || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
    const trail = value.slice(end).startsWith("\n\n") ? "" : value.slice(end).startsWith("\n") ? "\n" : "\n\n";
    this.area.setRangeText(lead + words + trail, start, end, "end");
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  queue(upload) {
    this.#waiting.push(upload);
    this.#next();
  }

  done(upload) {
    this.#underWay.delete(upload);
    this.#waiting = this.#waiting.filter((one) => one !== upload);
    this.#next();
  }

  #next() {
    while (this.#underWay.size < AT_ONCE && this.#waiting.length) {
      const upload = this.#waiting.shift();
      this.#underWay.add(upload);
      upload.begin();
    }
  }
}

// Reviewers read: they have no toolbar, and nothing to send.
for (const editor of document.querySelectorAll("lesson-editor:has([data-upload])")) new Desk(editor);
