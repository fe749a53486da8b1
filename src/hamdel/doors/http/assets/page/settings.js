// The few settings, kept on this device. Texts never are.

import { byId, el } from "./dom.js";
import { has, say } from "./words.js";

const KEPT = "hamdel.settings";
const FIRST = { channel: "chat", audience: "consumer", agent: "" };
const settings = { ...FIRST, ...read() };

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? "{}");
  } catch {
    return {};
  }
}

/** What goes with every request. */
export function context() {
  const { channel, audience, agent } = settings;
  return { channel, audience, ...(agent ? { agent } : {}) };
}

/** The name under which replies are archived; empty when none was given. */
export const agentName = () => settings.agent;

/** Build the popover's fields; `changed` is called after each change. */
export function settingsIn(changed) {
  const form = byId("settings-fields");
  if (!form) return;
  const choices = { channel: ["chat", "email", "social"], audience: ["consumer", "business"] };
  for (const [name, values] of Object.entries(choices)) form.append(choice(name, values, changed));
  form.append(agentField(changed));
}

function choice(name, values, changed) {
  const buttons = values.map((value) =>
    el("label", { class: "segment" }, el("input", { type: "radio", name, value, checked: settings[name] === value }), el("span", {}, label(name, value))),
  );
  const onchange = (event) => keep(name, event.target.value, changed);
  return el("fieldset", { class: "choice", onchange }, el("legend", {}, say(`settings.${name}`)), el("div", { class: "segments" }, buttons));
}

const label = (name, value) => (has(`${name}.${value}`) ? say(`${name}.${value}`) : value);

function agentField(changed) {
  const input = el("input", { type: "text", id: "agent", autocomplete: "off", maxlength: "60", "aria-describedby": "agent-hint", dir: "auto" });
  input.value = settings.agent;
  input.addEventListener("change", () => keep("agent", input.value.trim(), changed));
  const hint = el("p", { class: "note", id: "agent-hint" }, say("settings.agent_hint"));
  return el("div", { class: "choice" }, el("label", { for: "agent" }, say("settings.agent")), input, hint);
}

function keep(name, value, changed) {
  settings[name] = value;
  localStorage.setItem(KEPT, JSON.stringify(settings));
  changed();
}
