// Marks below words. The Custom Highlight API paints ranges without splitting text nodes, so letters stay joined;
// where it is missing, boxes are laid under the lines of the same ranges.

const LEVELS = ["suggestion", "warning", "error", "current-suggestion", "current-warning", "current-error"];
const painted = typeof Highlight === "function" && "highlights" in CSS;

export class Marks {
  #text;
  #boxes;

  /** @param {Text} text the node whose characters are marked; @param {HTMLElement} boxes holds boxes where needed */
  constructor(text, boxes) {
    this.#text = text;
    this.#boxes = boxes;
  }

  /** Show these marks only. @param {{start: number, end: number, level: string}[]} marks in UTF-16 units */
  show(marks) {
    if (!painted) return this.#box(marks);
    return LEVELS.forEach((level, priority) => {
      const highlight = new Highlight(...marks.filter((mark) => mark.level === level).map((mark) => this.range(mark)));
      highlight.priority = priority;
      CSS.highlights.set(`hamdel-${level}`, highlight);
    });
  }

  /** The DOM range of a mark. */
  range({ start, end }) {
    const range = document.createRange();
    const length = this.#text.length;
    range.setStart(this.#text, Math.min(start, length));
    range.setEnd(this.#text, Math.min(end, length));
    return range;
  }

  #box(marks) {
    const origin = this.#boxes.getBoundingClientRect();
    const boxes = marks.flatMap((mark) =>
      [...this.range(mark).getClientRects()].map((rect) => {
        const box = document.createElement("i");
        box.className = `box ${mark.level}`;
        box.style.left = `${rect.left - origin.left}px`;
        box.style.top = `${rect.top - origin.top}px`;
        box.style.width = `${rect.width}px`;
        box.style.height = `${rect.height}px`;
        return box;
      }),
    );
    this.#boxes.replaceChildren(...boxes);
  }
}
