// The popup: on and off, what the draft is like, a better reply, and which message is the customer's.

import { MESSAGES } from "../data.js";
import { speaker } from "../content/speaking.js";

const api = globalThis.browser ?? globalThis.chrome;
const SCORES = ["respect", "empathy", "originality"];
const at = (id) => document.getElementById(id);
const parameters = new URLSearchParams(location.search);

let say;
let tab;

/** A number in the digits of the words around it. */
function digits(value) {
  return say.lang === "fa" ? String(value).replace(/\d/g, (digit) => "۰۱۲۳۴۵۶۷۸۹"[digit]) : String(value);
}

async function speak() {
  const { lang } = await api.storage.local.get("lang");
  say = speaker(MESSAGES, lang || api.i18n.getUILanguage());
  document.documentElement.lang = say.lang;
  document.documentElement.dir = say.lang === "fa" ? "rtl" : "ltr";
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  at("lang").textContent = say.lang === "fa" ? "English" : "فارسی";
  at("lang").lang = say.lang === "fa" ? "en" : "fa";
}

async function state() {
  try {
    return await api.tabs.sendMessage(tab.id, { show: "state" });
  } catch {
    return null; // nothing of ours runs there
  }
}

async function show() {
  const known = await state();
  const web = /^https?:/.test(tab.url ?? "");
  at("inside").hidden = !known;
  at("outside").hidden = Boolean(known) || !web;
  if (!known) return;
  const { settings, session, recipe, verified } = known;
  at("site").textContent = known.site;
  at("on").checked = !settings.off;
  at("draft").hidden = !session?.text || settings.off;
  at("empty").hidden = Boolean(session?.text) || settings.off;
  at("pick").hidden = settings.off;
  at("forget").hidden = settings.off || !settings.customer;
  at("recipe").textContent = settings.customer ? say("recipe_yours") : say(recipe ? (verified ? "recipe_known" : "recipe_unverified") : "recipe_none");
  if (!session) return;
  at("scores").replaceChildren(
    ...SCORES.flatMap((name) => {
      const value = session.scores?.[name];
      if (value == null) return [];
      const [label, cell, figure] = ["dt", "dd", "dd"].map((tag) => document.createElement(tag));
      const meter = Object.assign(document.createElement("meter"), { min: 0, max: 100, low: 50, high: 75, optimum: 100, value });
      meter.setAttribute("aria-label", say(`score_${name}`));
      label.textContent = say(`score_${name}`);
      cell.append(meter);
      figure.textContent = digits(Math.round(value));
      return [label, cell, figure];
    }),
  );
  const { error, warning, suggestion } = session.counts;
  at("counts").textContent = error + warning + suggestion ? say("counts", [error, warning, suggestion].map(digits)) : say("chip_good");
  at("customer").textContent = say(session.customer ? "customer_read" : "customer_unseen");
}

async function host() {
  const answer = await api.runtime.sendMessage({ host: true });
  const missing = answer?.error?.code === "host";
  at("host").hidden = !answer?.error;
  at("host").textContent = missing ? say("host_missing") : answer?.error?.message ?? "";
}

async function setSite(change) {
  const { sites = {} } = await api.storage.local.get("sites");
  const { site } = await state();
  await api.storage.local.set({ sites: { ...sites, [site]: { ...sites[site], ...change } } });
  setTimeout(show, 150);
}

function tell(message) {
  api.tabs.sendMessage(tab.id, message).catch(() => {});
  window.close(); // what follows happens in the page
}

at("lang").addEventListener("click", async () => {
  await api.storage.local.set({ lang: say.lang === "fa" ? "en" : "fa" });
  await speak();
  await show();
});
at("on").addEventListener("change", () => setSite({ off: !at("on").checked }));
at("better").addEventListener("click", () => tell({ show: "better" }));
at("pick").addEventListener("click", () => tell({ show: "picker" }));
at("forget").addEventListener("click", () => setSite({ customer: "" }));
at("allow").addEventListener("click", async () => {
  const { protocol, hostname } = new URL(tab.url);
  const pattern = `${protocol}//${hostname}/*`;
  if (!(await api.permissions.request({ origins: [pattern] }))) return;
  await api.runtime.sendMessage({ site: pattern, tab: tab.id });
  setTimeout(show, 300);
});

await speak();
// Tests open the popup as a page, and name the tab that it is about.
const wanted = Number(parameters.get("tab"));
[tab] = wanted ? [await api.tabs.get(wanted)] : await api.tabs.query({ active: true, currentWindow: true });
await Promise.all([show(), host()]);
