// Lists that grow in place, by htmx. It reads its settings from the page, before anything else.

const settings = document.createElement("meta");
settings.name = "htmx-config";
settings.content = JSON.stringify({ allowEval: false, includeIndicatorStyles: false, selfRequestsOnly: true, historyCacheSize: 0 });
document.head.append(settings);
await import("htmx");
