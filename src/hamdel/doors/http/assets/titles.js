// What checks and acts are called.

import { call } from "./api.js";
import { has, lang, say } from "./words.js";

const known = new Map();

/** The title of an act, or of a check by its id. */
export function titleOf(reason) {
  if (has(`acts.${reason}`)) return Promise.resolve(say(`acts.${reason}`));
  if (!known.has(reason)) known.set(reason, explained(reason).then((check) => check?.title[lang] ?? reason));
  return known.get(reason);
}

const explanations = new Map();

/** What is known of a check, or null. */
export function explained(check) {
  if (!explanations.has(check)) explanations.set(check, call("explain", { check }).catch(() => null));
  return explanations.get(check);
}
