// The page's own texts, and numbers as its language writes them.

import en from "./texts.en.js";
import fa from "./texts.fa.js";

export const lang = document.documentElement.lang === "en" ? "en" : "fa";
const texts = lang === "en" ? en : fa;
const digits = new Intl.NumberFormat(lang === "fa" ? "fa-IR" : "en", { maximumFractionDigits: 0 });

/** The text called `path` ("compose.copy") with its `{names}` filled in; the path's last part when there is none. */
export function say(path, values = {}) {
  const text = path.split(".").reduce((part, name) => part?.[name], texts);
  if (typeof text !== "string") return path.split(".").at(-1);
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
}

/** Whether there is such a text. */
export const has = (path) => typeof path.split(".").reduce((part, name) => part?.[name], texts) === "string";

/** A whole number in the language's digits, without a sign that could jump to the wrong side. */
export const number = (value) => digits.format(value);
