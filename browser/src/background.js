// Between the pages and the host: one port, kept open while somebody writes, and closed after a while.

import { CONTENT } from "./data.js";

const api = globalThis.browser ?? globalThis.chrome;
const HOST = "hamdel";
const IDLE = 15 * 60 * 1000; // after that the host's memory is given back
const AGAIN = 5000; // before a host that isn't there is looked for once more
const METHODS = new Set(["check", "improve", "explain", "faults", "label"]);
const TALK = ["draft", "customer", "agent", "channel", "turn", "document", "show_personal_data", "check", "start", "end", "verdict"];

let port = null;
let number = 0;
let failure = null; // {message, at}
let idle = 0;
const waiting = new Map();
let preparing = false; // the host compiles its word lists, once after installing

function connected() {
  if (port) return port;
  if (failure && Date.now() - failure.at < AGAIN) throw new Error(failure.message);
  const opened = api.runtime.connectNative(HOST);
  port = opened;
  opened.onMessage.addListener(({ id, method, result, error }) => {
    failure = null;
    preparing = method === "preparing";
    if (preparing) for (const { sender } of waiting.values()) tellToWait(sender);
    waiting.get(id)?.answer(error ? { error } : { result });
    waiting.delete(id);
  });
  opened.onDisconnect.addListener((ended) => {
    const message = (ended.error ?? api.runtime.lastError)?.message ?? "the host has ended";
    if (port === opened) {
      port = null;
      failure = { message, at: Date.now() };
    }
    for (const { answer } of waiting.values()) answer({ error: { code: "host", message } });
    waiting.clear();
    preparing = false;
  });
  setLanguage();
  return opened;
}

async function setLanguage() {
  const { lang } = await api.storage.local.get("lang");
  const chosen = (lang || api.i18n.getUILanguage()).toLowerCase().startsWith("fa") ? "fa" : "en";
  ask("initialize", { settings: { lang: chosen } }).catch(() => {});
}

/** Whoever asked from a page sees why nothing comes yet. */
function tellToWait(sender) {
  if (sender?.tab) api.tabs.sendMessage(sender.tab.id, { preparing: true }, { frameId: sender.frameId }).catch(() => {});
}

function ask(method, params, sender = null) {
  return new Promise((answer) => {
    try {
      const open = connected();
      number += 1;
      waiting.set(number, { answer, sender });
      if (preparing) tellToWait(sender);
      open.postMessage({ jsonrpc: "2.0", id: number, method, params });
    } catch (error) {
      answer({ error: { code: "host", message: error.message } });
    }
    clearTimeout(idle);
    idle = setTimeout(rest, IDLE);
  });
}

function rest() {
  port?.disconnect();
  port = null;
}

api.runtime.onMessage.addListener((message, sender, answer) => {
  if (sender.id !== api.runtime.id) return false;
  if (METHODS.has(message.method)) {
    const params = {};
    for (const name of TALK) if (message.params?.[name] != null) params[name] = message.params[name];
    // Two frames, or two windows, may have fields of one name.
    if (params.document) params.document = `${sender.tab?.id}:${sender.frameId}:${params.document}`;
    ask(message.method, params, sender).then(answer);
    return true;
  }
  if (message.hello) {
    try {
      connected();
    } catch {
      // Said when somebody asks.
    }
  } else if ("counted" in message && sender.tab) {
    api.action.setBadgeText({ tabId: sender.tab.id, text: message.counted ? String(message.counted) : "" });
    api.action.setBadgeBackgroundColor({ tabId: sender.tab.id, color: "#c62828" });
  } else if (message.host) {
    if (failure) failure.at = 0; // the user asks: look at once
    ask("initialize", {}).then(answer);
    return true;
  } else if (message.site) {
    allow(message.site, message.tab).then(answer, (error) => answer({ error: { message: error.message } }));
    return true;
  }
  return false;
});

/** Run on a site that the user has allowed, now and from now on. */
async function allow(pattern, tab) {
  const id = `site-${pattern}`;
  const known = await api.scripting.getRegisteredContentScripts({ ids: [id] });
  const script = { ...CONTENT, id, matches: [pattern], persistAcrossSessions: true };
  if (!known.length) await api.scripting.registerContentScripts([script]);
  await api.scripting.insertCSS({ target: { tabId: tab, allFrames: true }, files: CONTENT.css });
  await api.scripting.executeScript({ target: { tabId: tab, allFrames: true }, files: CONTENT.js });
  return { result: true };
}

/** A site that isn't allowed any more isn't run on. */
api.permissions.onRemoved.addListener(async ({ origins = [] }) => {
  const gone = origins.map((origin) => `site-${origin}`);
  const known = await api.scripting.getRegisteredContentScripts();
  const ids = known.map(({ id }) => id).filter((id) => gone.includes(id));
  if (ids.length) await api.scripting.unregisterContentScripts({ ids });
});

api.storage.onChanged.addListener((changes) => {
  if ("lang" in changes && port) setLanguage();
});

