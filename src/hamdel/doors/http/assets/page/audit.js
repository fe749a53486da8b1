// An audit without a terminal: a file, its columns, a bar, the report.

import { call, request } from "./api.js";
import { asked, question } from "./asking.js";
import { bdi, byId, cell, el } from "./dom.js";
import { told } from "./told.js";
import { known } from "./who.js";
import { lang, number, say } from "./words.js";

const EVERY = 500; // ms between two looks at the progress
// In the order in which people look for them.
const FIELDS = ["reply", "message", "agent", "time", "channel", "csat", "customer", "thread", "turn", "id"];
const MAIN = ["reply", "message", "agent", "time"]; // shown even where nothing was guessed
const READ = [...MAIN, "channel", "csat"]; // of a program's export, what people look at
const dates = new Intl.DateTimeFormat(lang === "fa" ? "fa-IR" : "en", { dateStyle: "medium" });
const STEPS = ["choose", "ask", "columns", "running", "ready"];
let file = null;
let answers = {}; // what was asked and answered
let job = "";

function show(step) {
  for (const name of STEPS) byId(name).hidden = name !== step;
}

function problem(text) {
  byId("problem").hidden = !text;
  byId("problem").textContent = text ?? "";
}

async function attempt(work, back) {
  problem(null);
  try {
    await work();
  } catch (cause) {
    problem(cause.message);
    show(back);
  }
}

function receive(chosen) {
  if (!chosen) return;
  job = "";
  answers = {};
  attempt(async () => {
    show("running");
    waiting(say("audit.reading", { name: chosen.name }));
    file = await request(`/api/audit/upload?name=${encodeURIComponent(chosen.name)}`, {
      headers: { "Content-Type": "application/octet-stream" },
      body: chosen,
    });
    looked();
  }, "choose");
}

function looked() {
  if (file.question) ask(file.question);
  else columns();
}

function ask(what) {
  question(what, answers[what.asked]);
  show("ask");
  byId("answers").querySelector("input")?.focus();
}

function answer() {
  const found = asked();
  if (!found) return problem(say("audit.need_answer"));
  return again_with({ ...answers, ...found, columns: { ...answers.columns, ...found.columns } }, "ask");
}

function again_with(next, back) {
  return attempt(async () => {
    const given = { id: file.id, ...next };
    show("running");
    waiting(say("audit.reading", { name: file.name }));
    file = await call("audit/preview", given);
    answers = next;
    looked();
  }, back);
}

// What was decided from the data can be asked after all: nobody is called by an empty name.
const otherwise = {
  team: () => again_with({ ...answers, team: [""] }, "columns"),
  date_order: () => ask({ asked: "date_order", choices: ["dmy", "mdy"] }),
  preset: () => again_with({ ...answers, preset: "none" }, "columns"),
};

function columns() {
  const shape = { n: number(file.rows), name: `\u2068${file.name}\u2069` };
  byId("found").textContent = file.rows ? say(file.program ? "audit.found_replies" : "audit.found", shape) : say("audit.no_rows");
  byId("told").replaceChildren(...told(file, otherwise));
  byId("columns-text").hidden = byId("fields").hidden = Boolean(file.program);
  byId("start").hidden = !file.rows && !file.columns.length;
  const roles = FIELDS.filter((name) => name in file.guessed);
  const plain = roles.filter((name) => MAIN.includes(name) || file.guessed[name]);
  byId("fields").replaceChildren(...plain.map(field));
  byId("more-fields").replaceChildren(...roles.filter((name) => !plain.includes(name)).map(field));
  byId("more").hidden = plain.length === roles.length || Boolean(file.program);
  const filled = shown().filter((i) => file.sample.some((row) => row[i]));
  byId("sample").replaceChildren(
    el("thead", {}, el("tr", {}, filled.map((i) => el("th", { scope: "col" }, el("bdi", {}, heading(file.columns[i])))))),
    el("tbody", {}, file.sample.map((row) => el("tr", {}, filled.map((i) => el("td", {}, cell(readable(file.columns[i], row[i]))))))),
  );
  byId("rows").hidden = !filled.length;
  show("columns");
  (byId("start").hidden ? byId("found") : byId("start")).focus();
}

