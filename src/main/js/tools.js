// The editor's menus: kinds of callout, and videos.

import { send } from "./calls.js";
import { toast } from "./toasts.js";
import { block, callout } from "./writing.js";
import { say } from "./say.js";

function kinds(editor, area) {
  const button = editor.querySelector("[data-kinds]");
  const menu = button.nextElementSibling;
  const items = [...menu.querySelectorAll("[role=menuitem]")];
  const show = (open) => {
    menu.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    if (!open) return;
    // The toolbar scrolls sideways and would cut it off.
    const { left, bottom } = button.getBoundingClientRect();
    menu.style.left = `${Math.min(left, innerWidth - menu.offsetWidth - 8)}px`;
    menu.style.top = `${bottom + 6}px`;
    items[0].focus();
  };
  button.addEventListener("click", () => show(menu.hidden));
  for (const item of items) {
    item.addEventListener("click", () => {
      show(false);
      callout(area, item.dataset.callout);
    });
  }
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) items[(items.indexOf(document.activeElement) + step + items.length) % items.length].focus();
    else if (event.key === "Escape") {
      show(false);
      button.focus();
    } else return;
    event.preventDefault();
  });
  addEventListener("click", (event) => !menu.hidden && !event.target.closest(".writing-kinds") && show(false));
}

/** Asks for an address; what learners would not see as a video is named, and not put in. */
function videos(editor, area) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("aria-labelledby", "video-title");
  dialog.innerHTML = `<h2 id="video-title">${say("script-studio.video")}</h2>
    <div class="field"><label for="video-address">${say("script-studio.video.address")}</label><span class="control"><input id="video-address" type="url" autocomplete="off" placeholder="https://" aria-describedby="video-words"></span><p class="field-hint" id="video-words">${say("script-studio.video.hint")}</p></div>
    <form method="dialog"><button type="button" class="button is-bare" data-close>${say("script-studio.video.close")}</button> <button type="submit" class="button is-filled">${say("script-studio.video.put")}</button></form>`;
  editor.append(dialog);
  const input = dialog.querySelector("input");
  const words = dialog.querySelector("#video-words");
  const wrong = (text) => {
    words.textContent = text;
    words.className = "field-error";
    dialog.querySelector(".field").classList.add("is-wrong");
    input.setAttribute("aria-invalid", "true");
    input.focus();
  };
  const put = async () => {
    const address = input.value.trim();
    if (!/^https?:\/\/\S+$/.test(address)) return wrong(address ? say("script-studio.noAddress", address) : say("script-studio.writeAddress"));
    try {
      const response = await send("POST", `/api/v1/courses/${editor.dataset.course}/preview`, { title: "", markdown: address });
      if (!response.ok) return wrong(say("script-studio.notLooked"));
      if (!(await response.json()).html.includes("link-card")) return wrong(say("script-studio.notASite", new URL(address).hostname));
    } catch {
      return wrong(say("script-studio.offlineAgain"));
    }
    dialog.close();
    block(area, address, "");
  };
  editor.querySelector("[data-embed]").addEventListener("click", () => {
    input.value = "";
    dialog.showModal();
  });
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    put().catch(() => toast(say("script-studio.didNotWork")));
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    put();
  });
}

/** One stop for the tab key; the arrows move within. */
function roving(toolbar) {
  const buttons = () => [...toolbar.querySelectorAll(":scope button:not([role=menuitem])")].filter((button) => button.offsetParent);
  for (const [i, button] of buttons().entries()) button.tabIndex = i ? -1 : 0;
  toolbar.addEventListener("focusin", ({ target }) => {
    if (target.matches("button:not([role=menuitem])")) for (const button of buttons()) button.tabIndex = button === target ? 0 : -1;
  });
  toolbar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || event.target.matches("[role=menuitem]")) return;
    const all = buttons();
    all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
    event.preventDefault();
  });
}

export function tools(editor, { area }) {
  kinds(editor, area);
  videos(editor, area);
  roving(editor.querySelector(".writing-tools"));
}
