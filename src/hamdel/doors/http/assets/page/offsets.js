// hamdel counts code points, a browser UTF-16 units: «😀» is one of the first and two of the second.

const WIDE = /[\u{10000}-\u{10FFFF}]/u;

/** Return what turns code points of `text` into UTF-16 units; without a wide character both are the same. */
export function unitsOf(text) {
  if (!WIDE.test(text)) return (point) => point;
  const places = [0];
  for (const character of text) places.push(places.at(-1) + character.length);
  return (point) => places[Math.min(point, places.length - 1)];
}

/** Return how many code points stand before a UTF-16 unit of `text`. */
export const pointsBefore = (text, unit) => (WIDE.test(text) ? [...text.slice(0, unit)].length : unit);

const isHigh = (unit) => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit) => unit >= 0xdc00 && unit <= 0xdfff;

/** How an edit changed a text: what stands before it and behind it stayed. */
export function edited(before, after) {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start += 1;
  if (start && isHigh(before.charCodeAt(start - 1))) start -= 1; // half of an emoji is no character
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  if (tail && isLow(before.charCodeAt(before.length - tail))) tail -= 1;
  return { start, end: before.length - tail, by: after.length - before.length };
}

/** Move a range past an edit; null when the edit touches it, for nobody knows then what it says. */
export function moved(range, edit) {
  if (range.end < edit.start || (range.end === edit.start && range.start < range.end && edit.start === edit.end)) return range;
  if (range.start >= edit.end && range.start > edit.start) return { ...range, start: range.start + edit.by, end: range.end + edit.by };
  return null;
}
