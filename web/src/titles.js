// What checks and acts are called.

import { call } from "./api.js";
import { has, lang, say } from "./words.js";

let all = null;
const explanations = new Map();

/** The title of an act, or of a check by its id. */
export async function titleOf(reason) {
  if (has(`acts.${reason}`)) return say(`acts.${reason}`);
  all ??= call("checks").then(({ checks }) => new Map(checks.map((check) => [check.id, check.title[lang]])));
  const titles = await all.catch(() => ((all = null), new Map()));
  return titles.get(reason) ?? reason;
}

/** What is known of a check, or null. */
export function explained(check) {
  if (!explanations.has(check)) explanations.set(check, call("explain", { check }).catch(() => null));
  return explanations.get(check);
}
