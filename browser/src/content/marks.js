// Marks under the words of findings: the browser's own in documents, strips over textareas.

const SEVERITIES = ["suggestion", "warning", "error"]; // the gravest last, so that it is drawn over the others

export class Marks {
  #field;

  constructor(field) {
    this.#field = field;
  }

  /** Draw these findings, and no others. */
  draw(findings, now = null) {
    const spans = findings.filter((finding) => finding.anchor !== "document" && finding.end > finding.start);
    if (this.#field.mirror) {
      this.#field.mirror.draw(spans);
      return;
    }
    const ranges = this.#field.ranges(spans);
    SEVERITIES.forEach((severity, priority) => {
      const highlight = new Highlight();
      highlight.priority = priority;
      spans.forEach((finding, at) => finding.severity === severity && ranges[at] && highlight.add(ranges[at]));
      CSS.highlights.set(`hamdel-${severity}`, highlight);
    });
    const at = spans.indexOf(now);
    CSS.highlights.set("hamdel-now", at >= 0 && ranges[at] ? new Highlight(ranges[at]) : new Highlight());
  }

  clear() {
    if (this.#field.mirror) this.#field.mirror.draw([]);
    else for (const name of [...SEVERITIES, "now"]) CSS.highlights.delete(`hamdel-${name}`);
  }
}
