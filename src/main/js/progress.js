// How far the reader is: kept here until the server has it, and moved on every open page.

import { sayMoments } from "./appearance.js";
import { read, send, sentence } from "./calls.js";
import { fillFragments, news, person, whenSignedIn } from "./fragments.js";
import { drawn, light, words } from "./meter.js";
import { toast } from "./toasts.js";
import { say } from "./say.js";

const KEY = "stoa.outbox";
const MOST_AT_ONCE = 100;
const SECOND = 1000;
const LONGEST_WAIT = 60 * SECOND;

let wait = 4 * SECOND;
let retry;

// The outbox: what was done and not yet acknowledged, one entry a lesson. -----------------------

function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY)) ?? [];
  } catch {
    return [];
  }
}

function keep(entries) {
  try {
    if (entries.length) localStorage.setItem(KEY, JSON.stringify(entries));
    else localStorage.removeItem(KEY);
  } catch {
    // Private windows may refuse; then the call itself is all there is.
  }
}

function mine(entry) {
  return !entry.person || !person() || entry.person === person();
}

function put(entry) {
  const others = kept().filter((e) => !(e.lessonId === entry.lessonId && mine(e)));
  const before = kept().find((e) => e.lessonId === entry.lessonId && mine(e));
  const status = before?.status === "completed" ? "completed" : entry.status;
  keep([...others, { ...entry, status }]);
}

function remove(sent) {
  const same = (a, b) => a.lessonId === b.lessonId && a.at === b.at;
  keep(kept().filter((e) => !sent.some((s) => same(e, s))));
}

const later = (status) => status === 401 || status === 403 || status === 408 || status === 429 || status >= 500;

/**
 * Keeps a lesson's progress: in the outbox first, so that nothing can lose it, then at the server.
 * @param {string} lessonId
 * @param {"started"|"completed"} status
 * @param {number} positionSeconds for text: how far down, in thousandths of the lesson's height
 * @returns {Promise<"sent"|"kept"|"refused">}
 */
export async function save(lessonId, status, positionSeconds) {
  const entry = { lessonId, status, positionSeconds, at: new Date().toISOString(), person: person() };
  put(entry);
  let response;
  try {
    response = await send("PUT", `/api/v1/me/lessons/${lessonId}/progress`, { status, positionSeconds });
  } catch {
    if (status === "completed") toast(say("script.progress.offline"));
    again();
    return "kept";
  }
  if (response.ok) {
    remove([entry]);
    const answer = await response.json();
    if (answer.course?.slug) show({ ...answer, lesson: { id: lessonId, ...answer.lesson } });
    return "sent";
  }
  if (later(response.status)) {
    if (response.status === 401) {
      const href = `/sign-in?next=${encodeURIComponent(location.pathname)}`;
      toast(say("script.progress.signedOut"), { label: say("script.signIn"), href });
    } else if (status === "completed") {
      toast(say("script.progress.later"));
    }
    again();
    return "kept";
  }
  remove([entry]);
  if (status === "completed") toast(say("script.progress.notKept", await sentence(response)));
  return "refused";
}

/** Sends what is in the outbox. */
export async function flush() {
  clearTimeout(retry);
  const entries = kept().filter(mine).slice(0, MOST_AT_ONCE);
  if (!entries.length || !navigator.onLine) return;
  const items = entries.map(({ lessonId, status, positionSeconds, at }) => ({
    lessonId,
    status,
    positionSeconds,
    at,
  }));
  let response;
  try {
    response = await send("POST", "/api/v1/me/progress-batches", { items });
  } catch {
    return again();
  }
  if (response.ok) {
    remove(entries);
    wait = 4 * SECOND;
    const { items: answers } = await response.json();
    const refused = answers?.filter((a) => !a.kept) ?? [];
    const done = entries.filter((e) => e.status === "completed").length - refused.length;
    if (refused.length) toast(say("script.progress.notKept", refused[0].problem));
    if (done > 0) toast(say("script.progress.kept", done));
    catchUp();
    if (kept().some(mine)) again();
  } else if (later(response.status)) {
    again();
  } else {
    await oneByOne(entries);
  }
}

// A batch that was refused as a whole: send each alone, so that one cannot hold up the others.
async function oneByOne(entries) {
  for (const entry of entries) {
    try {
      const { status, positionSeconds } = entry;
      const response = await send("PUT", `/api/v1/me/lessons/${entry.lessonId}/progress`, { status, positionSeconds });
      if (response.ok || !later(response.status)) remove([entry]);
    } catch {
      return again();
    }
  }
}

function again() {
  clearTimeout(retry);
  retry = setTimeout(flush, wait);
  wait = Math.min(LONGEST_WAIT, wait * 2);
}

addEventListener("online", () => {
  wait = 4 * SECOND;
  flush();
});

// What moves on the page. -----------------------------------------------------------------------

/** Whether the server or this page already counts the lesson as done. */
function step(lessonId) {
  return document.querySelector(`a.step[data-lesson="${CSS.escape(lessonId)}"]`);
}

/** Pages asked for ahead are kept under the cookies they were asked with: with another, none is. */
function outdate() {
  document.cookie = `moved=${Date.now().toString(36)}; path=/; max-age=600; samesite=lax`;
}

/** For those who do not see the mark. */
function unseen() {
  const word = document.createElement("span");
  word.className = "unseen";
  word.textContent = say("script.progress.unseenDone");
  return word;
}

