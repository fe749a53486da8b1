// What becomes of texts and of places in them: nothing here knows a document.

/** Whether a text has a word in the Arabic script; of any other nothing is sent. */
export function isPersian(text) {
  return /[\u0621-\u064a\u066e-\u06d3\u06fa-\u06ff]{2}/.test(text);
}

/** Return a place in UTF-16 units as one in code points, as requests count. */
export function codePoints(text, unit) {
  return [...text.slice(0, unit)].length;
}

/** Return changes in the order of their places, in UTF-16 units, as a report has them. */
export function ordered(edit) {
  return edit.changes
    .map((change) => ({ start: change.utf16.start, end: change.utf16.end, new: change.new }))
    .sort((one, other) => one.start - other.start || one.end - other.end);
}

/** Return a text with its changes made. */
export function changed(text, changes) {
  let made = "";
  let from = 0;
  for (const change of changes) {
    made += text.slice(from, change.start) + change.new;
    from = change.end;
  }
  return made + text.slice(from);
}

/** Return one change that does what several do. */
export function joined(text, changes) {
  const start = changes[0].start;
  const end = Math.max(...changes.map((change) => change.end));
  const inner = changes.map((change) => ({ ...change, start: change.start - start, end: change.end - start }));
  return { start, end, new: changed(text.slice(start, end), inner) };
}

/** Return the one change that makes a text of another: what differs between their beginnings and ends. */
export function difference(before, after) {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before[start] === after[start]) start += 1;
  if (start && isHigh(before.charCodeAt(start - 1))) start -= 1; // half of an emoji is no character
  let tail = 0;
  while (tail < most - start && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  if (tail && isLow(before.charCodeAt(before.length - tail))) tail -= 1;
  return { start, end: before.length - tail, new: after.slice(start, after.length - tail) };
}

/** Return the changes that make a text of another, word by word, so that what stays isn't touched. */
export function differences(before, after) {
  const [old, now] = [before, after].map((text) => text.match(/\n|[^\S\n]+|\S+/g) ?? []);
  if (old.length * now.length > 4_000_000) return [difference(before, after)];
  // The longest sequence of words that both have, from each pair of places on.
  const longest = Array.from({ length: old.length + 1 }, () => new Uint32Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = now.length - 1; j >= 0; j -= 1) {
      longest[i][j] = old[i] === now[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  const changes = [];
  let [i, j, at, open] = [0, 0, 0, null];
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) {
      at += old[i].length;
      [i, j, open] = [i + 1, j + 1, null];
      continue;
    }
    if (!open) changes.push((open = { start: at, end: at, new: "" }));
    if (j < now.length && (i === old.length || longest[i][j + 1] >= longest[i + 1][j])) open.new += now[j++];
    else {
      at += old[i++].length;
      open.end = at;
    }
  }
  return changes;
}

function isHigh(unit) {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit) {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Return findings at their places in a text that was edited since; those whose own words were touched are dropped. */
export function moved(findings, before, after) {
  if (before === after) return findings;
  const edit = difference(before, after);
  const by = edit.new.length - (edit.end - edit.start);
  const result = [];
  for (const finding of findings) {
    if (finding.anchor === "document" || finding.end <= edit.start) result.push({ ...finding, stale: true });
    else if (finding.start >= edit.end)
      result.push({ ...finding, stale: true, start: finding.start + by, end: finding.end + by });
  }
  return result;
}

/** Return what a report found, as the page needs it; nothing for what isn't Persian. */
export function found(report) {
  if (report.status !== "checked") return [];
  return report.findings.map((finding) => ({
    check: finding.check,
    severity: finding.severity,
    anchor: finding.anchor,
    start: finding.utf16.start,
    end: finding.utf16.end,
    matched: finding.matched,
    message: finding.message,
    suggestions: finding.suggestions,
    edits: finding.edits.map(ordered),
    stale: false,
  }));
}

/** Whether two texts are the same to a reader: editors write a space before an end as U+00A0, and end with a line. */
export function same(one, other) {
  return even(one) === even(other);
}

function even(text) {
  return text.replaceAll("\u00a0", " ").replace(/\s+$/, "");
}
