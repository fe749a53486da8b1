// Popovers stand under the button that opens them, inside the window.

import { byId } from "./dom.js";

const GAP = 6;
const EDGE = 12;

/** Keep a popover under its button; in a menu, arrows walk. */
export function placeUnder(popover, button) {
  byId(popover).addEventListener("keydown", walk);
  byId(popover).addEventListener("toggle", (event) => event.newState === "open" && place(byId(popover), byId(button)));
}

function place(popover, button) {
  const at = button.getBoundingClientRect();
  const box = popover.getBoundingClientRect();
  const wanted = document.dir === "rtl" ? at.left : at.right - box.width;
  popover.style.top = `${at.bottom + GAP}px`;
  popover.style.left = `${Math.max(EDGE, Math.min(wanted, document.documentElement.clientWidth - box.width - EDGE))}px`;
  popover.querySelector("button, input")?.focus();
}

function walk(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by || event.altKey || event.currentTarget.role !== "menu") return;
  event.preventDefault();
  const items = [...event.currentTarget.querySelectorAll("[role=menuitem]")];
  items.at((items.indexOf(document.activeElement) + by) % items.length).focus();
}
