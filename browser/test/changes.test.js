import assert from "node:assert/strict";
import { test } from "node:test";

import { changed, codePoints, difference, differences, found, isPersian, joined, moved, ordered, same } from "../src/content/changes.js";

const finding = (start, end, anchor = "span") => ({ anchor, start, end, matched: "" });

test("of other languages nothing is sent", () => {
  for (const text of ["", "Hello", "你好", "שלום", "123 ۱۲۳", "😀", "ا", "، ؟", "\u200c\u200f"]) assert.equal(isPersian(text), false, text);
  for (const text of ["سلام", "ok باشه", "گچ", "كي"]) assert.equal(isPersian(text), true, text);
});

test("changes are made in their order, whatever order they come in", () => {
  const edit = ordered({ changes: [
    { utf16: { start: 5, end: 7 }, new: "چهار" },
    { utf16: { start: 0, end: 2 }, new: "" },
  ] });
  assert.equal(changed("یک دو سه", edit), " دوچهاره");
});

test("places are counted as requests count them", () => {
  const text = "a😀ب👩‍👧\ud83d!";
  assert.deepEqual([0, 1, 3, 4, 9, 10, text.length].map((at) => codePoints(text, at)), [0, 1, 2, 3, 6, 7, 8]);
});

test("several changes are one", () => {
  const text = "سلام. تو باید صبر کنی.";
  const edit = [{ start: 6, end: 8, new: "شما" }, { start: 18, end: 21, new: "کنید" }];
  const one = joined(text, edit);
  assert.deepEqual([one.start, one.end], [6, 21]);
  assert.equal(changed(text, [one]), changed(text, edit));
});

test("a difference makes the one of the other, and cuts no emoji", () => {
  const texts = ["", "ا", "اب", "سلام 😀", "سلام 😁", "سلام 😀😁 دوست", "سلام دوست", "می\u200cروم", "میروم", "aaa", "aa"];
  for (const before of texts) {
    for (const after of texts) {
      const edit = difference(before, after);
      assert.equal(changed(before, [edit]), after, JSON.stringify([before, after, edit]));
      assert.doesNotMatch(edit.new, /^[\udc00-\udfff]|[\ud800-\udbff]$/);
    }
  }
});

test("findings go along with the text, and are dropped when their words are touched", () => {
  const before = "سلام تو خوبی";
  const kept = moved([finding(5, 7), finding(8, 12), finding(0, 0, "document")], before, "سلام عزیز تو خوبی");
  assert.deepEqual(kept.map(({ start, end }) => [start, end]), [[10, 12], [13, 17], [0, 0]]);
  assert.deepEqual(moved([finding(5, 7), finding(8, 12)], before, "سلام تxو خوبی").map(({ start }) => start), [9]);
  assert.deepEqual(moved([finding(5, 7)], before, ""), []);
});

test("a report of another language says nothing", () => {
  const report = { findings: [{ utf16: { start: 1, end: 2 }, edits: [] }] };
  assert.equal(found({ ...report, status: "checked" }).length, 1);
  assert.equal(found({ ...report, status: "not-persian" }).length, 0);
});

test("editors' spaces and last lines are no difference", () => {
  assert.equal(same("سلام دوست", "سلام\u00a0دوست\n"), true);
  assert.equal(same("سلام دوست", "سلام دوستان"), false);
  assert.equal(same("می\u200cروم", "میروم"), false);
});

test("differences make the one of the other, and leave the words alone that both have", () => {
  const texts = ["", "یک", "یک دو سه", "یک سه", "صفر یک دو", "یک\nدو", "یک\n\nدو سه", "سه دو یک", "  یک  دو ", "😀 یک 😁"];
  for (const before of texts) {
    for (const after of texts) assert.equal(changed(before, differences(before, after)), after, JSON.stringify([before, after]));
  }
  assert.deepEqual(differences("سلام تو خوبی", "سلام شما خوبی"), [{ start: 5, end: 7, new: "شما" }]);
  assert.deepEqual(differences("یک دو", "یک دو"), []);
  assert.equal(differences("سلام.\nتو بمان.", "سلام.\nشما بمانید.").some((one) => one.new.includes("\n")), false);
  assert.equal(differences("x ".repeat(5000), "y ".repeat(5000)).length, 1);
});
