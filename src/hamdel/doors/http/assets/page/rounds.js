// Which messages a round has: ten from different situations, the same ten for the same code.

/** Numbers from 0 to 1 that depend on a code alone (xmur3 and mulberry32, both in the public domain). */
export function dice(code) {
  let state = 1779033703 ^ code.length;
  for (const letter of code) {
    state = Math.imul(state ^ letter.codePointAt(0), 3432918353);
    state = (state << 13) | (state >>> 19);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A code that is easy to read out: no letter looks like a digit. */
export function newCode() {
  const letters = "ABCDEFGHKMNPQRTUVWXY346789";
  return [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => letters[byte % letters.length]).join("");
}

function shuffled(items, throwOne) {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i -= 1) {
    const j = Math.floor(throwOne() * (i + 1));
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
}

/** Choose up to `count` exercises; situations take turns, so that a round has as many of them as it can. */
export function chosen(exercises, code, count = 10) {
  const throwOne = dice(code);
  const groups = new Map();
  for (const one of shuffled(exercises, throwOne)) groups.set(one.situation, [...(groups.get(one.situation) ?? []), one]);
  const round = [];
  for (let row = 0; round.length < count && [...groups.values()].some((group) => group[row]); row += 1) {
    for (const group of groups.values()) if (group[row] && round.length < count) round.push(group[row]);
  }
  return round;
}

/** What a round came to: averages of the first and the last try, and which findings came most often. */
export function summed(results) {
  const answered = results.filter((result) => result.tries.length);
  const mean = (name, at) => answered.length && answered.reduce((sum, { tries }) => sum + (tries.at(at).scores?.[name] ?? 0), 0) / answered.length;
  const often = new Map();
  for (const { tries } of answered) {
    for (const check of new Set(tries[0].findings.map((finding) => finding.check))) often.set(check, (often.get(check) ?? 0) + 1);
  }
  const scores = ["respect", "empathy"].map((name) => ({ name, first: mean(name, 0), last: mean(name, -1) }));
  return { answered: answered.length, scores, often: [...often].sort((one, other) => other[1] - one[1]).slice(0, 5) };
}
