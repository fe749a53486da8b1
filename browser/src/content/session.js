// One field while somebody writes in it: asks, marks, shows cards, and takes suggestions over.

import { take } from "./applying.js";
import { Asker } from "./asking.js";
import { Card, Chip, isDark } from "./card.js";
import { codePoints, differences, found, isPersian, moved } from "./changes.js";
import { fieldFor } from "./fields.js";
import { focused, isOurs } from "./layer.js";
import { Marks } from "./marks.js";
import { isEditor, readTalk } from "./recipes.js";
import { faultsContent, findingContent, improvedContent, number, saidContent, wordingOf } from "./words.js";

const LONGEST = 20000; // characters; what is longer is no reply
const MOST = 8; // faults to choose from, likeliest first
const LOOK = 1000; // milliseconds between looks at the conversation and at fields that tell nobody of a change

let numbered = 0;

export class Session {
  /**
   * @param {Element} element the field
   * @param {object} world
   * @param {(method: string, params: object) => Promise<object>} world.ask
   * @param {Function} world.say words in the user's language
   * @param {object | null} world.recipe of the site
   * @param {() => string} world.pointed the selector that the user pointed at
   * @param {(count: number) => void} world.counted is told how many findings there are
   */
  constructor(element, world) {
    this.element = element;
    this.world = world;
    this.field = fieldFor(element);
    this.marks = new Marks(this.field);
    this.card = new Card();
    this.chip = new Chip(() => this.open(0, true));
    this.findings = [];
    this.scores = null;
    this.text = "";
    this.talk = "";
    this.ignored = new Set();
    this.choice = 0;
    this.shown = null;
    this.name = `${location.host}#${(numbered += 1)}`;
    this.asker = new Asker({
      send: (question) => world.ask("check", question),
      take: (report, question) => this.#taken(report, question),
      failed: () => {
        this.#waitNoMore();
        this.#clear();
      },
    });
    this.#listen();
    this.change();
  }

  /** Look at the field: ask about it if it, or the conversation, is another one. */
  change(again = false) {
    const text = this.field.read();
    const talk = JSON.stringify(readTalk(this.world.recipe, this.world.pointed(), this.element));
    const wanted = isEditor(this.world.recipe, this.element);
    if (!again && text === this.text && talk === this.talk && wanted === this.wanted) return this.#draw();
    this.wanted = wanted;
    this.findings = moved(this.findings, this.text, text);
    if (text !== this.text && this.card.open && !this.busy) this.card.close();
    this.text = text;
    this.talk = talk;
    // An editor may turn into one for notes that no customer reads, without being another element.
    if (!this.wanted || !isPersian(text) || text.length > LONGEST) {
      this.asker.drop();
      this.#clear();
      return;
    }
    this.#draw();
    // What a suggestion puts back of this very draft must be as it was; what it quotes of the customer is masked anyway.
    this.asker.change(() => ({ ...JSON.parse(talk), draft: text, document: this.name, show_personal_data: true }));
  }

  /** Show the card of a finding, by its number. */
  open(at, focus) {
    const count = this.findings.length;
    if (!count) return;
    at = ((at % count) + count) % count;
    const finding = this.findings[at];
    if (finding !== this.shown) this.choice = 0;
    this.shown = finding;
    if (focus && !this.back) this.back = this.field.remember();
    const content = findingContent(finding, {
      say: this.world.say,
      text: this.text,
      at,
      count,
      choice: this.choice,
      act: {
        accept: (edit) => this.#accept(edit),
        other: () => {
          this.choice = (this.choice + 1) % finding.edits.length;
          this.open(at, true);
        },
        next: () => this.open(at + 1, true),
        ignore: () => this.#ignore(finding),
        notRight: () => this.#object(finding),
        close: () => this.close(),
      },
    });
    this.#show(content, this.#rect(finding), this.world.say("card_label"), focus);
    this.marks.draw(this.findings, finding);
  }

  /** Close the card, and go back to where the caret was. */
  close() {
    this.card.close();
    this.shown = null;
    this.back?.();
    this.back = null;
    this.#draw();
  }

