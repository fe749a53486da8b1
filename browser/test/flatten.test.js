import assert from "node:assert/strict";
import { test } from "node:test";

import { flatten, places } from "../src/content/flatten.js";
import { el, img } from "./document.js";

const CASES = {
  "a text": [el("div", "سلام"), "سلام"],
  "nothing": [el("div"), ""],
  "a placeholder of ProseMirror": [el("div", el("p", el("br"))), ""],
  "paragraphs": [el("div", el("p", "یک"), el("p", "دو")), "یک\nدو"],
  "an empty paragraph": [el("div", el("p", "یک"), el("p", el("br")), el("p", "دو")), "یک\n\nدو"],
  "an empty last paragraph": [el("div", el("p", "یک"), el("p", el("br"))), "یک\n"],
  "a break": [el("div", "یک", el("br"), "دو"), "یک\nدو"],
  "two breaks": [el("div", "یک", el("br"), el("br"), "دو"), "یک\n\nدو"],
  "Chromium's last line": [el("div", "یک", el("br"), el("br")), "یک\n"],
  "a break at a paragraph's end": [el("div", el("p", "یک", el("br")), el("p", "دو")), "یک\nدو"],
  "a first line that is empty": [el("div", el("br"), "دو"), "\nدو"],
  "text before a block": [el("div", "یک", el("div", "دو"), "سه"), "یک\nدو\nسه"],
  "blocks in blocks": [el("div", el("div", el("p", "یک")), el("div", el("p", "دو"))), "یک\nدو"],
  "list": [el("div", el("ul", el("li", "یک"), el("li", "دو"))), "یک\nدو"],
  "inline elements": [el("div", "س", el("b", "لا"), el("span", el("i", "م"))), "سلام"],
  "an emoji as an image": [el("div", "سلام ", img("😀"), " خوبی"), "سلام 😀 خوبی"],
  "fillers": [el("div", el("p", "\ufeffسلام\u200b ", "می\u200cروم\ufeff")), "سلام می\u200cروم"],
  "a space that doesn't break": [el("div", "سلام\u00a0دوست"), "سلام دوست"],
  "no scripts": [el("div", el("style", "x"), "سلام"), "سلام"],
};

for (const [name, [root, text]] of Object.entries(CASES)) {
  test(name, () => assert.equal(flatten(root).text, text));
}

test("line ends inside of collapsed text are spaces", () => {
  assert.equal(flatten(el("div", "یک\n  دو"), true).text, "یک   دو");
  assert.equal(flatten(el("div", "یک\nدو")).text, "یک\nدو");
});

test("every part is found where it stands", () => {
  for (const [name, [root]] of Object.entries(CASES)) {
    const { text, pieces } = flatten(root);
    for (let start = 0; start < text.length; start += 1) {
      for (let end = start + 1; end <= text.length; end += 1) {
        const wanted = text.slice(start, end);
        if (wanted.includes("\n") || wanted.includes("😀".slice(0, 1)) || wanted.includes("😀".slice(1))) continue;
        const found = places(pieces, start, end);
        assert.equal(between(root, found).replaceAll("\u00a0", " ").replace(/[\u200b\ufeff]/g, ""), wanted, `${name} ${start}-${end}`);
      }
    }
  }
});

test("an image is taken in whole", () => {
  const root = el("div", "ا", img("😀"), "ب");
  const found = places(flatten(root).pieces, 1, 3);
  assert.deepEqual([found.startNode, found.startOffset, found.endNode, found.endOffset], [root, 1, root, 2]);
});

test("what is put in goes behind what stands before it", () => {
  const root = el("div", el("p", "یک"), el("p", "دو"));
  const { pieces } = flatten(root);
  assert.equal(places(pieces, 2, 2).startNode.data, "یک");
  assert.equal(places(pieces, 3, 3).startNode.data, "دو");
  assert.equal(places(pieces, 0, 0).startOffset, 0);
  assert.equal(places([], 0, 0), null);
});

function between(root, { startNode, startOffset, endNode, endOffset }) {
  let text = "";
  let on = false;
  const walk = (node) => {
    if (node.nodeType === 3) {
      const from = node === startNode ? startOffset : 0;
      const to = node === endNode ? endOffset : node.data.length;
      if (node === startNode) on = true;
      if (on) text += node.data.slice(from, to);
      if (node === endNode) on = false;
    } else for (const child of node.childNodes) walk(child);
  };
  walk(root);
  return text;
}
