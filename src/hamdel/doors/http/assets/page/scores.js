// The three scores, and what each is made of.

import { el } from "./dom.js";
import { titleOf } from "./titles.js";
import { number, say } from "./words.js";

export const NAMES = ["respect", "empathy", "originality"];
const SHOWN = 5; // reasons of a score that are named
const level = (score) => (score >= 75 ? "high" : score >= 45 ? "middle" : "low");

/** A row of meters; `scores` is null while there is nothing to rate. */
export function meters(scores, names = NAMES) {
  return el("dl", { class: "meters" }, names.map((name) => meter(name, scores?.[name] ?? null)));
}

function meter(name, score) {
  const shown = score === null ? say("scores.waiting") : number(Math.round(score));
  const bar = el("span", { class: `meter ${score === null ? "none" : level(score)}`, "aria-hidden": "true" }, el("i"));
  bar.firstChild.style.inlineSize = `${score ?? 0}%`;
  return el("div", {}, el("dt", {}, say(`scores.${name}`)), el("dd", {}, el("b", {}, shown), bar));
}

/** What the scores are made of, strongest first. */
export async function parts(scores) {
  const groups = await Promise.all(NAMES.map((name) => group(name, scores.parts.filter((part) => part.score === name))));
  const shown = groups.filter(Boolean);
  return shown.length ? shown : [el("p", { class: "note" }, say("scores.no_parts"))];
}

async function group(name, all) {
  const sorted = [...all].sort((one, other) => Math.abs(other.points) - Math.abs(one.points)).filter((part) => part.points);
  if (!sorted.length) return name === "originality" ? el("p", { class: "note" }, say("scores.originality_note")) : null;
  const rows = await Promise.all(sorted.slice(0, SHOWN).map(async ({ reason, points }) => row(await titleOf(reason), points)));
  return el("section", {}, el("h3", {}, say(`scores.${name}`)), el("ul", { class: "parts" }, rows, smaller(sorted.slice(SHOWN))));
}

function smaller(rest) {
  if (!rest.length) return null;
  const points = rest.reduce((sum, part) => sum + part.points, 0);
  return row(say("scores.smaller", { n: number(rest.length) }), points);
}

function row(title, points) {
  const sign = points < 0 ? "−" : points ? "+" : "";
  const figure = el("span", { class: `points ${points < 0 ? "bad" : "good"}`, dir: "ltr" }, `${sign}${number(Math.abs(points))}`);
  return el("li", {}, el("span", {}, title), figure);
}
