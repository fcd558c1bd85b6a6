// One stream of news for all of a person's open pages: over HTTP/1.1 a browser holds six connections
// to a host, and a stream in each tab would leave none for anything else. This runs as a shared
// worker, named for the person.

const pages = new Set();
let source;

function listen() {
  if (source && source.readyState !== EventSource.CLOSED) return;
  source = new EventSource("/api/v1/me/events");
  source.onopen = () => {
    for (const page of pages) page.postMessage({ open: true });
  };
  source.addEventListener("progress", ({ data }) => {
    for (const page of pages) page.postMessage(data);
  });
  source.addEventListener("notification", () => {
    for (const page of pages) page.postMessage({ notification: true });
  });
  for (const event of ["discussion", "letter"]) {
    source.addEventListener(event, ({ data }) => {
      for (const page of pages) page.postMessage({ [event]: JSON.parse(data) });
    });
  }
  source.addEventListener("course", ({ data }) => {
    for (const page of pages) page.postMessage({ course: JSON.parse(data) });
  });
}

addEventListener("connect", ({ ports: [page] }) => {
  pages.add(page);
  page.onmessage = () => pages.delete(page); // it is being left
  if (source?.readyState === EventSource.OPEN) page.postMessage({ open: true });
  listen();
});
