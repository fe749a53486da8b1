// The card beside a finding, and the chip at a field's corner. Both are plain elements in our own layer.

import { layer } from "./layer.js";

const GAP = 6;

/** Make an element. */
export function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export class Card {
  #card = null;
  #onClose = null;

  get open() {
    return Boolean(this.#card?.isConnected);
  }

  /**
   * Show a card beside a place on the screen.
   *
   * @param {object} what
   * @param {string} what.lang of its own words
   * @param {string} what.label read to those who don't see it
   * @param {Node[]} what.content
   * @param {DOMRect} what.near
   * @param {boolean} what.dark whether the page is
   * @param {boolean} what.focus whether its first button gets the focus
   * @param {() => void} what.closed called when it is closed by a key or a button
   */
  show({ lang, label, content, near, dark, focus, closed }) {
    this.close();
    this.#onClose = closed;
    const card = make("div", { className: dark ? "card dark" : "card", lang, dir: lang === "fa" ? "rtl" : "ltr" }, ...content);
    card.setAttribute("role", "dialog");
    card.ariaLabel = label;
    card.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps its focus and selection
    card.addEventListener("keydown", (event) => this.#key(event));
    layer().append(card);
    this.#card = card;
    place(card, near);
    if (focus) card.querySelector("button")?.focus({ preventScroll: true });
  }

  has(element) {
    return Boolean(element && this.#card?.contains(element));
  }

  close() {
    this.#card?.remove();
    this.#card = null;
  }

  #key(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      this.close();
      this.#onClose?.();
    } else if (event.key === "Tab") {
      const buttons = [...this.#card.querySelectorAll("button:not(:disabled)")];
      const at = buttons.indexOf(event.target);
      buttons.at((at + (event.shiftKey ? -1 : 1)) % buttons.length)?.focus();
      event.preventDefault();
    }
  }
}

/** Whether an element's page is dark, whatever the system is: its text is light. */
export function isDark(element) {
  const [red, green, blue] = (getComputedStyle(element).color.match(/[\d.]+/g) ?? []).map(Number);
  return red * 0.3 + green * 0.6 + blue * 0.1 > 128;
}

/** Put a card below a place, or above it where there is no room, inside of the window. */
function place(card, near) {
  const { width, height } = card.getBoundingClientRect();
  const view = { width: document.documentElement.clientWidth, height: window.innerHeight };
  const wanted = card.dir === "rtl" ? near.right - width : near.left;
  const left = Math.max(8, Math.min(wanted, view.width - width - 8));
  const below = near.bottom + GAP;
  const above = near.top - GAP - height;
  const top = below + height <= view.height - 8 || above < 8 ? Math.min(below, view.height - height - 8) : above;
  Object.assign(card.style, { left: `${left}px`, top: `${Math.max(8, top)}px` });
}

/** The chip: how many findings a field has. */
export class Chip {
  #chip = make("button", { className: "chip off", type: "button" });

  constructor(clicked) {
    this.#chip.addEventListener("mousedown", (event) => event.preventDefault());
    this.#chip.addEventListener("click", clicked);
  }

  get rect() {
    return this.#chip.getBoundingClientRect();
  }

  /** Show it at a field's corner, where its last line ends in a right-to-left text. */
  show(box, kind, text, label) {
    if (!this.#chip.isConnected) layer().append(this.#chip);
    Object.assign(this.#chip, { className: `chip ${kind}`, textContent: text, title: label, ariaLabel: label });
    const top = Math.min(box.top - 13, window.innerHeight - 30);
    Object.assign(this.#chip.style, { left: `${Math.max(2, box.left + 6)}px`, top: `${Math.max(2, top)}px` });
  }

  hide() {
    this.#chip.remove();
  }
}
