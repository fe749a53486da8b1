// Two texts word by word: what stayed, what went, what came.

const WORDS = /\s+|[\p{L}\p{M}\p{N}\u200c]+|[^\s\p{L}\p{M}\p{N}\u200c]/gu;
const MOST = 4_000_000; // cells of the table; longer texts are shown as one change

/** Return `[kind, text]` pairs; kinds are "same", "del" and "ins". */
export function diff(before, after) {
  const [old, now] = [before.match(WORDS) ?? [], after.match(WORDS) ?? []];
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < old.length - head && tail < now.length - head && old.at(-1 - tail) === now.at(-1 - tail)) tail += 1;
  const middle = between(old.slice(head, old.length - tail), now.slice(head, now.length - tail));
  const same = (words) => (words.length ? [["same", words.join("")]] : []);
  return calm(joined([...same(old.slice(0, head)), ...middle, ...same(old.slice(old.length - tail))]));
}

function between(old, now) {
  if (old.length * now.length > MOST) return [["del", old.join("")], ["ins", now.join("")]].filter(([, text]) => text);
  const width = now.length + 1;
  const table = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      table[at] = old[i] === now[j] ? table[at + width + 1] + 1 : Math.max(table[at + width], table[at + 1]);
    }
  }
  const out = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const at = i * width + j;
    if (i < old.length && j < now.length && old[i] === now[j]) out.push(["same", old[i++]]), (j += 1);
    else if (j >= now.length || (i < old.length && table[at + width] >= table[at + 1])) out.push(["del", old[i++]]);
    else out.push(["ins", now[j++]]);
  }
  return out;
}

function joined(pairs) {
  const out = [];
  for (const [kind, text] of pairs) {
    if (out.at(-1)?.[0] === kind) out.at(-1)[1] += text;
    else out.push([kind, text]);
  }
  return out;
}

// A space or a mark that stayed between two changes only makes the eye jump: it belongs to both.
function calm(pairs) {
  const out = [];
  for (const [i, [kind, text]] of pairs.entries()) {
    const inside = kind === "same" && i > 0 && i < pairs.length - 1 && /^[^\p{L}\p{N}\n]+$/u.test(text);
    if (inside) out.push(["del", text], ["ins", text]);
    else out.push([kind, text]);
  }
  const sorted = [];
  for (let run = []; out.length; run = []) {
    while (out.length && out[0][0] !== "same") run.push(out.shift());
    const of = (kind) => run.filter(([one]) => one === kind).map(([, text]) => text).join("");
    if (of("del")) sorted.push(["del", of("del")]);
    if (of("ins")) sorted.push(["ins", of("ins")]);
    if (out.length) sorted.push(out.shift());
  }
  return joined(sorted);
}
