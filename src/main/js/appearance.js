// Light or dark, and times said in the reader's own time and words.

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

const language = document.documentElement.lang || "en";
const DAY = 86_400_000;

function midnight(date) {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

function near(date) {
  const clock = date.toLocaleTimeString(language, {
    hour: "2-digit",
    minute: "2-digit",
    ...(language === "en" && { hourCycle: "h23" }),
  });
  const days = Math.round((midnight(new Date()) - midnight(date)) / DAY);
  if (days >= 0 && days < 7) {
    const day =
      days < 2
        ? new Intl.RelativeTimeFormat(language, { numeric: "auto" }).format(-days, "day")
        : date.toLocaleDateString(language, { weekday: "long" });
    return language.startsWith("en") ? `${day} at ${clock}` : `${day}, ${clock}`;
  }
  return day(date);
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
    const date = new Date(time.dateTime);
    time.title = time.textContent.trim();
    time.textContent = time.dataset.moment === "day" ? day(date) : near(date);
  }
}

sayMoments(document);
