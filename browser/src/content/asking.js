// When to ask, and which answers still count.

/**
 * Asks about a draft when its writer pauses; an answer about an older draft is dropped.
 *
 * @param {object} options
 * @param {(question: object) => Promise<object>} options.send asks; its promise may fail
 * @param {(answer: object, question: object) => void} options.take gets an answer that still counts
 * @param {(error: Error) => void} options.failed is told of a failure that still counts
 * @param {number} options.pause milliseconds without a change before anything is asked
 * @param {{set: Function, clear: Function}} options.timers `setTimeout` and `clearTimeout`
 */
export class Asker {
  #options;
  #timer = 0;
  #version = 0;

  constructor(options) {
    const timers = { set: (work, wait) => setTimeout(work, wait), clear: (timer) => clearTimeout(timer) };
    this.#options = { pause: 150, failed: () => {}, timers, ...options };
  }

  /** The number of the present draft. */
  get version() {
    return this.#version;
  }

  /** The draft is another one: `question` makes what is to be asked, or null, after the pause. */
  change(question, pause = this.#options.pause) {
    this.drop();
    const version = this.#version;
    this.#timer = this.#options.timers.set(() => this.#ask(version, question()), pause);
  }

  /** Whatever was asked doesn't count any more. */
  drop() {
    this.#version += 1;
    this.#options.timers.clear(this.#timer);
  }

  async #ask(version, question) {
    if (!question) return;
    try {
      const answer = await this.#options.send(question);
      if (version === this.#version) this.#options.take(answer, question);
    } catch (error) {
      if (version === this.#version) this.#options.failed(error);
    }
  }
}
