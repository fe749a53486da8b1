// One quiet line at the foot of the page, with at most two things to do about it.

import { byId, el } from "./dom.js";

const STAYS = 6000;
let timer = 0;

/** Show a line. @param {{label: string, run: () => void}[]} actions */
export function toast(text, ...actions) {
  const box = byId("toast");
  const buttons = actions.map(({ label, run }) =>
    el("button", { type: "button", class: "link", onclick: () => (hide(), run()) }, label),
  );
  box.replaceChildren(el("span", {}, text), ...buttons);
  box.hidden = false;
  clearTimeout(timer);
  timer = setTimeout(hide, STAYS);
}

function hide() {
  byId("toast").hidden = true;
}
