// Draws the colonnade anew when progress moves; the server drew the first one the same way.

import { say } from "./say.js";

const PITCH = 5;
const GAP = 4;
const HEIGHT = 13;

function path(strokes, from, to) {
  let d = "";
  let stroke = 0;
  strokes.forEach((count, module) => {
    for (let i = 0; i < count; i++, stroke++) {
      if (stroke >= from && stroke < to) d += `M${stroke * PITCH + module * GAP + 1} 0v${HEIGHT}`;
    }
  });
  return d;
}

/** The markup of a whole meter, for places that had none. */
export function drawn(course, strokes) {
  const all = strokes.reduce((a, b) => a + b, 0);
  const width = Math.max(10, all * PITCH + (strokes.length - 1) * GAP - (PITCH - 2));
  const meter = document.createElement("span");
  meter.className = "meter";
  meter.dataset.meter = course;
  meter.dataset.strokes = strokes.join(" ");
  meter.innerHTML =
    `<svg width="${width}" height="16" viewBox="0 0 ${width} 16" aria-hidden="true">` +
    `<path class="unlit"/><path class="lit"/><path class="base" d="M0 15.5H${width}"/></svg>`;
  return meter;
}

export function words(style, completed, total) {
  if (style === "done" && completed === 0) return say("script.meter.none", total);
  if (style !== "of" && completed === total) return say("script.meter.all", total);
  if (style === "lessons") return say("script.meter.lessons", completed, total);
  if (style === "done") return say("script.meter.done", completed, total);
  return say("script.meter.of", completed, total);
}

export function light(meter, completed, total) {
  const strokes = meter.dataset.strokes.split(" ").filter(Boolean).map(Number);
  const all = strokes.reduce((a, b) => a + b, 0);
  const lit = all === total ? completed : Math.floor((completed / Math.max(1, total)) * all);
  meter.querySelector(".unlit").setAttribute("d", path(strokes, lit, all));
  meter.querySelector(".lit").setAttribute("d", path(strokes, 0, lit));
  meter.classList.toggle("is-finished", total > 0 && completed === total);
  meter.classList.add("is-lighting");
  setTimeout(() => meter.classList.remove("is-lighting"), 300);
  const number = meter.querySelector(".meter-words");
  if (number) number.textContent = words(number.dataset.words, completed, total);
}
