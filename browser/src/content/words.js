// The words of a card: what a finding says, and what there is to do about it.

import { make } from "./card.js";
import { changed, joined } from "./changes.js";

const AROUND = 24; // characters of the draft shown beside a change

/** Return the content of a finding's card; `act` says what its buttons do. */
export function findingContent(finding, { say, text, at, count, choice, act }) {
  const edit = finding.edits[choice];
  const head = make("div", { className: "head" });
  head.append(
    make("i", { className: `dot ${finding.severity}` }),
    make("b", { textContent: say(`severity_${finding.severity}`) }),
    make("span", { textContent: say("counted", [number(at + 1, say), number(count, say)]) }),
  );
  const content = [head, make("p", { textContent: finding.message })];
  if (edit) content.push(preview(text, edit));
  else if (finding.suggestions[0]) content.push(make("p", { className: "better", lang: "fa", textContent: finding.suggestions[0] }));
  const row = make("div", { className: "row" });
  if (edit) row.append(button(say("accept"), () => act.accept(edit), "main"));
  if (finding.edits.length > 1) row.append(button(say("other_wording"), act.other));
  if (count > 1) row.append(button(say("next"), act.next));
  row.append(button(say("ignore"), act.ignore), button(say("not_right"), act.notRight), button(say("close"), act.close));
  return [...content, row];
}

/** Return the content of the card with a whole better reply. */
export function improvedContent(improved, { say, act }) {
  const shown = make("p", { className: "better", lang: "fa" });
  let from = 0;
  for (const { utf16 } of improved.steps.toSorted((one, other) => one.utf16.start - other.utf16.start)) {
    if (utf16.start < from) continue;
    shown.append(improved.text.slice(from, utf16.start), make("ins", { textContent: improved.text.slice(utf16.start, utf16.end) }));
    from = utf16.end;
  }
  shown.append(improved.text.slice(from));
  const row = make("div", { className: "row" });
  row.append(button(say("accept"), act.accept, "main"), button(say("close"), act.close));
  return [make("div", { className: "head" }, make("b", { textContent: say("better_reply") })), shown, row];
}

/** Return the content of the card that asks which fault some words have. */
export function faultsContent(faults, { say, act }) {
  const list = make("div", { className: "column" });
  list.append(...faults.map(({ id, title }) => button(title[say.lang] ?? title.fa, () => act.choose(id))));
  const row = make("div", { className: "row" }, button(say("close"), act.close));
  return [make("div", { className: "head" }, make("b", { textContent: say("has_fault") })), list, row];
}

/** Return the content of a card that only says something. */
export function saidContent(text, { say, act }) {
  const row = make("div", { className: "row" }, button(say("close"), act.close));
  return [make("p", { textContent: text }), row];
}

/** Show a change with a few words around it: what goes is struck out, what comes is bold. */
function preview(text, edit) {
  const whole = joined(text, edit);
  const before = text.slice(Math.max(0, whole.start - AROUND), whole.start).split("\n").at(-1);
  const after = text.slice(whole.end, whole.end + AROUND).split("\n")[0];
  const line = make("p", { className: "better", lang: "fa" });
  if (whole.start > AROUND) line.append("…");
  line.append(before);
  // Of a change in two places each is shown by itself.
  let from = whole.start;
  for (const change of edit) {
    line.append(text.slice(from, change.start));
    const gone = text.slice(change.start, change.end);
    if (gone) line.append(make("s", { textContent: gone }), " ");
    if (change.new) line.append(make("ins", { textContent: change.new }));
    from = change.end;
  }
  line.append(after, text.length > whole.end + AROUND ? "…" : "");
  return line;
}

function button(text, clicked, className = "") {
  const made = make("button", { type: "button", textContent: text, className });
  made.addEventListener("click", clicked);
  return made;
}

/** A number in the digits of the words around it. */
export function number(value, say) {
  return say.lang === "fa" ? String(value).replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]) : String(value);
}

/** What a wording comes to when it is copied: the whole new draft. */
export function wordingOf(text, edit) {
  return changed(text, edit);
}
