// The list of what there is to look at: one card is open, arrows walk, one key takes its first wording.

import { bdi, el, keys } from "./dom.js";
import { explained } from "./titles.js";
import { number, say } from "./words.js";

export class Findings {
  #list;
  #acts;
  #cards = [];
  #current = null;

  /** @param {HTMLElement} list @param {{take, wrong, shown}} acts what the owner does; without `take` cards are read only */
  constructor(list, acts) {
    this.#list = list;
    this.#acts = acts;
  }

  get cards() {
    return this.#cards;
  }

  get current() {
    return this.#cards.find((card) => card.key === this.#current) ?? null;
  }

  /** Show these cards; the open one stays open while it is there. */
  show(cards) {
    const before = this.#cards.findIndex((card) => card.key === this.#current);
    this.#cards = cards;
    if (!this.current) this.#current = before < 0 ? (cards[0]?.key ?? null) : (cards[Math.min(before, cards.length - 1)]?.key ?? null);
    this.#render();
  }

  /** Open the next card, or the one before (`by` is 1 or -1). */
  walk(by) {
    if (!this.#cards.length) return;
    const at = this.#cards.indexOf(this.current);
    this.open(this.#cards[(at + by + this.#cards.length) % this.#cards.length]);
  }

  /** Open a card. */
  open(card, focus = true) {
    this.#current = card.key;
    this.#render();
    this.#list.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" });
    this.#acts.shown?.(card, focus);
  }

  #render() {
    const had = this.#list.contains(document.activeElement) ? document.activeElement.dataset.key : null;
    this.#list.replaceChildren(...this.#cards.map((card) => this.#card(card, card.key === this.#current)));
    if (had) this.#list.querySelector(`[data-key="${CSS.escape(had)}"]`)?.focus({ preventScroll: true });
  }

  #card(card, open) {
    const { finding } = card;
    const head = el(
      "button",
      { type: "button", class: "head", "aria-expanded": String(open), "data-key": card.key, onclick: () => this.open(card) },
      el("span", { class: "badge" }, say(`severity.${finding.severity}`)),
      el("span", { class: "message" }, finding.message),
    );
    const props = { class: `card ${finding.severity}`, "aria-current": open ? "true" : undefined };
    return el("li", props, head, open ? this.#body(card) : preview(card));
  }

  #body(card) {
    const why = el("div", { class: "why", hidden: true });
    const tools = el(
      "div",
      { class: "tools" },
      el("button", { type: "button", class: "link", onclick: (event) => showWhy(card, why, event.currentTarget) }, say("findings.why")),
      this.#acts.wrong && el("button", { type: "button", class: "link wrong", onclick: () => this.#acts.wrong(card) }, say("findings.wrong")),
    );
    return el("div", { class: "body" }, because(card), this.#offers(card), advice(card), why, tools);
  }

  #offers(card) {
    if (!card.offers.length) return null;
    return el("ul", { class: "offers" }, card.offers.map((offer, i) => this.#offer(card, offer, i === 0)));
  }

  #offer(card, offer, first) {
    const wording = wordingOf(offer);
    if (!this.#acts.take) return el("li", { class: "offer" }, el("span", { class: "wording", dir: offer.fill ? "auto" : "rtl" }, wording));
    const hint = first ? keys(say("keys.alt"), say("keys.enter")) : null;
    return el("li", {}, el("button", { type: "button", class: "offer", onclick: () => this.#acts.take(card, offer) }, el("span", { class: "wording", dir: offer.fill ? "auto" : "rtl" }, wording), hint));
  }
}

// What an offer does, in words: some are put in the place of others, some go, or only the space around them changes.
function wordingOf({ fill, before, after }) {
  if (fill) return [say("findings.fill")];
  if (before === after) return [say("findings.spaces")];
  if (!after) return [say("findings.remove", { text: short(before) })];
  return [before ? el("del", {}, bdi(short(before))) : null, el("ins", {}, slots(after))];
}

function preview({ offers }) {
  const text = offers[0]?.after;
  return text ? el("p", { class: "preview", "aria-hidden": "true", dir: "rtl" }, slots(short(text))) : null;
}

function because({ finding, whole }) {
  const parts = [];
  if (finding.source === "reader" && finding.score !== null) {
    const chance = number(Math.round(finding.score * 100));
    if (whole) parts.push(say("findings.reader_whole", { chance }));
    else {
      if (finding.evidence.length) parts.push(finding.evidence.map((word) => `«${word}»`).join(say("comma")));
      if (finding.nearest) parts.push(say("findings.like", { text: finding.nearest }));
    }
  }
  return parts.length ? el("p", { class: "note" }, say("findings.because", { parts: parts.join(say("comma")) })) : null;
}

function advice({ advice: texts }) {
  return texts.length ? el("ul", { class: "advice" }, texts.map((text) => el("li", { dir: "rtl" }, slots(text)))) : null;
}

async function showWhy({ finding }, box, button) {
  box.hidden = !box.hidden;
  button.setAttribute("aria-expanded", String(!box.hidden));
  if (box.hidden || box.childNodes.length) return;
  const known = await explained(finding.check);
  if (!known) return;
  const language = document.documentElement.lang;
  const rewrite = known.examples?.rewrite?.[0];
  box.append(el("p", {}, known.why[language]));
  if (rewrite) box.append(el("p", { class: "example", dir: "rtl" }, el("del", {}, bdi(rewrite.before)), el("ins", {}, bdi(rewrite.after))));
}

/** A wording whose `[…]` stand out as places to fill in. */
export function slots(text) {
  const parts = text.split(/(\[[^[\]\n]{1,200}\])/u);
  return el("bdi", {}, parts.map((part, i) => (i % 2 ? el("mark", { class: "slot" }, part.slice(1, -1)) : part)));
}

const LONG = 160;
const short = (text) => (text.length > LONG ? `${text.slice(0, LONG - 1)}…` : text);
