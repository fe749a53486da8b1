// A reply sentence by sentence, with what each does for the customer.

import { call } from "./api.js";
import { el } from "./dom.js";
import { unitsOf } from "./offsets.js";
import { titleOf } from "./titles.js";
import { has } from "./words.js";

/** A list of the sentences of a reply and their acts. */
export async function sentences(draft, about) {
  const { sentences: found } = await call("acts", { draft, ...about });
  const units = unitsOf(draft);
  return el("ol", { class: "sentences" }, await Promise.all(found.map((one) => row(draft.slice(units(one.start), units(one.end)), one.acts))));
}

async function row(text, acts) {
  const chips = await Promise.all(acts.map(async ({ act }) => el("li", { class: has(`acts.${act}`) ? "chip good" : "chip bad" }, await titleOf(act))));
  return el("li", {}, el("p", {}, text.trim()), chips.length ? el("ul", { class: "chips" }, chips) : null);
}
