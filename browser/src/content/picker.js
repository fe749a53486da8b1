// «این پیام مشتری است»: the user points at a message, and we remember how such messages are found, never what they say.

import { make } from "./card.js";
import { isOurs, layer } from "./layer.js";

/** Let the user point at an element; the promise gives it, or null when Escape was pressed. */
export function pick() {
  return new Promise((give) => {
    const frame = make("div", { className: "frame" });
    let under = null;
    const move = (event) => {
      if (isOurs(event)) return;
      under = event.target;
      const { left, top, width, height } = under.getBoundingClientRect();
      Object.assign(frame.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
      if (!frame.isConnected) layer().append(frame);
    };
    const click = (event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (event.type === "click") end(event.target);
    };
    const key = (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      end(null);
    };
    const heard = [["pointermove", move], ["pointerdown", click], ["mousedown", click], ["click", click], ["keydown", key]];
    const end = (element) => {
      frame.remove();
      for (const [name, listener] of heard) window.removeEventListener(name, listener, true);
      give(element);
    };
    for (const [name, listener] of heard) window.addEventListener(name, listener, true);
  });
}
