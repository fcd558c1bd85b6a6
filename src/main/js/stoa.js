import htmx from "htmx"; window.htmx = htmx;
