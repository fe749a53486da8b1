// What an export leaves open, as a question with its answers.

import { byId, cell, el } from "./dom.js";
import { say } from "./words.js";

/** Show a question; `given` is what was answered before. */
export function question({ asked: what, choices, column }, given) {
  byId("asking").textContent = say(`ask.${what}`, { column: `\u2068${column ?? ""}\u2069` });
  byId("why").textContent = say(`ask.${what}_why`);
  byId("answers").dataset.asked = what;
  byId("answers").dataset.column = column ?? "";
  const chosen = [given ?? []].flat();
  byId("answers").replaceChildren(...(choices.length ? choices.map((one) => choice(what, one, chosen.includes(one))) : [free()]));
}

/** The answer, as the server takes it; null when there is none yet. */
export function asked() {
  const what = byId("answers").dataset.asked;
  const inputs = [...byId("answers").querySelectorAll("input")];
  const found = inputs.filter((input) => (input.type === "text" ? input.value.trim() : input.checked)).map((input) => input.value.trim());
  if (!found.length) return null;
  if (what === "column") return { columns: held(inputs, found[0], byId("answers").dataset.column) };
  return { [what]: what === "team" ? found : found[0] };
}

// Which role a column has; when it has none of those that were offered, no column has them.
function held(inputs, role, column) {
  if (role !== "none") return { [role]: column };
  return Object.fromEntries(inputs.map(({ value }) => value).filter((one) => one !== "none").map((one) => [one, "none"]));
}

function shown(what, value) {
  if (what === "team") return cell(value);
  return say(what === "column" ? `ask.column_${value}` : `ask.${value}`);
}

function choice(what, value, checked) {
  const type = what === "team" ? "checkbox" : "radio";
  return el("label", {}, el("input", { type, name: "answer", value, checked }), el("span", {}, shown(what, value)));
}

function free() {
  return el("label", {}, el("span", {}, say("ask.team_free")), el("input", { type: "text", name: "answer", autocomplete: "off" }));
}
