// hamdel's requests over HTTP. The token comes in the address's fragment, which no server and no log sees, or is asked
// for; it stays as long as this tab.

import { askForToken } from "./door.js";
import { lang, say } from "./words.js";

const KEPT = "hamdel.token";

/** Something that the server, or the way to it, wouldn't do; `message` is for people. */
export class Problem extends Error {
  constructor(message, kind = "") {
    super(message);
    this.kind = kind;
  }
}

/** The token of this tab; empty when there is none yet. */
export const token = () => sessionStorage.getItem(KEPT) ?? "";

takeToken();

function takeToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("t");
  if (!given) return;
  sessionStorage.setItem(KEPT, given);
  history.replaceState(null, "", location.pathname + location.search);
}

/** Ask for something and wait for its result. @param {AbortSignal} [signal] gives it up */
export const call = (method, params = {}, signal = undefined) =>
  request(`/api/${method}`, { headers: { "Content-Type": "application/json" }, body: JSON.stringify(params), signal });

/** A POST with the token; its JSON, or a `Problem`. Without a token that holds, somebody is asked for one first. */
export async function request(path, options) {
  for (;;) {
    const used = token();
    const answer = await reach(`${path}${path.includes("?") ? "&" : "?"}lang=${lang}`, options, used);
    const body = await answer.json().catch(() => null);
    if (answer.ok) return body;
    if (body?.kind !== "no-token") throw problemOf(body);
    if (used === token()) sessionStorage.setItem(KEPT, await askForToken(Boolean(used)));
  }
}

async function reach(path, options, used) {
  try {
    const headers = { ...options.headers, ...(used ? { Authorization: `Bearer ${used}` } : {}) };
    return await fetch(path, { ...options, method: "POST", cache: "no-store", headers });
  } catch (cause) {
    if (cause.name === "AbortError") throw cause;
    throw new Problem(say("problem.offline"), "offline");
  }
}

/** What an answer says is wrong. */
export const problemOf = (body) => new Problem(body?.[lang] ?? body?.detail ?? body?.title ?? say("problem.unknown"), body?.kind);

let known = null;

/** Who one is here, and what this server does. */
export function session() {
  known ??= call("session");
  return known;
}

const LOOK = 700; // ms between two looks at whether the word lists are there

/** Say once that checks have to wait, and once more when they needn't. @param {(waits: boolean) => void} told */
export async function preparation(told) {
  if (!(await session()).preparing) return;
  told(true);
  do await new Promise((go) => setTimeout(go, LOOK));
  while ((await call("session")).preparing);
  told(false);
}
