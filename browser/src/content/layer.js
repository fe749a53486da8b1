// One layer above the page for all that is ours; the page's styles and scripts don't reach into it.

import { STYLE } from "./style.js";

let host = null;
let root = null;

/** Return the layer; it is put back when a page has thrown it away. */
export function layer() {
  if (!root) {
    host = document.createElement("hamdel-layer");
    // Neither a page's "* { display: … }" nor its direction may move it.
    host.style.cssText = "all: initial !important; position: fixed !important; inset: 0 auto auto 0 !important; width: 0 !important; height: 0 !important; z-index: 2147483647 !important; direction: ltr !important;";
    root = host.attachShadow({ mode: "closed" });
    const style = document.createElement("style");
    style.textContent = STYLE;
    root.append(style);
    for (const event of ["keydown", "keyup", "keypress", "input", "click", "pointerdown", "mousedown", "mouseup", "focusin", "focusout"]) {
      host.addEventListener(event, (happened) => happened.stopPropagation()); // pages listen for keys everywhere
    }
  }
  if (!host.isConnected) document.documentElement.append(host);
  return root;
}

/** Whether an event came out of the layer. */
export function isOurs(event) {
  return Boolean(host) && event.composedPath()[0] === host;
}

/** The element of the layer that has the focus. */
export function focused() {
  return root?.activeElement ?? null;
}

export function removeLayer() {
  host?.remove();
  host = null;
  root = null;
}
