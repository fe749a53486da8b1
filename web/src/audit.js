// An audit without a terminal: a file, its columns, a bar, the report.

import { call, request } from "./api.js";
import { byId, el } from "./dom.js";
import { known } from "./who.js";
import { lang, number, say } from "./words.js";

const EVERY = 500; // ms between two looks at the progress
// In the order in which people look for them.
const FIELDS = ["reply", "message", "agent", "time", "channel", "csat", "customer", "thread", "turn", "id"];
const MAIN = ["reply", "message", "agent", "time"]; // shown even where nothing was guessed
const dates = new Intl.DateTimeFormat(lang === "fa" ? "fa-IR" : "en", { dateStyle: "medium" });
const STEPS = ["choose", "columns", "running", "ready"];
let file = null;
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
  attempt(async () => {
    show("running");
    waiting(say("audit.reading", { name: chosen.name }));
    file = await request(`/api/audit/upload?name=${encodeURIComponent(chosen.name)}`, {
      headers: { "Content-Type": "application/octet-stream" },
      body: chosen,
    });
    columns();
  }, "choose");
}

function columns() {
  byId("found").textContent = say("audit.found", { n: number(file.rows), name: `\u2068${file.name}\u2069` });
  const asked = FIELDS.filter((name) => name in file.guessed);
  const plain = asked.filter((name) => MAIN.includes(name) || file.guessed[name]);
  byId("fields").replaceChildren(...plain.map(field));
  byId("more-fields").replaceChildren(...asked.filter((name) => !plain.includes(name)).map(field));
  byId("more").hidden = plain.length === asked.length;
  const filled = file.columns.map((_, i) => i).filter((i) => file.sample.some((row) => row[i]));
  byId("sample").replaceChildren(
    el("thead", {}, el("tr", {}, filled.map((i) => el("th", { scope: "col" }, el("bdi", {}, file.columns[i]))))),
    el("tbody", {}, file.sample.map((row) => el("tr", {}, filled.map((i) => el("td", {}, cell(file.columns[i], row[i])))))),
  );
  byId("rows").hidden = !filled.length;
  show("columns");
  byId("start").focus();
}

// Times come as seconds since 1970, scores as numbers.
function cell(column, text) {
  if (column === file.guessed.time && /^\d{9,11}(\.\d+)?$/u.test(text)) return dates.format(1000 * Number(text));
  return /^\d+\.0$/u.test(text) ? number(Number(text)) : text;
}

function field(name) {
  const options = file.columns.map((column) => el("option", { value: column, selected: column === file.guessed[name] }, column));
  const select = el("select", { name }, el("option", { value: "" }, say("audit.unused")), options);
  return el("label", {}, say(`field.${name}`), " ", select);
}

function start() {
  const chosen = Object.fromEntries([...byId("columns").querySelectorAll("select")].map((select) => [select.name, select.value]).filter(([, column]) => column));
  if (!chosen.reply) return problem(say("audit.need_reply"));
  return attempt(async () => {
    show("running");
    ({ job } = await call("audit/start", { id: file.id, columns: chosen, lang }));
    waiting(say("audit.running"));
    await watch();
  }, "columns");
}

async function watch() {
  for (;;) {
    const found = await call("audit/status", { job });
    if (found.state === "done") return ready(found);
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

function ready({ report, done }) {
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
byId("other").addEventListener("click", again);
byId("again").addEventListener("click", again);
byId("cancel").addEventListener("click", () => job && call("audit/cancel", { job }).catch((cause) => problem(cause.message)));
known().then(({ audit }) => {
  if (audit) return;
  byId("choose").hidden = true;
  problem(say("audit.none"));
}, (cause) => problem(cause.message));
