// Hears that a draft was changed elsewhere: by another teacher, or in another window.

import { send } from "./calls.js";

const SAY_AGAIN = 50_000;

/**
 * @param {HTMLElement} page carries the course, who reads, when what it shows was changed last, and
 *     the address of the worker
 * @param {() => void} act shows the course as it is now; it is called, too, when this page comes
 *     back to the front, and for what was changed while the page did not hear
 */
export function hearOf(page, act) {
  const { course, person, worker } = page.dataset;
  const look = () => page.isConnected && act();
  const hear = (news) => news.course === course && look();
  const watch = async () => {
    if (!page.isConnected) return;
    const answer = await send("POST", `/studio/${course}/watch`, {}).catch(() => null); // without one: later
    if (!answer?.ok) return;
    const { updatedAt } = await answer.json();
    if (updatedAt === page.dataset.updated) return;
    page.dataset.updated = updatedAt; // an outline that is shown anew brings its own
    look();
  };
  let close;
  // Only once the stream is open: what was changed before is seen by its moment.
  if (window.SharedWorker) {
    const { port } = new SharedWorker(worker, person);
    port.onmessage = ({ data }) => {
      if (data.open) watch();
      if (data.course) hear(data.course);
    };
    close = () => port.postMessage("leave");
  } else {
    const source = new EventSource("/api/v1/me/events");
    source.onopen = watch;
    source.addEventListener("course", ({ data }) => hear(JSON.parse(data)));
    close = () => source.close();
  }
  const again = setInterval(watch, SAY_AGAIN);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    watch();
    look();
  });
  addEventListener("pagehide", () => {
    clearInterval(again);
    close();
  });
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
