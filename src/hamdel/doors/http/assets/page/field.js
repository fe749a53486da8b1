// A textarea whose words can be marked. A textarea has the browser's own undo, input methods and caret movement, which
// are right in Persian; its words lie on those of a mirror that has the same layout and carries the marks.

import { Marks } from "./marks.js";

export class Field {
  #area;
  #text;

  /** @param {HTMLTextAreaElement} area stands in an element of class "field" */
  constructor(area) {
    this.#area = area;
    this.#text = document.createTextNode("");
    const mirror = document.createElement("div");
    const boxes = document.createElement("div");
    mirror.className = "mirror";
    mirror.ariaHidden = "true";
    boxes.className = "boxes";
    boxes.ariaHidden = "true";
    mirror.append(this.#text);
    area.before(mirror, boxes);
    this.marks = new Marks(this.#text, boxes);
    area.addEventListener("input", () => this.#reflect());
    this.#reflect();
  }

  get area() {
    return this.#area;
  }

  get value() {
    return this.#area.value;
  }

  /** Where the caret is, in UTF-16 units. */
  get caret() {
    return this.#area.selectionStart;
  }

  /** Apply changes as one step that undo takes back. @param {{start: number, end: number, new: string}[]} changes */
  apply(changes) {
    const before = this.value;
    let after = before;
    for (const change of [...changes].sort((one, other) => other.start - one.start)) {
      after = after.slice(0, change.start) + change.new + after.slice(change.end);
    }
    const first = Math.min(...changes.map((change) => change.start));
    const last = Math.max(...changes.map((change) => change.end));
    this.#replace(first, last, after.slice(first, after.length - (before.length - last)));
  }

  /** Put another text in the place of all, as one step that undo takes back. */
  set(text) {
    this.#replace(0, this.value.length, text);
  }

  /** Select a part and bring it into view. */
  select(start, end) {
    this.#area.focus({ preventScroll: true });
    this.#area.setSelectionRange(start, end);
    this.reveal(start, end);
  }

  /** Scroll as little as shows a part. */
  reveal(start, end) {
    const rect = this.marks.range({ start, end }).getBoundingClientRect();
    const room = 96;
    if (rect.top < room) window.scrollBy({ top: rect.top - room });
    else if (rect.bottom > innerHeight - room) window.scrollBy({ top: rect.bottom - innerHeight + room });
  }

  /** Take the last step back, whoever made it. */
  undo() {
    this.#area.focus({ preventScroll: true });
    document.execCommand("undo");
  }

  // Deprecated, and the only way that keeps the browser's undo whole (Chromium, Firefox 89, Safari).
  #replace(start, end, text) {
    this.#area.focus({ preventScroll: true });
    this.#area.setSelectionRange(start, end);
    const expected = this.value.slice(0, start) + text + this.value.slice(end);
    if (text) document.execCommand("insertText", false, text);
    else if (start < end) document.execCommand("delete");
    if (this.value === expected) return;
    this.#area.value = expected;
    this.#area.setSelectionRange(start + text.length, start + text.length);
    this.#area.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertReplacementText" }));
  }

  // A last line without any character has no height in the mirror, so it gets one.
  #reflect() {
    const text = this.value;
    this.#text.data = text === "" || text.endsWith("\n") ? `${text}\u200b` : text;
  }
}
