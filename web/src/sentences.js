// A reply sentence by sentence, with what each does for the customer.

import { call } from "./api.js";
import { el } from "./dom.js";
import { unitsOf } from "./offsets.js";
import { titleOf } from "./titles.js";

/** A list of the sentences of a reply and their acts, and of what was found in them. */
export async function sentences(draft, about, findings = []) {
  const { sentences: found } = await call("acts", { draft, ...about });
  const units = unitsOf(draft);
  return el("ol", { class: "sentences" }, await Promise.all(found.map((one) => row(draft.slice(units(one.start), units(one.end)), one.acts, within(findings, one)))));
}

const within = (findings, { start, end }) =>
  new Set(findings.filter((one) => one.anchor === "span" && one.severity !== "suggestion" && one.start < end && one.end > start).map((one) => one.check));

async function row(text, acts, faults) {
  const chip = async (reason, kind) => el("li", { class: `chip ${kind}` }, await titleOf(reason));
  const chips = await Promise.all([...[...faults].map((check) => chip(check, "bad")), ...acts.map(({ act }) => chip(act, "good"))]);
  return el("li", {}, el("p", { dir: "auto" }, text.trim()), chips.length ? el("ul", { class: "chips" }, chips) : null);
}