// Of a table all columns in its own order; of a program's export what was read from it, by our names.
function shown() {
  const known = READ.map((name) => file.columns.indexOf(file.guessed[name])).filter((i) => i >= 0);
  return file.program ? known : file.columns.map((_, i) => i);
}

function heading(column) {
  const role = file.program && FIELDS.find((name) => file.guessed[name] === column);
  return role ? say(`field.${role}`) : column;
}

// Times come as seconds since 1970, scores as numbers.
function readable(column, text) {
  if (column === file.guessed.time && /^\d{9,11}(\.\d+)?$/u.test(text)) return dates.format(1000 * Number(text));
  return /^\d+\.0$/u.test(text) ? number(Number(text)) : text;
}

function field(name) {
  const options = file.columns.map((column) => el("option", { value: column, selected: column === file.guessed[name] }, column));
  // Once somebody has said where the replies are, the other columns can be guessed, and are shown.
  const onchange = name === "reply" && !file.guessed.reply && (({ target }) => target.value && again_with({ ...answers, columns: { reply: target.value } }, "columns"));
  const select = el("select", { name, onchange: onchange || null }, el("option", { value: "" }, say("audit.unused")), options);
  return el("label", {}, say(`field.${name}`), " ", select);
}

function start() {
  const named = Object.fromEntries([...byId("columns").querySelectorAll("select")].map(({ name, value }) => [name, value || "none"])); // what is left open isn't guessed again
  if (named.customer === file.guessed.customer) delete named.customer; // a column of ids by our guess may have names in it, which are none
  const chosen = file.program ? {} : named; // its columns have been read already
  if (chosen.reply === "none") return problem(say("audit.need_reply"));
  return attempt(async () => {
    answers = { ...answers, columns: chosen }; // for a question that comes only now
    show("running");
    ({ job } = await call("audit/start", { id: file.id, ...answers, lang, agent_pages: byId("agent-pages").checked }));
    waiting(say("audit.running"));
    await watch();
  }, "columns");
}

async function watch() {
  for (;;) {
    const found = await call("audit/status", { job });
    if (found.state === "done") return ready(found);
    if (found.question) return ask(found.question);
    if (found.state !== "running") {
      show("columns");
      return problem(found.state === "cancelled" ? say("audit.cancelled") : (found.message ?? say("audit.failed")));
    }
    moved(found);
    await new Promise((wait) => setTimeout(wait, EVERY));
  }
}

function waiting(text) {
  byId("state").textContent = text;
  byId("cancel").hidden = !job;
  byId("bar").removeAttribute("value");
  byId("done").textContent = "";
}

function moved({ done, total }) {
  if (!total) return;
  byId("bar").max = total;
  byId("bar").value = done;
  byId("done").textContent = say("audit.progress", { done: number(done), total: number(total) });
}

function ready({ report, done, agents }) {
  byId("own").hidden = !agents.length;
  byId("agents").replaceChildren(...agents.map(({ name, page }) => el("li", {}, el("a", { href: page, download: "" }, bdi(name)))));
  byId("open").href = report;
  byId("made").textContent = done ? say("audit.read", { n: number(done) }) : "";
  show("ready");
  byId("open").focus();
}

function again() {
  byId("file").value = "";
  problem(null);
  show("choose");
}

byId("file").addEventListener("change", (event) => receive(event.target.files[0]));
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    byId("drop").classList.toggle("over", name === "dragover");
    if (name === "drop") receive(event.dataTransfer.files[0]);
  });
}
byId("start").addEventListener("click", start);
byId("go-on").addEventListener("click", answer);
byId("other").addEventListener("click", again);
byId("another").addEventListener("click", again);
byId("again").addEventListener("click", again);
byId("cancel").addEventListener("click", () => job && call("audit/cancel", { job }).catch((cause) => problem(cause.message)));
known().then(({ audit, role }) => {
  if (audit) return;
  byId("choose").hidden = true;
  problem(say(role === "lead" ? "audit.none" : "audit.leads_only"));
}, (cause) => problem(cause.message));
