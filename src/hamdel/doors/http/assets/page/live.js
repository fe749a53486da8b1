// Checks while somebody types: one WebSocket, on which a newer text takes the place of an older one; plain requests
// where there is no socket.

import { call, problemOf, session, token } from "./api.js";
import { lang } from "./words.js";

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

  // The first request shows whether the token holds, and asks for one where there is none.
  async #connect() {
    if (Date.now() < this.#retryAt) return;
    this.#retryAt = Date.now() + RETRY;
    await session().catch(this.#failed);
    const socket = new WebSocket(`${location.protocol === "https:" ? "wss:" : "ws:"}//${location.host}/api/live`);
    socket.addEventListener("open", () => socket.send(JSON.stringify({ token: token(), lang })));
    socket.addEventListener("message", (event) => this.#receive(JSON.parse(event.data), socket));
    socket.addEventListener("close", () => this.#lost(socket));
  }

  #lost(socket) {
    if (this.#socket !== socket) return;
    this.#socket = null;
    if (this.#params) this.#send();
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
      this.#take(id, await call("check", params, this.#abort.signal));
    } catch (problem) {
      if (problem.name !== "AbortError") this.#fail(id, problem);
    }
  }

  #receive(message, socket) {
    if (message.ready) this.#socket = socket;
    else if (message.result) this.#take(message.id, message.result);
    else if (message.error) this.#fail(message.id, problemOf(message.error));
  }

  #take(id, result) {
    if (id !== this.#last || !this.#params) return;
    const params = this.#params;
    this.#params = null;
    this.#answered(result, params);
  }

  #fail(id, problem) {
    if (id !== this.#last || !this.#params) return;
    this.#params = null;
    this.#failed(problem);
  }
}
