// The page where a reply is written: message, draft, findings, scores.

import { call, preparation } from "./api.js";
import { setUpBetter, showBetter } from "./better.js";
import { byId, el, keys } from "./dom.js";
import { Field } from "./field.js";
import { Findings } from "./findings.js";
import { Live } from "./live.js";
import { cardsOf, safeCount } from "./offers.js";
import { setUpMissed } from "./missed.js";
import { edited, moved } from "./offsets.js";
import { meters, parts } from "./scores.js";
import { agentName, context, settingsIn } from "./settings.js";
import { placeUnder } from "./popover.js";
import { toast } from "./toast.js";
import { known } from "./who.js";
import { has, lang, number, say } from "./words.js";

const SLOT = /\[[^[\]\n]{1,200}\]/gu; // of one within another the inner one
const customer = new Field(byId("customer"));
const draft = new Field(byId("draft"));
const findings = new Findings(byId("findings"), { take, wrong, shown });
const live = new Live(answered, failed);
const silenced = new Set(); // what was called wrong in this text
let shownText = "";
let last = null; // the last report
let preparing = false; // the word lists, once after installing

const params = () => ({ draft: draft.value, customer: customer.value, ...context() });

function ask(pause) {
  if (draft.value.trim()) live.ask({ ...params(), document: "draft" }, pause);
  else clear();
}

function clear() {
  live.drop();
  shownText = draft.value;
  last = null;
  silenced.clear();
  render([], null);
}

function answered(report, asked) {
  if (asked.draft !== draft.value) return;
  shownText = asked.draft;
  last = report;
  problem(null);
  render(cardsOf(report, asked.draft).filter((card) => !silenced.has(nameOf(card))), report);
}

// What was called wrong stays so wherever the words are moved to.
const nameOf = ({ finding }) => `${finding.check} ${finding.kind} ${finding.matched}`;

function failed(cause) {
  problem(cause.message);
}

function problem(text) {
  byId("problem").hidden = !text;
  byId("problem-text").textContent = text ?? "";
}

function render(cards, report) {
  findings.show(cards);
  mark();
  const safe = safeCount(cards);
  const count = cards.length ? say("findings.count", { n: number(cards.length) }) : "";
  if (byId("count").textContent !== count) byId("count").textContent = count; // said aloud only when it changes
  byId("safe-count").textContent = safe ? number(safe) : "";
  byId("safe").disabled = !safe;
  for (const id of ["better-open", "copy", "sent"]) byId(id).disabled = !draft.value.trim();
  byId("empty").replaceChildren(...emptiness(cards, report));
  byId("meters").replaceChildren(meters(report?.scores ?? null));
  byId("parts").hidden = !report?.scores;
  if (byId("parts").open) showParts();
  feeling(report?.emotion);
}

function emptiness(cards, report) {
  if (cards.length) return [];
  if (preparing && !report) return [el("p", { class: "state preparing", role: "status" }, el("b", {}, say("preparing.title")), el("span", {}, say("preparing.text")))];
  const state = !report || report.status === "nothing-to-check" ? "empty" : report.status === "not-persian" ? "not_persian" : "none";
  return [el("p", { class: `state ${state}` }, el("b", {}, say(`findings.${state}`)), el("span", {}, say(`findings.${state}_text`)))];
}

function feeling(emotion) {
  const box = byId("emotion");
  box.hidden = !emotion || !customer.value.trim() || !has(`emotion.${emotion}`);
  if (!box.hidden) box.textContent = say("compose.emotion", { emotion: say(`emotion.${emotion}`) });
}

async function showParts() {
  if (last?.scores) byId("parts-list").replaceChildren(...(await parts(last.scores)));
}

function mark() {
  const marks = [];
  for (const card of findings.cards) {
    for (const range of card.ranges) {
      marks.push({ ...range, level: card.finding.severity });
      if (card === findings.current) marks.push({ ...range, level: `current-${card.finding.severity}` });
    }
  }
  draft.marks.show(marks);
}

