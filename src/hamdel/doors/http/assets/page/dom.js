// Small helpers for making elements; nothing is ever parsed as HTML.

/** Make an element: `el("p", {class: "quiet", onclick: f}, "text", child)`. */
export function el(tag, props = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name in made && typeof value === "boolean") made[name] = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** The element with this id. */
export const byId = (id) => document.getElementById(id);

/** A text of the customer's or the agent's, kept from mixing with what stands around it. */
export const bdi = (text, props = {}) => el("bdi", props, text);

/** A text that may be a number, which runs from left to right where it has no letter (a masked phone's). */
export const cell = (text) => (/\p{L}/u.test(text) ? text : bdi(text, { dir: "ltr" }));

/** A key or several, always in their own order. */
export const keys = (...names) =>
  el("span", { class: "keys", dir: "ltr", "aria-hidden": "true" }, names.map((name) => el("kbd", {}, name)));
