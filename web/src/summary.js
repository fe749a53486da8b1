// The sheet at the end of a round: to read, to print, or to save as a file.

import { el } from "./dom.js";
import { summed } from "./rounds.js";
import { sentences } from "./sentences.js";
import { titleOf } from "./titles.js";
import { lang, number, say } from "./words.js";

const dates = new Intl.DateTimeFormat(lang === "fa" ? "fa-IR" : "en", { dateStyle: "long" });

/** The summary of a round. @param {() => void} again starts another one */
export async function summary(room, again) {
  const sum = summed(room.results);
  const title = room.name ? say("practice.summary_for", { name: room.name }) : say("practice.summary");
  const facts = [dates.format(new Date()), say("practice.answered", { n: number(sum.answered), all: number(room.round.length) })].map((text) => el("span", { class: "chip" }, text));
  const code = room.hiring ? el("span", { class: "chip" }, say("practice.code_given", { code: room.code })) : null;
  return el(
    "div",
    { class: "summary" },
    el("header", {}, el("h1", {}, title), el("p", { class: "facts" }, facts, code)),
    averages(sum),
    await often(sum),
    el("ol", { class: "sheet-list" }, await Promise.all(room.results.map((result, i) => result.tries.length && entry(result, i)).filter(Boolean))),
    el(
      "div",
      { class: "bar no-print" },
      el("button", { type: "button", class: "button", onclick: () => save(room, sum) }, say("practice.save")),
      el("button", { type: "button", class: "button plain", onclick: () => print() }, say("practice.print")),
      el("button", { type: "button", class: "button plain end", onclick: again }, say("practice.new_round")),
      el("p", { class: "note" }, say("practice.saved_note")),
    ),
  );
}

function averages({ scores }) {
  const cell = (value) => el("td", {}, number(Math.round(value)));
  const row = ({ name, first, last }) => el("tr", {}, el("th", { scope: "row" }, say(`scores.${name}`)), cell(first), cell(last));
  const head = ["average", "first_try", "last_try"].map((name) => el("th", { scope: "col" }, say(`practice.${name}`)));
  return el("table", { class: "averages" }, el("thead", {}, el("tr", {}, head)), el("tbody", {}, scores.map(row)));
}

async function often({ often: found, answered }) {
  if (!answered) return null;
  const rows = await Promise.all(
    found.map(async ([check, times]) => el("li", {}, el("span", {}, await titleOf(check)), el("span", { class: "quiet" }, say("practice.times", { n: number(times) })))),
  );
  const list = rows.length ? el("ul", { class: "parts" }, rows) : el("p", { class: "quiet" }, say("practice.often_none"));
  return el("section", {}, el("h2", {}, say("practice.often")), list);
}

async function entry({ exercise, reply, tries }, i) {
  const last = tries.at(-1);
  const marks = last && ["respect", "empathy"].map((name) => el("span", { class: "chip" }, `${say(`scores.${name}`)}: ${number(Math.round(last.scores?.[name] ?? 0))}`));
  const found = last?.findings.length ? el("ul", { class: "advice" }, last.findings.map((finding) => el("li", {}, finding.message))) : null;
  return el(
    "li",
    {},
    el("p", { class: "said", dir: "auto" }, el("b", {}, `${number(i + 1)}. `), exercise.customer),
    el("p", { class: "text", dir: "auto" }, reply),
    marks ? el("p", { class: "chips" }, marks) : null,
    found,
    exercise.reply ? await good(exercise) : null,
  );
}

async function good(exercise) {
  const box = el("details", {}, el("summary", {}, say("practice.good")));
  const { customer, channel, audience } = exercise;
  const fill = async () => {
    if (box.open && box.childElementCount === 1) box.append(await sentences(exercise.reply, { customer, channel, audience }).catch(() => el("p", { class: "text" }, exercise.reply)));
  };
  box.addEventListener("toggle", fill);
  return box;
}

// One file that a person can read and a program, too.
function save(room, sum) {
  const results = room.results.map(({ exercise, tries }) => ({
    exercise: exercise.id,
    customer: exercise.customer,
    tries: tries.map(({ reply, scores, findings }) => ({
      reply,
      respect: scores?.respect ?? null,
      empathy: scores?.empathy ?? null,
      findings: findings.map(({ check, severity, matched, message }) => ({ check, severity, matched, message })),
    })),
  }));
  const sheet = { schema: "hamdel/practice/1", date: new Date().toISOString(), name: room.name, code: room.code, hiring: room.hiring, averages: sum.scores, results };
  const address = URL.createObjectURL(new Blob([JSON.stringify(sheet, null, 1)], { type: "application/json" }));
  const name = [say("practice.file_name"), room.name, room.code].filter(Boolean).join("-");
  el("a", { href: address, download: `${name}.json` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
