// A better reply beside the agent's own, word by word, to be taken or left as a whole.

import { call } from "./api.js";
import { bdi, byId, el } from "./dom.js";
import { diff } from "./diff.js";
import { meters } from "./scores.js";
import { slots } from "./findings.js";

/** Show the better reply to `params`; `accept` gets its text. Says whether there was one. */
export async function showBetter(params, accept) {
  const found = await call("improve", params);
  if (!found.changed) return false;
  const dialog = byId("better");
  const pairs = diff(params.draft, found.text);
  byId("better-yours").replaceChildren(...side(pairs, "del"));
  byId("better-theirs").replaceChildren(...side(pairs, "ins"));
  byId("better-slots").hidden = !/\[[^\]\n]+\]/u.test(found.text);
  byId("better-scores").replaceChildren(meters(found.report.scores));
  byId("better-steps").replaceChildren(...reasons(found.steps));
  byId("better-accept").onclick = () => {
    dialog.close();
    accept(found.text);
  };
  dialog.showModal();
  byId("better-accept").focus();
  return true;
}

function side(pairs, kind) {
  return pairs.filter(([one]) => one === "same" || one === kind).flatMap(([one, text]) => (one === "same" ? text : changed(kind, text)));
}

// White space around a change isn't coloured.
function changed(kind, text) {
  const words = text.trim();
  const at = text.indexOf(words);
  return words ? [text.slice(0, at), el(kind, {}, words), text.slice(at + words.length)] : [text];
}

// Steps with one reason are told once.
function reasons(steps) {
  const told = new Map();
  for (const step of steps) told.set(step.reason, [...(told.get(step.reason) ?? []), step]);
  return [...told].map(([reason, all]) => el("li", {}, el("p", {}, reason), all.map(change)));
}

function change({ before, after }) {
  return el("p", { class: "example", dir: "rtl" }, before ? el("del", {}, bdi(before)) : null, after ? el("ins", {}, slots(after)) : null);
}

/** Wire the dialog's own buttons. */
export function setUpBetter() {
  byId("better-decline").addEventListener("click", () => byId("better").close());
}

