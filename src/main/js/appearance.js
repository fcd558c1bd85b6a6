// Light or dark, and times said in the reader's own time and words.

import { language, say } from "./say.js";

const dark = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : dark.matches;
}

for (const button of document.querySelectorAll("[data-theme-switch]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const theme = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = theme;
    try {
      localStorage.setItem("stoa.theme", theme);
    } catch {
      // The choice then holds for this page.
    }
  });
}

const DAY = 86_400_000;

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

function near(date) {
  const clock = date.toLocaleTimeString(language, {
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const days = Math.round((midnight(new Date()) - midnight(date)) / DAY);
  if (days >= 0 && days < 7) {
    const day =
      days < 2
        ? new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-days, "day")
        : date.toLocaleDateString(language, { weekday: "long" });
    return say("script.moment.near", day, clock);
  }
  return day(date);
}

const clock = (date) =>
  date.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });

/** The day in full, and the time: what opens does so by the minute. */
const exact = (date) => say("script.moment.near", day(date), clock(date));

/** In a narrow place: the time where it is today, else the day alone. */
function soon(date) {
  if (midnight(date) === midnight(new Date())) return clock(date);
  const year = date.getFullYear() !== new Date().getFullYear() && { year: "numeric" };
  return date.toLocaleDateString(language.startsWith("en") ? "en-GB" : language, { day: "numeric", month: "short", ...year });
}

function day(date) {
  return date.toLocaleDateString(language.startsWith("en") ? "en-GB" : language, {
    day: "numeric",
    month: "long",
    year: "numeric",
  });
}

export function sayMoments(place) {
  for (const time of place.querySelectorAll("time[data-moment]")) {
    if (time.title) continue; // said before
    const date = new Date(time.dateTime);
    time.title = time.textContent.trim();
    time.textContent = ({ day, exact, soon }[time.dataset.moment] ?? near)(date);
  }
}

sayMoments(document);
for (const event of ["filled", "htmx:load"]) addEventListener(event, () => sayMoments(document));