// While somebody types, marks go with their words until the next answer is there.
function follow() {
  const edit = edited(shownText, draft.value);
  shownText = draft.value;
  const kept = [];
  for (const card of findings.cards) {
    const ranges = card.ranges.map((range) => moved(range, edit));
    const offers = card.offers.map((offer) => ({ ...offer, changes: offer.changes.map((change) => moved(change, edit)), ...(offer.fill ? { fill: ranges[0] } : {}) }));
    if (ranges.includes(null) || offers.some((offer) => offer.changes.includes(null))) continue;
    kept.push(Object.assign(card, { ranges, offers }));
  }
  findings.show(kept);
  mark();
}

function shown(card, focus) {
  mark();
  const range = card.ranges[0];
  if (range && focus) draft.select(range.end, range.end);
  else if (range) draft.reveal(range.start, range.end);
}

// What is taken may have places to fill in: the first one is selected, so that typing fills it.
function take(card, offer) {
  if (offer.fill) return draft.select(offer.fill.start, offer.fill.end);
  const first = Math.min(...offer.changes.map((change) => change.start));
  draft.apply(offer.changes);
  const news = offer.changes.reduce((sum, change) => sum + change.new.length, 0);
  selectSlot(first, first + news + 2);
  return toast(say("compose.taken"), undoing());
}

function selectSlot(from, to) {
  SLOT.lastIndex = from;
  const slot = SLOT.exec(draft.value);
  if (slot && slot.index <= to) draft.select(slot.index, slot.index + slot[0].length);
}

const undoing = () => ({ label: say("compose.undo"), run: () => draft.undo() });

async function takeSafe() {
  await attempt(async () => {
    const asked = params();
    const fixed = await call("fix", asked);
    if (asked.draft !== draft.value) return toast(say("compose.changed"));
    if (!fixed.changed) return toast(say("compose.nothing_safe"));
    put(fixed.text);
    return toast(say("compose.fixed", { n: number(fixed.fixed.length) }), undoing());
  });
}

// Only what differs is replaced, so that the caret and the scroll stay near.
function put(text) {
  const { start, end, by } = edited(draft.value, text);
  draft.apply([{ start, end, new: text.slice(start, end + by) }]);
}

async function better() {
  if (!draft.value.trim()) return;
  await attempt(async () => {
    const asked = params();
    const accept = (text) => {
      put(text);
      selectSlot(0, text.length);
      toast(say("compose.accepted"), undoing());
    };
    if (!(await showBetter(asked, accept))) toast(say("better.same"));
  });
}

async function copy() {
  if (!draft.value.trim()) return;
  try {
    await navigator.clipboard.writeText(draft.value);
    toast(say("compose.copied"), ...(byId("sent").hidden ? [] : [{ label: say("compose.sent"), run: sent }]));
  } catch {
    draft.select(0, draft.value.length);
    toast(document.execCommand("copy") ? say("compose.copied") : say("compose.copy_failed"));
  }
}

async function sent() {
  await attempt(async () => {
    const { channel } = context();
    const answer = await call("archive/add", { reply: draft.value, channel, ...(agentName() ? { agent: agentName() } : {}) });
    const next = { label: say("compose.next_customer"), run: nextCustomer };
    toast(say(answer.added ? "compose.sent_done" : "compose.sent_already"), next);
  });
}

function nextCustomer() {
  draft.set("");
  customer.set("");
}

async function wrong(card) {
  const { check, start, end } = card.finding;
  await attempt(async () => {
    await call("label", { ...params(), check, start, end });
    silenced.add(nameOf(card));
    render(findings.cards.filter((one) => nameOf(one) !== nameOf(card)), last);
    toast(say("findings.wrong_done"));
  });
}

async function attempt(work) {
  try {
    await work();
  } catch (cause) {
    toast(cause.message);
  }
}

