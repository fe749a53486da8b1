// Take a suggestion over: in whole, or not at all.

import { changed, joined, same } from "./changes.js";
import { frame } from "./fields.js";

const DONE = "done";
const COPIED = "copied"; // nothing was changed; the text is in the clipboard
const MOVED = "moved"; // the draft isn't the one that was asked about

/**
 * Make changes in a field: as if typed, else in the document itself, else copy the new text.
 *
 * After each try the field is read back; what isn't what was wanted is taken back before the next one.
 *
 * @param {object} field of `fieldFor`
 * @param {Array<{start: number, end: number, new: string}>} changes in order, of the text `before`
 * @param {string} before what the field says now
 * @param {string} wording what is copied when nothing works
 * @returns {Promise<"done" | "copied" | "moved">}
 */
export async function take(field, changes, before, wording) {
  if (field.read() !== before) return MOVED;
  const wanted = changed(before, changes);
  const whole = joined(before, changes);
  const watch = watchKeys();
  try {
    for (const way of field.ways) {
      await way.call(field, changes, whole);
      await settled();
      // Who types on meanwhile, or takes it back already, is never undone.
      if (same(field.read(), wanted) || watch.typed) return DONE;
      if (!(await restored(field, before))) break;
    }
  } finally {
    watch.stop();
  }
  await copy(wording);
  return COPIED;
}

/** Undo until the text from before is back, a few steps at the most; write it anew where nothing can be undone. */
async function restored(field, before) {
  for (let step = 0; step < 4 && field.read() !== before; step += 1) {
    field.undo();
    await settled();
  }
  if (!same(field.read(), before)) {
    const now = field.read();
    const back = [{ start: 0, end: now.length, new: before }];
    await field.ways.at(field.mirror ? -1 : 0).call(field, back, back[0]);
    await settled();
  }
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
