// hamdel's requests over HTTP. The token comes in the address's fragment, which no server and no log sees.

import { lang, say } from "./words.js";

const KEPT = "hamdel.token";

/** Something that the server, or the way to it, wouldn't do; `message` is for people. */
export class Problem extends Error {
  constructor(message, { status = 0, code = 0 } = {}) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** The token of this tab; it outlives a reload, and nothing else. */
export const token = takeToken();

function takeToken() {
  const given = new URLSearchParams(location.hash.slice(1)).get("token");
  if (given) {
    sessionStorage.setItem(KEPT, given);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return given ?? sessionStorage.getItem(KEPT) ?? "";
}

/** Ask for something and wait for its result. @param {AbortSignal} [signal] gives it up */
export async function call(method, params = {}, signal = undefined) {
  return request(`/api/${method}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(params),
    signal,
  });
}

/** A request with the token; its JSON, or a `Problem`. */
export async function request(path, options) {
  let answer;
  try {
    answer = await fetch(path, {
      ...options,
      cache: "no-store",
      headers: { ...options.headers, "Accept-Language": lang, ...(token ? { Authorization: `Bearer ${token}` } : {}) },
    });
  } catch (cause) {
    if (cause.name === "AbortError") throw cause;
    throw new Problem(say("problem.offline"));
  }
  const body = await answer.json().catch(() => null);
  if (answer.ok) return body;
  if (answer.status === 401) throw new Problem(say("problem.token"), { status: 401 });
  throw new Problem(body?.detail ?? body?.title ?? say("problem.unknown"), { status: answer.status, code: body?.code });
}
