// What an export was taken for, in sentences; what was decided can be decided otherwise.

import { bdi, el } from "./dom.js";
import { has, number, say } from "./words.js";

const MAY_BE_PLAIN = /\.(csv|tsv|tab|jsonl?|ndjson|txt)$/iu; // what can be read without knowing its program
const isolated = (text) => `\u2068${text}\u2069`;

/** Lines about an export; `otherwise` has what happens when somebody says that one of them isn't so. */
export function told(file, otherwise) {
  const { program, notes, left_out: left } = file;
  const lines = program ? [line(known(program), "audit.not_program", MAY_BE_PLAIN.test(file.name) ? otherwise.preset : null)] : [];
  if (program?.unproven) lines.push(line(say("audit.unproven")));
  for (const { kind, value } of notes) {
    const path = has(`note.${kind}_${value}`) ? `note.${kind}_${value}` : `note.${kind}`;
    const change = kind.startsWith("team") ? otherwise.team : otherwise[kind];
    lines.push(line(say(path, { value: isolated(value) }), "audit.other_answer", change));
  }
  const counts = Object.entries(left).map(([why, n]) => say(`left.${why}`, { n: number(n) }));
  if (counts.length) lines.push(line(say("audit.left", { counts: counts.join(say("comma")) })));
  return lines;
}

// What told it is a piece of the file, from left to right, which may be long.
function known({ title, reason }) {
  const [before, after] = say("audit.program", { title: isolated(title) }).split("{reason}");
  return [before, bdi(reason, { dir: "ltr" }), after];
}

function line(text, label, onclick) {
  return el("li", {}, text, " ", onclick ? el("button", { type: "button", class: "link", onclick }, say(label)) : null);
}
