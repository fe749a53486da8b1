// What can be done about findings: cards, each with the ways to mend it, in UTF-16 units of the draft.

import { unitsOf } from "./offsets.js";

const MOST = 3;
const SLOT = /^\[(?:[^[\]\n]|\[[^[\]\n]*\])+\]$/u;
const STOPS = /[.!؟?…۔]$/u;
const ADVICE = /به[\u200c ]جای «|«.*»/u; // speaks about words instead of being some
const AT_END = new Set(["respect/missing-closing", "clarity/no-next-step", "clarity/unanswered-question"]);

/** Cards for a report's findings, in the order of the text; those with one and the same edit share a card. */
export function cardsOf(report, draft) {
  const units = unitsOf(draft);
  const cards = new Map();
  for (const finding of report.findings) {
    const card = cardOf(finding, draft, units);
    const known = cards.get(card.key);
    if (known) known.ranges.push(...card.ranges);
    else cards.set(card.key, card);
  }
  return [...cards.values()].sort((one, other) => one.order - other.order);
}

function cardOf(finding, draft, units) {
  const whole = finding.anchor === "document";
  const range = { start: units(finding.start), end: units(finding.end) };
  const offers = offersOf(finding, draft, units);
  const same = finding.edits?.[0] ? JSON.stringify(finding.edits[0].changes) : `${finding.start}-${finding.end}`;
  return {
    key: `${finding.check}:${same}`,
    finding,
    whole,
    ranges: whole ? [] : [range],
    offers,
    advice: offers.length && !offers[0].fill ? [] : finding.suggestions.slice(0, MOST),
    order: whole ? draft.length + severityRank(finding.severity) : range.start,
  };
}

const severityRank = (severity) => ["error", "warning", "suggestion"].indexOf(severity);

function offersOf(finding, draft, units) {
  if (SLOT.test(finding.matched)) return slotOffers(finding, draft, units);
  if (finding.edits?.length) return finding.edits.slice(0, MOST).map((edit) => offer(edit.changes, edit.safety === "safe", draft, units));
  return finding.suggestions
    .filter((wording) => !ADVICE.test(wording))
    .slice(0, MOST)
    .map((wording) => offer([placed(finding, wording, draft)], false, draft, units));
}

// A place of a template that nobody filled in is selected, to be typed over; words may take its place, no sentence may.
function slotOffers(finding, draft, units) {
  const fill = { start: units(finding.start), end: units(finding.end) };
  const words = finding.suggestions.filter((wording) => !STOPS.test(wording) && !ADVICE.test(wording)).slice(0, MOST - 1);
  const change = (wording) => [{ start: finding.start, end: finding.end, new: wording }];
  return [{ changes: [], fill, safe: false }, ...words.map((wording) => offer(change(wording), false, draft, units))];
}

// A whole sentence takes the place of the sentence, words that of the marked words; what is missing is added.
function placed(finding, wording, draft) {
  if (finding.anchor !== "document") {
    const place = STOPS.test(wording) && finding.sentence.end ? finding.sentence : finding;
    return { start: place.start, end: place.end, new: wording };
  }
  const end = [...draft].length;
  if (AT_END.has(finding.check)) return { start: end, end, new: draft && !/\s$/u.test(draft) ? ` ${wording}` : wording };
  return { start: 0, end: 0, new: `${wording} ` };
}

function offer(changes, safe, draft, units) {
  const moved = changes.map((change) => ({ start: units(change.start), end: units(change.end), new: change.new }));
  return { changes: moved, safe, before: pieces(moved, (change) => draft.slice(change.start, change.end)), after: pieces(moved, (change) => change.new) };
}

// Marks at the start end what stands before: they are put in, and not shown.
const pieces = (changes, textOf) => changes.map((change) => textOf(change).replace(/^[\s.،؛]+/u, "").trim()).filter(Boolean).join(" … ");

/** How many safe edits a report's cards have. */
export const safeCount = (cards) => cards.filter(({ offers }) => offers[0]?.safe).length;
