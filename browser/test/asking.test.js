import assert from "node:assert/strict";
import { test } from "node:test";

import { Asker } from "../src/content/asking.js";

function setting() {
  const waiting = [];
  const sent = [];
  const taken = [];
  const failed = [];
  const timers = {
    set: (work) => waiting.push(work),
    clear: (timer) => (waiting[timer - 1] = null),
  };
  const send = (question) => new Promise((answer, refuse) => sent.push({ question, answer, refuse }));
  const asker = new Asker({ send, take: (answer) => taken.push(answer), failed: (error) => failed.push(error.message), timers });
  const pause = () => waiting.splice(0, waiting.length, ...waiting.map((work) => (work?.(), null)));
  return { asker, sent, taken, failed, pause };
}

const rest = () => new Promise((go) => setImmediate(go));

test("asks once for all that is typed without a pause", () => {
  const { asker, sent, pause } = setting();
  for (const text of ["س", "سل", "سلام"]) asker.change(() => text);
  pause();
  assert.deepEqual(sent.map(({ question }) => question), ["سلام"]);
});

test("an answer about an older draft is dropped, whichever comes first", async () => {
  const { asker, sent, taken, pause } = setting();
  asker.change(() => "یک");
  pause();
  asker.change(() => "دو");
  pause();
  sent[1].answer("به دو");
  sent[0].answer("به یک");
  await rest();
  assert.deepEqual(taken, ["به دو"]);
});

test("an answer that comes while something else is typed is dropped", async () => {
  const { asker, sent, taken, pause } = setting();
  asker.change(() => "یک");
  pause();
  asker.change(() => "دو");
  sent[0].answer("به یک");
  await rest();
  assert.deepEqual(taken, []);
});

test("nothing is asked, and nothing counts, after a drop", async () => {
  const { asker, sent, taken, failed, pause } = setting();
  asker.change(() => "یک");
  pause();
  asker.change(() => "دو");
  asker.drop();
  pause();
  sent[0].refuse(new Error("x"));
  await rest();
  assert.deepEqual([sent.length, taken, failed], [1, [], []]);
});

test("a failure is told once, and the next draft is asked about", async () => {
  const { asker, sent, taken, failed, pause } = setting();
  asker.change(() => "یک");
  pause();
  sent[0].refuse(new Error("گم"));
  await rest();
  asker.change(() => "دو");
  pause();
  sent[1].answer("به دو");
  await rest();
  assert.deepEqual([failed, taken], [["گم"], ["به دو"]]);
});
