// Checks while somebody types: one WebSocket, on which a newer text takes the place of an older one; plain requests
// where there is no socket.

import { call, Problem, token } from "./api.js";

const PAUSE = 25; // ms after the last key
const RETRY = 5000; // ms until a lost socket is tried again

export class Live {
  #answered;
  #failed;
  #socket = null;
  #abort = null;
  #timer = 0;
  #last = 0;
  #params = null;
  #retryAt = 0;

  /** @param {(report: object, params: object) => void} answered @param {(problem: Problem) => void} failed */
  constructor(answered, failed) {
    this.#answered = answered;
    this.#failed = failed;
    this.#connect();
  }

  /** Check this after a short pause, unless something newer comes. */
  ask(params, pause = PAUSE) {
    this.#params = params;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#send(), pause);
  }

  /** Forget what was asked. */
  drop() {
    clearTimeout(this.#timer);
    this.#last += 1;
    this.#params = null;
  }

  #connect() {
    if (Date.now() < this.#retryAt) return;
    this.#retryAt = Date.now() + RETRY;
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(`${scheme}//${location.host}/api/live`, token ? ["hamdel", `token.${token}`] : ["hamdel"]);
    socket.addEventListener("open", () => (this.#socket = socket));
    socket.addEventListener("message", (event) => this.#receive(JSON.parse(event.data)));
    socket.addEventListener("close", () => {
      this.#socket = null;
      if (this.#params) this.#send();
    });
  }

  #send() {
    const params = this.#params;
    if (!params) return;
    this.#last += 1;
    if (this.#socket?.readyState === WebSocket.OPEN) {
      this.#socket.send(JSON.stringify({ id: this.#last, method: "check", params }));
      return;
    }
    this.#connect();
    this.#post(this.#last, params);
  }

  async #post(id, params) {
    this.#abort?.abort();
    this.#abort = new AbortController();
    try {
      this.#receive({ id, result: await call("check", params, this.#abort.signal) });
    } catch (problem) {
      if (problem.name !== "AbortError") this.#receive({ id, error: problem });
    }
  }

  #receive({ id, result, error }) {
    if (id !== this.#last || !this.#params) return;
    const params = this.#params;
    this.#params = null;
    if (result) this.#answered(result, params);
    else this.#failed(error instanceof Problem ? error : new Problem(error.detail ?? error.message, { code: error.code }));
  }
}
