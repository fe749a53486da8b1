// Asks for the token where the address had none: in a team, everybody has one.

import { el } from "./dom.js";
import { say } from "./words.js";

let asking = null;

/** Show the question, once however many ask, and wait for a token. @param {boolean} again the last one didn't fit */
export function askForToken(again) {
  asking ??= ask(again).finally(() => (asking = null));
  return asking;
}

function ask(again) {
  return new Promise((answer) => {
    const input = el("input", { class: "input", type: "password", dir: "ltr", autocomplete: "off", "aria-label": say("door.token"), required: true });
    const form = el(
      "form",
      { class: "door-form" },
      el("h2", { id: "door-title" }, say("door.title")),
      el("p", { class: "quiet" }, say(again ? "door.again" : "door.text")),
      input,
      el("button", { class: "button" }, say("door.enter")),
    );
    const dialog = el("dialog", { class: "small", "aria-labelledby": "door-title" }, form);
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      dialog.remove();
      answer(input.value.trim());
    });
    document.body.append(dialog);
    dialog.showModal();
    input.focus();
  });
}
