// A textarea's text laid out once more, for browsers don't say where its words are.

import { layer } from "./layer.js";

const COPIED = [
  "direction", "unicodeBidi", "textAlign", "textAlignLast", "textIndent", "textTransform", "textRendering",
  "fontFamily", "fontSize", "fontStyle", "fontWeight", "fontStretch", "fontVariant", "fontKerning", "fontFeatureSettings",
  "fontVariationSettings", "fontOpticalSizing", "fontSizeAdjust", "letterSpacing", "wordSpacing", "lineHeight", "tabSize",
  "whiteSpace", "wordBreak", "overflowWrap", "lineBreak", "hyphens", "writingMode",
  "paddingTop", "paddingRight", "paddingBottom", "paddingLeft",
];

/** The copy of one textarea, and the strips under its words. */
export class Mirror {
  #element;
  #clip = document.createElement("div");
  #copy = document.createElement("div");
  #strips = document.createElement("div");
  #text = document.createTextNode("");

  constructor(element) {
    this.#element = element;
    this.#clip.className = "clip";
    this.#copy.className = "copy";
    this.#copy.ariaHidden = "true";
    this.#copy.append(this.#text);
    this.#clip.append(this.#copy, this.#strips);
    layer().append(this.#clip);
  }

  /** Take over how the textarea looks now, where it is, and what it says. */
  update() {
    const element = this.#element;
    const style = getComputedStyle(element);
    for (const name of COPIED) this.#copy.style[name] = style[name];
    this.#copy.lang = element.closest("[lang]")?.lang ?? "";
    const box = element.getBoundingClientRect();
    const scale = element.offsetWidth ? box.width / element.offsetWidth : 1; // a page may be zoomed by a transform
    Object.assign(this.#clip.style, {
      left: `${box.left + element.clientLeft * scale}px`,
      top: `${box.top + element.clientTop * scale}px`,
      width: `${element.clientWidth}px`,
      height: `${element.clientHeight}px`,
      transform: scale === 1 ? "" : `scale(${scale})`,
    });
    this.#copy.style.width = `${element.clientWidth}px`;
    this.#copy.style.transform = `translate(${-element.scrollLeft}px, ${-element.scrollTop}px)`;
    if (this.#text.data !== element.value) this.#text.data = element.value;
  }

  /** Where a part of the text is on the screen. */
  rects(start, end) {
    const range = document.createRange();
    const most = this.#text.length;
    range.setStart(this.#text, Math.min(start, most));
    range.setEnd(this.#text, Math.min(end, most));
    return [...range.getClientRects()].filter((rect) => rect.width);
  }

  /** Draw a strip under each of these parts. */
  draw(findings) {
    this.update();
    const origin = this.#clip.getBoundingClientRect();
    const scale = this.#clip.offsetWidth ? origin.width / this.#clip.offsetWidth : 1;
    this.#strips.replaceChildren(
      ...findings.flatMap((finding) =>
        this.rects(finding.start, finding.end).map((rect) => {
          const strip = document.createElement("i");
          strip.className = finding.severity;
          Object.assign(strip.style, {
            left: `${(rect.left - origin.left) / scale}px`,
            top: `${(rect.bottom - origin.top) / scale - 2}px`,
            width: `${rect.width / scale}px`,
          });
          return strip;
        }),
      ),
    );
  }

  close() {
    this.#clip.remove();
  }
}