  /** Ask for a whole better reply, and show it. */
  async improve() {
    this.change();
    const text = this.text;
    if (!isPersian(text)) return this.#tell("nothing_to_improve");
    try {
      const improved = await this.world.ask("improve", { ...JSON.parse(this.talk), draft: text });
      if (!improved.changed) return this.#tell("nothing_to_improve");
      const act = {
        accept: () => this.#accept(differences(text, improved.text), text),
        close: () => this.close(),
      };
      this.back ??= this.field.remember();
      this.#show(improvedContent(improved, { say: this.world.say, act }), this.chip.rect, this.world.say("better_reply"), true);
    } catch (error) {
      this.#tell("host_missing");
    }
  }

  /** Answers take some seconds, this once: say so, where they will be. */
  wait() {
    if (this.waits) return;
    this.waits = true;
    this.#draw();
    if (!this.card.open) this.#tell("preparing");
  }

  #waitNoMore() {
    if (this.waits && !this.shown) this.card.close();
    this.waits = false;
  }

  /** What the popup shows. */
  state() {
    const counts = { error: 0, warning: 0, suggestion: 0 };
    for (const finding of this.findings) counts[finding.severity] += 1;
    return { scores: this.scores, counts, customer: Boolean(JSON.parse(this.talk || "{}").customer), text: Boolean(this.text.trim()) };
  }

  /** Leave the field as it was found. */
  end() {
    this.world.counted(0);
    this.asker.drop();
    this.card.close();
    this.chip.hide();
    this.marks.clear();
    this.field.close();
    this.stop.abort();
    clearInterval(this.look);
    cancelAnimationFrame(this.drawing);
  }

  #listen() {
    this.stop = new AbortController();
    const { signal } = this.stop;
    const later = () => this.#later();
    this.element.addEventListener("input", later, { signal });
    this.element.addEventListener("click", (event) => this.#click(event), { signal });
    window.addEventListener("scroll", () => this.#later(true), { signal, capture: true, passive: true });
    window.addEventListener("resize", () => this.#later(true), { signal });
    window.addEventListener("keydown", (event) => this.#key(event), { signal, capture: true });
    window.addEventListener("pointerdown", (event) => this.card.open && !isOurs(event) && this.#leave(), { signal, capture: true });
    const sized = new ResizeObserver(later);
    sized.observe(this.element);
    signal.addEventListener("abort", () => sized.disconnect());
    // Editors change their text, and pages their conversation, without telling anybody.
    this.look = setInterval(() => (this.element.isConnected ? document.hidden || this.change() : this.end()), LOOK);
  }

  /** Look once for all that happens before the next frame: typing must cost nothing. */
  #later(only = false) {
    this.dirty = this.dirty || !only;
    if (this.waiting) return;
    this.waiting = true;
    this.drawing = requestAnimationFrame(() => {
      this.waiting = false;
      if (this.dirty) this.change();
      else this.#draw();
      this.dirty = false;
    });
  }

  #taken(report, question) {
    this.#waitNoMore();
    if (question.draft !== this.text) return;
    this.scores = report.status === "checked" ? report.scores : null;
    const order = (finding) => (finding.anchor === "document" ? Infinity : finding.start);
    this.findings = found(report)
      .filter((finding) => !this.ignored.has(key(finding)))
      .sort((one, other) => order(one) - order(other));
    this.#draw();
  }

  #clear() {
    this.findings = [];
    this.scores = null;
    this.#draw();
  }

  #draw() {
    if (!this.element.isConnected) return;
    this.marks.draw(this.findings, this.shown);
    const count = this.findings.length;
    this.world.counted(count);
    if (this.waits) return this.chip.show(this.element.getBoundingClientRect(), "good", "…", this.world.say("preparing"));
    if (!this.scores && !count) return this.chip.hide();
    const gravest = ["error", "warning", "suggestion"].find((one) => this.findings.some(({ severity }) => severity === one));
    const { say } = this.world;
    this.chip.show(
      this.element.getBoundingClientRect(),
      gravest ?? "good",
      count ? number(count, say) : "✓",
      count ? say("chip_findings", [number(count, say)]) : say("chip_good"),
    );
  }

  #rect(finding) {
    if (finding.anchor === "document") return this.chip.rect;
    return this.field.rects(finding.start, finding.end)[0] ?? this.chip.rect;
  }

  #show(content, near, label, focus) {
    this.card.show({ lang: this.world.say.lang, label, content, near, dark: isDark(this.element), focus, closed: () => this.close() });
  }

  #tell(word) {
    this.#show(saidContent(this.world.say(word), { say: this.world.say, act: { close: () => this.close() } }), this.chip.rect, this.world.say("card_label"), false);
  }

  #ignore(finding) {
    this.ignored.add(key(finding));
    this.findings = this.findings.filter((one) => key(one) !== key(finding));
    this.close();
  }

  /** Note that a finding isn't right; the host masks what is personal, and writes it to this machine. */
  async #object(finding) {
    const { text } = this;
    const place = { start: codePoints(text, finding.start), end: codePoints(text, finding.end) };
    // An edited draft's findings are of the one before, until the next answer: then their places are only here.
    const params = { ...JSON.parse(this.talk), draft: text, check: finding.check, ...place };
    this.#ignore(finding);
    await this.#note(params);
  }

  async #note(params) {
    try {
      await this.world.ask("label", params);
      this.#tell("noted");
    } catch (error) {
      if (error.code === "host") this.#tell("host_missing");
      else this.#tell("not_noted");
    }
  }

  /** Ask which fault the selected words have, though none was found, and note it. */
  async missed() {
    this.change();
    const { text } = this;
    const span = this.field.selected();
    if (!span) return this.#tell("select_first");
    const params = { ...JSON.parse(this.talk), draft: text, start: codePoints(text, span.start), end: codePoints(text, span.end) };
    try {
      const { faults } = await this.world.ask("faults", params);
      const choose = async (check) => {
        this.close();
        await this.#note({ ...params, check, verdict: "missed" });
      };
      this.back ??= this.field.remember();
      const near = this.field.rects(span.start, span.end)[0] ?? this.chip.rect;
      const act = { choose, close: () => this.close() };
      this.#show(faultsContent(faults.slice(0, MOST), { say: this.world.say, act }), near, this.world.say("has_fault"), true);
    } catch (error) {
      this.#tell("host_missing");
    }
  }

  async #accept(edit, before = this.text) {
    this.busy = true;
    this.card.close();
    this.shown = null;
    this.back?.(); // the field must have the focus
    this.back = null;
    let outcome;
    try {
      outcome = await take(this.field, edit, before, wordingOf(before, edit));
    } finally {
      this.busy = false;
      this.change();
    }
    if (outcome !== "done") this.#tell(outcome);
  }

  #click(event) {
    const at = this.findings.findIndex(
      (finding) =>
        finding.anchor !== "document" &&
        this.field.rects(finding.start, finding.end).some(
          (rect) => event.clientX >= rect.left && event.clientX <= rect.right && event.clientY >= rect.top && event.clientY <= rect.bottom + 3,
        ),
    );
    if (at >= 0) this.open(at, false);
  }

  #key(event) {
    const inside = event.composedPath().includes(this.element) || this.card.has(focused());
    if (!inside || event.isComposing) return;
    if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === "KeyH") {
      event.preventDefault();
      event.stopImmediatePropagation();
      const now = this.findings.indexOf(this.shown);
      this.open(event.shiftKey ? (now < 0 ? -1 : now - 1) : now + 1, true);
    } else if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === "KeyJ") {
      event.preventDefault();
      event.stopImmediatePropagation();
      this.missed();
    } else if (event.key === "Escape" && this.card.open && !isOurs(event)) {
      event.preventDefault();
      event.stopImmediatePropagation(); // an application may close the conversation on it
      this.close();
    }
  }

  #leave() {
    this.card.close();
    this.shown = null;
    this.back = null;
  }
}

function key(finding) {
  return `${finding.check} ${finding.matched}`;
}
