// What runs in a page: finds the field that is written in, and keeps one session with it.

import { fieldOf } from "./fields.js";
import { removeLayer } from "./layer.js";
import { pick } from "./picker.js";
import { isEditor, recipeFor, selectorFor } from "./recipes.js";
import { Session } from "./session.js";
import { speaker } from "./speaking.js";

/** Start in this page. */
export async function begin({ api, recipes, messages }) {
  const site = location.host;
  let session = null;
  let settings = { off: false, customer: "" };
  let say = speaker(messages, "");

  const ask = async (method, params) => {
    const answer = await api.runtime.sendMessage({ method, params });
    if (!answer) throw new Error("no answer");
    if (answer.error) throw Object.assign(new Error(answer.error.message), answer.error);
    return answer.result;
  };
  const world = {
    ask,
    get say() {
      return say;
    },
    get recipe() {
      return recipeFor(recipes, location.href, document);
    },
    pointed: () => settings.customer,
    counted: counter((count) => tell(api, { counted: count })),
  };
  const end = () => {
    session?.end();
    session = null;
    removeLayer();
  };
  const attach = (element) => {
    const field = element && fieldOf(element);
    if (settings.off || !field || session?.element === field || !isEditor(world.recipe, field)) return;
    session?.end();
    session = new Session(field, world);
  };
  const find = () => {
    if (settings.off || session?.element.isConnected) return;
    attach(document.activeElement);
    for (const selector of session ? [] : world.recipe?.editor ?? []) {
      const found = document.querySelector(selector);
      if (found) attach(found);
      if (session) break;
    }
  };
  const read = async () => {
    const kept = await api.storage.local.get(["sites", "lang"]);
    settings = { off: false, customer: "", ...kept.sites?.[site] };
    say = speaker(messages, kept.lang || api.i18n.getUILanguage());
    if (settings.off) end();
    else if (session) session.change(true);
    else find();
  };

  await read();
  document.addEventListener("focusin", (event) => attach(event.composedPath()[0]), true);
  new MutationObserver(throttled(find, 300)).observe(document.documentElement, { childList: true, subtree: true });
  api.storage.onChanged.addListener(read);
  api.runtime.onMessage.addListener((message, _, answer) => {
    if (message.show === "state") {
      // Of all frames the one that is written in answers; the page itself when none is.
      if (!session && window !== window.top) return false;
      answer({ site, settings, recipe: world.recipe?.id ?? null, verified: world.recipe?.verified ?? null, session: session?.state() ?? null });
    } else if (message.preparing) {
      session?.wait();
    } else if (message.show === "better") {
      session?.improve();
    } else if (message.show === "picker" && window === window.top) {
      point();
    }
    return false;
  });

  const point = async () => {
    const element = await pick();
    if (!element) return;
    const kept = (await api.storage.local.get("sites")).sites ?? {};
    const customer = selectorFor(element, session ? [session.element] : []);
    await api.storage.local.set({ sites: { ...kept, [site]: { ...kept[site], customer } } });
  };
  if (settings.off) return;
  tell(api, { hello: true }); // the host has its words ready before the first draft is written
}

/** Send what needs no answer; an extension that was reloaded has nobody to take it. */
function tell(api, message) {
  try {
    api.runtime.sendMessage(message).catch(() => {});
  } catch {
    // This copy is out of date; the page has to be loaded anew.
  }
}

function counter(told) {
  let last = 0;
  return (count) => {
    if (count !== last) told(count);
    last = count;
  };
}

function throttled(work, wait) {
  let timer = 0;
  return () => {
    timer ||= setTimeout(() => {
      timer = 0;
      work();
    }, wait);
  };
}
