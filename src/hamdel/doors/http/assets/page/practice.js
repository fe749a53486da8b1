// Practice: a message, a reply, what hamdel says of it, and one that does it well. Nothing is kept unless it is saved.

import { call, preparation, session } from "./api.js";
import { byId, el } from "./dom.js";
import { Field } from "./field.js";
import { Findings } from "./findings.js";
import { cardsOf } from "./offers.js";
import { chosen, newCode } from "./rounds.js";
import { meters } from "./scores.js";
import { sentences } from "./sentences.js";
import { summary } from "./summary.js";
import { toast } from "./toast.js";
import { known } from "./who.js";
import { has, number, say } from "./words.js";

// A team's own messages are for those who have a token.
const own = await session().then(({ practice }) => practice && call("practice")).catch((cause) => void toast(cause.message));
const exercises = own ? own.exercises : await (await fetch(new URL("exercises.json", import.meta.url))).json();
const draft = new Field(byId("reply"));
const findings = new Findings(byId("findings"), { shown: mark });
const room = { round: [], at: 0, results: [], code: "", hiring: false, name: "", checked: "" };
const exercise = () => room.round[room.at];
const about = ({ customer, channel = "chat", audience = "consumer" }) => ({ customer, channel, audience });

function show(part) {
  for (const name of ["start", "exercise", "summary"]) byId(name).hidden = name !== part;
  scrollTo(0, 0);
}

function begin(messages, code, hiring = false) {
  const round = chosen(messages, code);
  if (!round.length) return toast(say("practice.none_found"));
  Object.assign(room, { round, at: 0, code, hiring, results: round.map((one) => ({ exercise: one, reply: "", tries: [] })) });
  show("exercise");
  return next(0);
}

function next(at) {
  room.at = at;
  room.checked = "";
  const { customer, channel = "chat" } = exercise();
  byId("progress").textContent = say("practice.progress", { n: number(at + 1), all: number(room.round.length) });
  byId("steps").replaceChildren(...room.round.map((_, i) => el("i", { class: i < at ? "past" : i === at ? "now" : "" })));
  byId("message").textContent = customer;
  byId("channel").textContent = say(`channel.${channel}`);
  byId("feedback").hidden = true;
  byId("good").hidden = true;
  draft.area.value = "";
  draft.area.dispatchEvent(new Event("input"));
  buttons();
  draft.area.focus();
}

function buttons() {
  const tried = room.results[room.at].tries.length > 0;
  const last = room.at === room.round.length - 1;
  byId("check").hidden = room.hiring;
  byId("check").disabled = !draft.value.trim() || draft.value === room.checked;
  byId("check").textContent = say(tried ? "practice.again" : "practice.check");
  byId("check").classList.toggle("plain", tried);
  byId("show-good").hidden = room.hiring || !tried || !exercise().reply;
  byId("show-good").textContent = say(byId("good").hidden ? "practice.show_good" : "practice.hide_good");
  byId("next").textContent = say(!tried && !room.hiring ? "practice.skip" : last ? "practice.finish" : "practice.next");
  byId("next").classList.toggle("plain", !tried && !room.hiring);
  byId("next").disabled = room.hiring && !draft.value.trim();
}

async function check() {
  const result = room.results[room.at];
  const text = draft.value;
  const report = await call("check", { draft: text, ...about(exercise()) });
  result.reply = text;
  result.tries.push({ reply: text, scores: report.scores, findings: report.findings });
  room.checked = text;
  return report;
}

async function feedback() {
  await attempt(async () => {
    const report = await check();
    byId("feedback").hidden = false;
    byId("meters").replaceChildren(meters(report.scores, ["respect", "empathy"]));
    const cards = cardsOf(report, room.checked);
    byId("none").hidden = cards.length > 0;
    findings.show(cards);
    mark();
    buttons();
    byId("feedback").scrollIntoView({ block: "nearest", behavior: "smooth" });
  });
}

function mark() {
  draft.marks.show(
    findings.cards.flatMap((card) =>
      card.ranges.flatMap((range) => {
        const level = card.finding.severity;
        return card === findings.current ? [{ ...range, level }, { ...range, level: `current-${level}` }] : [{ ...range, level }];
      }),
    ),
  );
}

async function toggleGood() {
  const box = byId("good");
  box.hidden = !box.hidden;
  buttons();
  if (box.hidden) return;
  await attempt(async () => {
    const result = room.results[room.at];
    const [good, yours] = await Promise.all([
      sentences(exercise().reply, about(exercise())),
      sentences(result.reply, about(exercise()), result.tries.at(-1).findings),
    ]);
    byId("good-sentences").replaceChildren(good);
    byId("your-sentences").replaceChildren(yours);
    box.scrollIntoView({ block: "nearest", behavior: "smooth" });
  });
}

async function goOn() {
  await attempt(async () => {
    if (room.hiring) await check();
    if (room.at < room.round.length - 1) return next(room.at + 1);
    return finish();
  });
}

async function finish() {
  byId("summary").replaceChildren(await summary(room, () => show("start")));
  show("summary");
}

async function attempt(work) {
  try {
    await work();
  } catch (cause) {
    toast(cause.message);
  }
}

function filtered() {
  const [situation, emotion] = [byId("situation").value, byId("emotion").value];
  return exercises.filter((one) => (!situation || one.situation === situation) && (!emotion || one.emotion === emotion));
}

function setUp() {
  const situations = [...new Set(exercises.map((one) => one.situation))].filter(Boolean);
  const emotions = [...new Set(exercises.map((one) => one.emotion))].filter((one) => one !== "neutral");
  const options = (values, kind) => [el("option", { value: "" }, say("practice.any")), ...values.map((value) => el("option", { value }, has(`${kind}.${value}`) ? say(`${kind}.${value}`) : value))];
  byId("situation").append(...options(situations, "situation"));
  byId("emotion").append(...options(emotions, "emotion"));
  byId("code").value = new URLSearchParams(location.search).get("code") ?? "";
}

function hire(event) {
  event.preventDefault();
  const code = byId("code").value.trim().toUpperCase() || newCode();
  room.name = byId("name").value.trim();
  history.replaceState(null, "", `?code=${encodeURIComponent(code)}`);
  begin(exercises, code, true);
}

draft.area.addEventListener("input", () => {
  draft.marks.show([]);
  buttons();
});
byId("begin").addEventListener("click", () => {
  room.name = "";
  begin(filtered(), newCode());
});
byId("new-code").addEventListener("click", () => (byId("code").value = newCode()));
byId("hire").addEventListener("submit", hire);
byId("check").addEventListener("click", feedback);
byId("show-good").addEventListener("click", toggleGood);
byId("next").addEventListener("click", goOn);
byId("quit").addEventListener("click", finish);
addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || byId("exercise").hidden) return;
  event.preventDefault();
  const button = [byId("check"), byId("next")].find((one) => !one.hidden && !one.disabled);
  button?.click();
});
addEventListener("beforeunload", (event) => {
  if (!byId("exercise").hidden && room.results.some((result) => result.tries.length)) event.preventDefault();
});
known().catch((cause) => toast(cause.message));
preparation((waits) => waits && toast(say("preparing.title"))).catch(() => {}); // whoever is asked next says what is wrong
setUp();
for (const id of ["begin", "begin-code"]) byId(id).disabled = false; // there is somebody to listen now
