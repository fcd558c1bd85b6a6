import { fillFragments, whenSignedIn } from "./fragments.js";
import "./appearance.js";
import "./keys.js";
import "./prefetch.js";
import "./search.js";

const has = (selector) => document.querySelector(selector) !== null;

// What only some pages need comes only with them; the first visit to a course stays small.
if (has("lesson-progress, course-outline, .prose")) import("./player.js");
if (has("form.form, copy-text, [data-submit-on-change]")) import("./forms.js");
if (has("lesson-editor")) import("./editor.js");
if (has("lesson-editor")) import("./uploads.js");
if (has("live-talk")) import("./talk.js");
if (has("draft-outline")) import("./outline.js");
if (has("api-explorer")) import("./explorer.js");
if (has("[hx-get], [hx-post], [hx-boost]")) import("./more.js");
whenSignedIn(() => import("./progress.js"));

fillFragments();