/** Shows a lesson as started or done in the outline, and counts its module. */
export function mark(lessonId, status) {
  const line = step(lessonId);
  const done = status === "completed";
  if (done && !line?.matches(".is-done")) outdate();
  if (line && !line.classList.contains("is-done")) {
    line.classList.remove("is-new", "is-started");
    line.classList.add(done ? "is-done" : "is-started");
    const part = line.closest("[data-part]");
    const count = part.querySelectorAll(".step.is-done:not(.is-optional)").length;
    const told = part.querySelector("[data-part-count]");
    if (told) told.textContent = say("script.meter.of", count, Number(part.dataset.total));
    if (done) line.querySelector(".step-title").after(unseen());
  }
  if (done) document.querySelector(`lesson-progress[data-lesson="${CSS.escape(lessonId)}"]`)?.finished?.();
}

/** Puts a course's numbers on every meter of the page. */
export function count(course) {
  for (const meter of document.querySelectorAll(`[data-meter="${CSS.escape(course.slug)}"]`)) {
    light(meter, course.completed, course.total);
  }
}

const heard = new Map();

function show({ course, lesson, revision = Infinity }) {
  if (revision < (heard.get(course?.slug) ?? 0)) return; // overtaken by later news
  if (Number.isFinite(revision)) heard.set(course?.slug, revision);
  if (course?.slug) count(course);
  if (lesson?.id) mark(lesson.id, lesson.status);
}

/** The contents on a course's page are the same for everyone; beside them stands what is done. */
function contents() {
  const told = document.querySelector("[data-learned]");
  if (!told) return;
  const learned = told.dataset.learned.trim().split(" ");
  for (const module of document.querySelectorAll(".module")) {
    const lessons = [...module.querySelectorAll(".leaders a:not(.taste)")];
    for (const lesson of lessons) {
      if (!learned.includes(lesson.pathname.split("/")[3]) || lesson.matches(".is-done")) continue;
      lesson.classList.add("is-done");
      lesson.append(unseen());
    }
    const counted = lessons.filter((lesson) => !lesson.matches("[data-optional]"));
    const done = counted.filter((lesson) => lesson.matches(".is-done")).length;
    if (done) module.querySelector(".module-count").textContent = say("script.progress.ofModule", done, counted.length);
  }
  const { meter, completed, total } = told.firstElementChild.dataset;
  if (total) count({ slug: meter, completed: Number(completed), total: Number(total) });
}

addEventListener("filled", contents);
contents(); // what was filled before this came

let renewing;

/** My learning is one person's alone: it is asked for anew as a whole, once news have settled. */
function renew() {
  clearTimeout(renewing);
  renewing = setTimeout(async () => {
    const response = await fetch("/learn", { headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const main = document.getElementById("main");
    const focused = main.contains(document.activeElement) && document.activeElement.getAttribute("href");
    main.replaceChildren(...page.getElementById("main").childNodes);
    sayMoments(main);
    if (focused) (main.querySelector(`a[href="${CSS.escape(focused)}"]`) ?? main).focus();
  }, 100);
}

/** This page may have been made before what the one before it had sent was kept. */
function catchUp() {
  if (document.body.matches(".home")) renew();
  for (const part of document.querySelectorAll('[data-fragment^="/fragments/standing/"]')) {
    fillFragments(part.dataset.fragment);
  }
}

function hear(data) {
  const news = JSON.parse(data);
  show(news);
  fillFragments(`/fragments/standing/${news.course.slug}`);
  if (document.body.matches(".home")) renew();
}

/** The bell is asked for anew: its number is what the server counts, not what was heard. */
const ring = () => fillFragments("/fragments/bell");

/** All pages share one stream; where a browser has no shared workers, only the visible one listens. */
function listen() {
  let close;
  if (window.SharedWorker) {
    const { port } = new SharedWorker(news(), person());
    port.onmessage = ({ data }) => (typeof data === "string" ? hear(data) : data.notification && ring());
    close = () => port.postMessage("leave");
  } else {
    let source;
    close = () => source?.close();
    const follow = () => {
      close();
      if (document.hidden) return;
      source = new EventSource("/api/v1/me/events");
      source.addEventListener("progress", ({ data }) => hear(data));
      source.addEventListener("notification", ring);
    };
    addEventListener("visibilitychange", follow);
    follow();
  }
  // A page kept for the back button must not hold a connection.
  addEventListener("pagehide", () => {
    close();
    document.documentElement.hidden = true; // until the reload below, if it comes back
  });
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}

/** Catalog cards are the same for everyone; the reader's own meter replaces their foot. */
async function standings() {
  const feet = [...document.querySelectorAll("[data-standing]")];
  if (!feet.length) return;
  const { items } = await read("/api/v1/me/enrollments?limit=100");
  for (const { course, progress } of items) {
    const foot = feet.find((f) => f.dataset.standing === course.slug);
    if (!foot) continue;
    const modules = foot.dataset.modules.trim().split(/\s+/).map(Number);
    const all = modules.reduce((a, b) => a + b, 0);
    const meter = drawn(course.slug, all > 60 ? [modules.length] : modules);
    const number = document.createElement("span");
    number.className = "meter-words";
    number.dataset.words = "of";
    meter.append(number);
    foot.replaceChildren(meter);
    light(meter, progress.completed, progress.total);
    if (progress.completed === 0) number.textContent = say("script.progress.notStarted");
    else if (progress.completed === progress.total) number.textContent = words("lessons", progress.completed, progress.total);
  }
}

whenSignedIn(() => {
  if (document.querySelector("[data-platform]")) return; // nothing is learned there
  flush();
  listen();
  ring();
  standings().catch(() => {});
});