async function situations() {
  const menu = byId("situations");
  try {
    const { skeletons } = await call("skeletons");
    const start = (name) => () => (menu.hidePopover(), skeleton(name));
    menu.append(...skeletons.map(({ name, title }) => el("button", { type: "button", role: "menuitem", onclick: start(name) }, title[lang])));
  } catch (cause) {
    byId("situations-open").hidden = true;
    problem(cause.message);
  }
}

async function skeleton(situation) {
  await attempt(async () => {
    const found = await call("improve", { ...params(), situation });
    put(found.text);
    selectSlot(0, found.text.length);
    toast(say("compose.inserted"), undoing());
  });
}

const SHORTCUTS = [
  { key: "ArrowDown", alt: true, run: () => findings.walk(1) },
  { key: "ArrowUp", alt: true, run: () => findings.walk(-1) },
  { key: "Enter", alt: true, run: () => findings.current?.offers[0] && take(findings.current, findings.current.offers[0]) },
  { key: "Enter", alt: true, shift: true, run: takeSafe },
  { key: "Enter", ctrl: true, run: copy },
  { key: "Enter", ctrl: true, shift: true, run: better },
];

function shortcut(event) {
  if (byId("better").open) return;
  const ctrl = event.ctrlKey || event.metaKey;
  const found = SHORTCUTS.find(
    (one) => one.key === event.key && Boolean(one.alt) === event.altKey && Boolean(one.ctrl) === ctrl && Boolean(one.shift) === event.shiftKey,
  );
  if (!found) return;
  event.preventDefault();
  found.run();
}

// The caret in marked words opens their card.
function caretMoved() {
  if (document.activeElement !== draft.area) return;
  const { selectionStart, selectionEnd } = draft.area;
  if (selectionStart !== selectionEnd) return;
  const within = (card) => card.ranges.some(({ start, end }) => start <= selectionStart && selectionStart <= end);
  const card = findings.cards.find((one) => within(one));
  if (card && card !== findings.current && !within(findings.current)) findings.open(card, false);
}

function help() {
  const alt = say("keys.alt");
  const [ctrl, shift, enter] = [say("keys.ctrl"), say("keys.shift"), say("keys.enter")];
  const rows = { walk: [alt, "↓", "↑"], take: [alt, enter], safe: [alt, shift, enter], better: [ctrl, shift, enter], copy: [ctrl, enter], undo: [ctrl, "Z"] };
  byId("shortcuts").append(...Object.entries(rows).flatMap(([name, names]) => [el("dt", {}, keys(...names)), el("dd", {}, say(`keys.${name}`))]));
}

placeUnder("situations", "situations-open");
placeUnder("settings", "settings-open");
draft.area.addEventListener("input", () => (follow(), ask()));
customer.area.addEventListener("input", () => ask());
document.addEventListener("selectionchange", caretMoved);
document.addEventListener("keydown", shortcut);
byId("safe").addEventListener("click", takeSafe);
byId("better-open").addEventListener("click", better);
byId("copy").addEventListener("click", copy);
byId("sent").addEventListener("click", sent);
byId("parts").addEventListener("toggle", () => byId("parts").open && showParts());
byId("problem-again").addEventListener("click", () => ask(0));
known().then(({ archive, labels, user }) => {
  byId("sent").hidden = !archive;
  if (user) byId("agent").closest(".choice").hidden = true; // the server knows who writes

  byId("findings").classList.toggle("no-labels", !labels);
  if (labels) setUpMissed(draft, params, attempt);
}, failed);
preparation((waits) => {
  preparing = waits;
  if (!findings.cards.length) render([], last);
}).catch(() => {}); // whoever is asked next says what is wrong
setUpBetter();
settingsIn(() => ask(0));
help();
clear();
situations();
draft.area.focus();
if (draft.value) ask(0); // a reload: the browser may have kept what was there
