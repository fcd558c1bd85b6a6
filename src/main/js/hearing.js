// Hears that a draft was changed elsewhere: by another teacher, or in another window.

import { send } from "./calls.js";

const SAY_AGAIN = 50_000;

/**
 * @param {HTMLElement} page carries the course, who reads, and the address of the worker
 * @param {(news: {lesson: ?string, version: number}) => void} act is called, too, when this page
 *     comes back to the front: it may have missed something
 */
export function hearOf(page, act) {
  const { course, person, worker } = page.dataset;
  const hear = (news) => page.isConnected && news.course === course && act(news);
  const watch = () => page.isConnected && send("POST", `/studio/${course}/watch`, {}).catch(() => {});
  let close;
  if (window.SharedWorker) {
    const { port } = new SharedWorker(worker, person);
    port.onmessage = ({ data }) => data.course && hear(data.course);
    close = () => port.postMessage("leave");
  } else {
    const source = new EventSource("/api/v1/me/events");
    source.addEventListener("course", ({ data }) => hear(JSON.parse(data)));
    close = () => source.close();
  }
  watch();
  const again = setInterval(watch, SAY_AGAIN);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) return;
    watch();
    hear({ course, lesson: null, version: 0 });
  });
  addEventListener("pagehide", () => {
    clearInterval(again);
    close();
  });
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}
