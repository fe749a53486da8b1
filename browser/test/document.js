// As little of a document as the text mapping needs.

export class TextNode {
  nodeType = 3;
  constructor(data) {
    this.data = data;
  }
}

export class ElementNode {
  nodeType = 1;
  constructor(tag, children = [], attributes = {}) {
    this.tagName = tag.toUpperCase();
    this.attributes = attributes;
    this.childNodes = children.map((child) => (typeof child === "string" ? new TextNode(child) : child));
    for (const child of this.childNodes) child.parentNode = this;
  }
  getAttribute(name) {
    return this.attributes[name] ?? null;
  }
}

export const el = (tag, ...children) => new ElementNode(tag, children);
export const img = (alt) => new ElementNode("img", [], { alt });
