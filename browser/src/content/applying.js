// Take a suggestion over: in whole, or not at all.

import { changed, same } from "./changes.js";
import { frame } from "./fields.js";

const DONE = "done";
const COPIED = "copied"; // nothing was changed; the text is in the clipboard
const MOVED = "moved"; // the draft isn't the one that was asked about
const HALF = "half"; // an editor took a part, and won't give it back; the text is in the clipboard

/**
 * Make changes in a field: as if typed, else in the document itself, else copy the new text.
 *
 * After each try the field is read back; what isn't what was wanted is taken back before the next one.
 *
 * @param {object} field of `fieldFor`
 * @param {Array<{start: number, end: number, new: string}>} changes in order, of the text `before`
 * @param {string} before what the field says now
 * @param {string} wording what is copied when nothing works
 * @returns {Promise<"done" | "copied" | "moved" | "half">}
 */
export async function take(field, changes, before, wording) {
  if (field.read() !== before) return MOVED;
  const watch = watchKeys();
  let outcome = DONE;
  try {
    for (const change of field.steps(changes, before)) {
      if (!(await taken(field, change, watch))) {
        outcome = (await restored(field, before)) ? COPIED : HALF;
        break;
      }
    }
  } finally {
    watch.stop();
  }
  if (outcome !== DONE) await copy(wording);
  return outcome;
}

/** Make one change, one way or the other; return whether it was made. */
async function taken(field, change, watch) {
  const before = field.read();
  const wanted = changed(before, [change]);
  for (const way of field.ways) {
    await way.call(field, change);
    await settled();
    // Who types on meanwhile, or takes it back already, is never undone.
    if (same(field.read(), wanted) || watch.typed) return true;
    if (!(await restored(field, before))) return false;
  }
  return false;
}

/** Undo until the text from before is back, a few steps at the most. */
async function restored(field, before) {
  let now = field.read();
  for (let step = 0; step < 8 && !same(now, before); step += 1) {
    field.undo();
    await settled();
    if (same(now, (now = field.read()))) break; // there is nothing to undo
  }
  if (!same(field.read(), before)) field.write(before);
  return same(field.read(), before);
}

async function settled() {
  await frame();
  await frame();
}

function watchKeys() {
  const watch = { typed: false };
  const note = (event) => {
    if (event.isTrusted && !["Shift", "Control", "Alt", "Meta"].includes(event.key)) watch.typed = true;
  };
  window.addEventListener("keydown", note, true);
  watch.stop = () => window.removeEventListener("keydown", note, true);
  return watch;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const box = document.createElement("textarea"); // a page without a secure origin has no clipboard of that kind
    box.value = text;
    box.style.cssText = "position: fixed; opacity: 0";
    document.documentElement.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
}
