// The text of an editable element as one string, and every place of it in the document.

const BLOCKS = new Set(
  "ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN OL P PRE SECTION TABLE TR UL".split(" "),
);
const FILLERS = /[\u200b\ufeff]/; // editors put them into empty places; Persian's U+200C is none of them
const TEXT = 3;
const ELEMENT = 1;

/**
 * Read an element as people see it: a line for each block, `alt` for images (emoji), no fillers.
 *
 * @param {Element} root the editable element
 * @param {boolean} collapse whether line ends inside of text are mere spaces there (white-space: normal)
 * @returns {{text: string, pieces: Array<{node: Node, from: number, start: number, length: number, whole: boolean}>}}
 *   pieces in order: `length` characters of the text at `start` are those of `node` at `from`; of a `whole` one, an
 *   image, no part can be marked
 */
export function flatten(root, collapse = false) {
  const pieces = [];
  let text = "";
  let due = ""; // what ended the present line, if anything did: a "br" or a "block"; the next line's begin writes it

  const flush = () => {
    if (due) text += "\n";
    due = "";
  };
  const add = (node, from, part, whole) => {
    if (!part) return;
    flush();
    pieces.push({ node, from, start: text.length, length: part.length, whole });
    text += part;
  };
  const boundary = () => {
    if (text && !due) due = "block";
  };
  const read = (node) => {
    if (node.nodeType === TEXT) {
      readText(node, collapse, add);
    } else if (node.nodeType === ELEMENT) {
      const tag = node.tagName.toUpperCase();
      if (tag === "BR") {
        flush(); // the last one of a block ends a line that the block would have ended anyway
        due = "br";
      } else if (tag === "IMG") {
        add(node, 0, node.getAttribute("alt") ?? "", true);
      } else if (tag !== "SCRIPT" && tag !== "STYLE") {
        const block = BLOCKS.has(tag) && node !== root;
        if (block) boundary();
        for (const child of node.childNodes) read(child);
        if (block) boundary();
      }
    }
  };
  read(root);
  return { text, pieces };
}

function readText(node, collapse, add) {
  const data = node.data;
  let from = 0;
  for (let at = 0; at <= data.length; at += 1) {
    if (at < data.length && !FILLERS.test(data[at])) continue;
    const part = data.slice(from, at).replaceAll("\u00a0", " ");
    add(node, from, collapse ? part.replace(/[\r\n\t]/g, " ") : part, false);
    from = at + 1;
  }
}

/**
 * Find where a part of the text stands.
 *
 * @returns {{startNode: Node, startOffset: number, endNode: Node, endOffset: number} | null} null when nothing
 *   stands there that a range could hold
 */
export function places(pieces, start, end) {
  if (!pieces.length) return null;
  const empty = start === end;
  const first =
    (empty && pieces.findLast((one) => one.start < start && start <= one.start + one.length)) ||
    pieces.find((one) => start < one.start + one.length) ||
    pieces.at(-1);
  const last = empty ? first : pieces.findLast((one) => one.start < end) ?? pieces[0];
  if (first.start > last.start) return null;
  const [startNode, startOffset] = point(first, start);
  const [endNode, endOffset] = point(last, end);
  return { startNode, startOffset, endNode, endOffset };
}

function point(piece, at) {
  const inside = Math.min(Math.max(at - piece.start, 0), piece.length);
  if (!piece.whole) return [piece.node, piece.from + inside];
  const index = Array.prototype.indexOf.call(piece.node.parentNode.childNodes, piece.node);
  return [piece.node.parentNode, inside ? index + 1 : index];
}
