// The boxes that people write in: plain ones with a value, rich ones that are a part of the document.

import { joined } from "./changes.js";
import { flatten, places } from "./flatten.js";
import { Mirror } from "./mirror.js";

const LEAST = 60; // pixels: search boxes of one narrow line are none

/** Return the field that an element belongs to; null when it's none that drafts are written in. */
export function fieldOf(element) {
  if (!(element instanceof Element)) return null;
  if (element instanceof HTMLTextAreaElement) return usable(element) && !element.readOnly ? element : null;
  let root = element.closest("[contenteditable]");
  if (!root?.isContentEditable) return null;
  while (root.parentElement?.isContentEditable) root = root.parentElement;
  return usable(root) ? root : null;
}

function usable(element) {
  const { width, height } = element.getBoundingClientRect();
  return !element.disabled && element.getAttribute("aria-hidden") !== "true" && width >= LEAST && height >= 10;
}

/** Make what reads, marks and changes a field. */
export function fieldFor(element) {
  return element instanceof HTMLTextAreaElement ? new PlainField(element) : new RichField(element);
}

/** A `textarea`. */
class PlainField {
  constructor(element) {
    this.element = element;
    this.mirror = new Mirror(element);
    this.ways = [this.#typed, this.#set];
  }

  read() {
    return this.element.value;
  }

  /** Where a part of the text is on the screen. */
  rects(start, end) {
    return this.mirror.rects(start, end);
  }

  /** All changes are one, so that one undo takes it back. */
  steps(changes, text) {
    return [joined(text, changes)];
  }

  /** Write a text where nothing can be undone any more. */
  write(text) {
    this.#set({ start: 0, end: this.element.value.length, new: text });
  }

  /** The part that is selected, or null. */
  selected() {
    const { selectionStart: start, selectionEnd: end } = this.element;
    return this.element.value.slice(start, end).trim() ? { start, end } : null;
  }

  remember() {
    const { selectionStart, selectionEnd, selectionDirection } = this.element;
    return () => {
      this.element.focus({ preventScroll: true });
      this.element.setSelectionRange(selectionStart, selectionEnd, selectionDirection);
    };
  }

  undo() {
    this.element.focus({ preventScroll: true });
    document.execCommand("undo");
  }

  close() {
    this.mirror.close();
  }

  /** As if it were typed, so that the browser's undo takes it back. */
  #typed(change) {
    this.element.focus({ preventScroll: true });
    this.element.setSelectionRange(change.start, change.end);
    insert(change.new);
  }

  /** As frameworks expect it from a browser that can't: without undo. */
  #set(change) {
    const text = this.element.value;
    const setter = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set;
    setter.call(this.element, text.slice(0, change.start) + change.new + text.slice(change.end));
    this.element.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertReplacementText" }));
  }
}

/** An element with `contenteditable`, whatever editor keeps it. */
class RichField {
  constructor(element) {
    this.element = element;
    this.ways = [this.#typed, this.#edited];
  }

  #flat() {
    const normal = /^(?:normal|nowrap)/.test(getComputedStyle(this.element).whiteSpace);
    return flatten(this.element, normal);
  }

  read() {
    return this.#flat().text;
  }

  /** The ranges of several parts of the text, null for those that nothing stands at. */
  ranges(spans) {
    const { pieces } = this.#flat();
    return spans.map(({ start, end }) => rangeOf(pieces, start, end));
  }

  rects(start, end) {
    const [range] = this.ranges([{ start, end }]);
    return range ? [...range.getClientRects()].filter((rect) => rect.width || rect.height) : [];
  }

  /** The part that is selected, or null: its words are looked for, for an editor may keep others than it shows. */
  selected() {
    const words = this.element.ownerDocument.getSelection()?.toString().trim() ?? "";
    const start = words ? this.read().indexOf(words) : -1;
    return start < 0 ? null : { start, end: start + words.length };
  }

  remember() {
    const selection = this.element.ownerDocument.getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
    return () => {
      this.element.focus({ preventScroll: true });
      if (range && this.element.contains(range.startContainer)) select(range);
    };
  }

  /** Changes in one text node are one, for one undo to take back; none joins paragraphs. The last ones come first. */
  steps(changes, text) {
    const groups = [];
    for (const change of changes) {
      const together = groups.length ? [...groups.at(-1), change] : null;
      if (together && !isTorn(this.ranges([joined(text, together)])[0])) groups[groups.length - 1] = together;
      else groups.push([change]);
    }
    return groups.reverse().map((group) => joined(text, group));
  }

  /** Editors keep their own history, and hear of an undo by its key; others have the browser's. */
  undo() {
    this.element.focus({ preventScroll: true });
    const mac = /Mac/.test(navigator.platform);
    const key = { key: "z", code: "KeyZ", keyCode: 90, ctrlKey: !mac, metaKey: mac, bubbles: true, cancelable: true };
    if (this.element.dispatchEvent(new KeyboardEvent("keydown", key))) document.execCommand("undo");
  }

  write() {} // there is no way that all editors take

  close() {}

  /** As if it were typed. */
  async #typed(change) {
    const [place] = this.ranges([change]);
    if (change.new.includes("\n") || isTorn(place)) return;
    this.element.focus({ preventScroll: true });
    if (place) select(place);
    await frame(); // editors read the selection when the browser tells them of it
    insert(change.new);
  }

  /** In the text node itself, for editors that watch the document instead of the keyboard. */
  #edited(change) {
    const [place] = this.ranges([change]);
    if (change.new.includes("\n") || !place || isTorn(place) || place.startContainer.nodeType !== Node.TEXT_NODE) return;
    place.startContainer.replaceData(place.startOffset, place.endOffset - place.startOffset, change.new);
    this.element.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertReplacementText" }));
  }
}

/** Whether a range reaches from one node into another: editors differ in what they make of such a change. */
function isTorn(range) {
  return Boolean(range) && range.startContainer !== range.endContainer;
}

function rangeOf(pieces, start, end) {
  const found = places(pieces, start, end);
  if (!found) return null;
  const range = document.createRange();
  range.setStart(found.startNode, found.startOffset);
  range.setEnd(found.endNode, found.endOffset);
  return range;
}

function select(range) {
  const selection = document.getSelection();
  selection.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
}

function insert(text) {
  if (text) document.execCommand("insertText", false, text);
  else document.execCommand("delete");
}

/** Wait until the browser has drawn, but not for ever: it draws nothing in the background. */
export function frame() {
  return new Promise((go) => {
    const timer = setTimeout(go, 100);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      setTimeout(go, 0);
    });
  });
}
