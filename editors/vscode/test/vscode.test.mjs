// The packaged extension in a real VS Code: its server on this machine, its window in headless Chromium.
// HAMDEL_TEST_VSCODE is the folder of a VS Code server (test/get-vscode.sh makes one from the npm registry),
// HAMDEL_TEST_CHROMIUM the browser, and HAMDEL_TEST_PROGRAM the hamdel to start.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const VSCODE = process.env.HAMDEL_TEST_VSCODE ?? "";
const CHROMIUM = process.env.HAMDEL_TEST_CHROMIUM ?? "/usr/bin/chromium";
const PROGRAM = process.env.HAMDEL_TEST_PROGRAM ?? "hamdel";
const PATIENCE = 180_000;

const missing = !existsSync(join(VSCODE, "out/server-main.js"))
  ? "no VS Code server (HAMDEL_TEST_VSCODE)"
  : !existsSync(CHROMIUM) && "no Chromium (HAMDEL_TEST_CHROMIUM)";

function prepare(folder) {
  const host = join(folder, "host");
  cpSync(join(HERE, "host"), host, { recursive: true });
  const settings = join(folder, "server/data/Machine");
  mkdirSync(settings, { recursive: true });
  writeFileSync(join(settings, "settings.json"), JSON.stringify({ "hamdel.path": PROGRAM }));
  const vsix = join(folder, "hamdel.vsix");
  execFileSync("npm", ["run", "package", "--silent", "--", "--out", vsix], { cwd: join(HERE, "..") });
  server(folder, ["--install-extension", vsix], execFileSync);
  return host;
}

function server(folder, options, start) {
  const main = join(VSCODE, "out/server-main.js");
  const own = ["--server-data-dir", join(folder, "server"), "--accept-server-license-terms"];
  return start(process.execPath, [main, ...own, ...options], {
    env: { ...process.env, HOME: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function port(process) {
  let output = "";
  for await (const chunk of process.stdout) {
    output += chunk;
    const found = /Extension host agent listening on (\d+)/.exec(output);
    if (found) return found[1];
  }
  throw new Error(`VS Code's server ended:\n${output}`);
}

async function runIn(browser, port, host) {
  const page = await browser.newPage();
  const log = [];
  const ended = new Promise((resolve) => page.exposeFunction("codeAutomationExit", resolve));
  await page.exposeFunction("codeAutomationLog", (kind, parts) => log.push(`${kind}: ${parts.join(" ")}`));
  const at = (path) => `vscode-remote://127.0.0.1:${port}${path}`;
  const payload = [
    ["extensionDevelopmentPath", at(host)],
    ["extensionTestsPath", at(join(host, "index.js"))],
    ["skipWelcome", "true"],
    ["skipReleaseNotes", "true"],
  ];
  await page.goto(`http://127.0.0.1:${port}/?payload=${encodeURIComponent(JSON.stringify(payload))}`);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, "late").unref());
  const code = await Promise.race([ended, late]);
  return { code, log };
}

describe("in VS Code", { skip: missing }, () => {
  const folder = mkdtempSync(join(tmpdir(), "hamdel-vscode-"));
  let process, browser;
  let results = {};

  before(async () => {
    const { chromium } = await import("playwright-core");
    const host = prepare(folder);
    process = server(folder, ["--host", "127.0.0.1", "--port", "0", "--without-connection-token"], spawn);
    const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"];
    browser = await chromium.launch({ executablePath: CHROMIUM, args });
    const { code, log } = await runIn(browser, await port(process), host);
    const file = join(host, "results.json");
    assert.ok(existsSync(file), `the tests didn't run (${code}):\n${log.join("\n")}`);
    results = JSON.parse(readFileSync(file, "utf8"));
  });

  after(async () => {
    await browser?.close();
    process?.kill();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  });

  for (const name of testNames()) {
    test(name, () => assert.equal(results[name], null));
  }
});

function testNames() {
  const source = readFileSync(join(HERE, "host/index.js"), "utf8");
  return [...source.matchAll(/^ {2}async "(.*?)"\(\)/gm)].map((match) => match[1]);
}
