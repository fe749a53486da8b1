// Runs inside VS Code's extension host, beside the packaged extension: what a user does, and what they then see.
const assert = require("node:assert/strict");
const vscode = require("vscode");

const TU = "تو باید صبر کنی";
const SHOMA = "شما باید صبر کنید";
const DRAFT = `> سلام 😀 سفارش ۵۴۸۲۱ من نرسیده و نگرانم.

سلام، وقت بخیر. 😀👨‍👩‍👧 می‌دونم نگرانید؛ ${TU}.
در اسرع وقت پیگیری می‌کنم.
`;
const PATIENCE = 60000;

async function until(what, test) {
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    const result = await test();
    if (result) return result;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what}: nothing happened in ${PATIENCE / 1000} seconds`);
}

async function opened(content, language = "plaintext") {
  const document = await vscode.workspace.openTextDocument({ content, language });
  return vscode.window.showTextDocument(document);
}

const diagnosticsOf = ({ document }) => vscode.languages.getDiagnostics(document.uri);

const found = (editor, check) =>
  until(check, () => diagnosticsOf(editor).find((one) => one.source === "hamdel" && idOf(one) === check));

const idOf = ({ code }) => (typeof code === "object" ? code.value : code);

async function actionsAt(editor, range) {
  return vscode.commands.executeCommand("vscode.executeCodeActionProvider", editor.document.uri, range);
}

exports.tests = {
  async "the extension starts with a draft"() {
    await opened(DRAFT);
    const extension = vscode.extensions.getExtension("hamdel.hamdel");
    assert.ok(extension, "it isn't installed");
    await until("activation", () => extension.isActive);
  },

  async "a finding marks its own words, behind emoji and non-joiners"() {
    const editor = await opened(DRAFT);
    const finding = await found(editor, "respect/tu-form");
    assert.equal(editor.document.getText(finding.range), "تو");
    assert.equal(editor.document.offsetAt(finding.range.start), DRAFT.indexOf(TU));
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
  },

  async "an edit is offered and changes just its words"() {
    const editor = await opened(DRAFT);
    const finding = await found(editor, "respect/tu-form");
    const actions = await actionsAt(editor, finding.range);
    const action = actions.find((one) => one.isPreferred && one.edit);
    assert.ok(action, actions.map((one) => one.title).join("\n"));
    await vscode.workspace.applyEdit(action.edit);
    assert.equal(editor.document.getText(), DRAFT.replace(TU, SHOMA));
    await until("the finding goes", () => diagnosticsOf(editor).every((one) => idOf(one) !== "respect/tu-form"));
  },

  async "Persian texts are read from right to left, among Latin names too"() {
    const editor = await opened(DRAFT);
    const finding = await found(editor, "respect/tu-form");
    const isolate = /^\u2067[^\u2067\u2069]+\u2069$/;
    assert.match(finding.message, isolate);
    for (const { title } of await actionsAt(editor, finding.range)) assert.match(title, isolate);
    const hovers = await vscode.commands.executeCommand("vscode.executeHoverProvider", editor.document.uri, finding.range.start);
    const shown = hovers.flatMap((one) => one.contents.map((content) => content.value)).join("\n");
    assert.match(shown, /^\u2067\*\*«تو»[^\u2069]*\u2069$/m);
    assert.match(shown, /^`respect\/tu-form`$/m);
  },

  async "all safe edits at once"() {
    const editor = await opened(DRAFT);
    await found(editor, "respect/tu-form");
    await vscode.commands.executeCommand("hamdel.fixAll");
    assert.equal(editor.document.getText(), DRAFT.replace(TU, SHOMA));
    await vscode.commands.executeCommand("undo");
    assert.equal(editor.document.getText(), DRAFT);
  },

  async "a better draft keeps what the customer wrote, and one undo takes it back"() {
    const editor = await opened(DRAFT);
    await found(editor, "respect/tu-form");
    await vscode.commands.executeCommand("hamdel.improveDraft");
    const better = await until("a new draft", () => editor.document.getText() !== DRAFT && editor.document.getText());
    assert.ok(better.startsWith(DRAFT.split("\n")[0]), better);
    assert.ok(!better.includes(TU), better);
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand("undo");
    assert.equal(editor.document.getText(), DRAFT);
  },

  async "the finding under the cursor is explained"() {
    const editor = await opened(DRAFT);
    const finding = await found(editor, "respect/tu-form");
    editor.selection = new vscode.Selection(finding.range.start, finding.range.start);
    await vscode.commands.executeCommand("hamdel.explainFinding");
    const page = vscode.window.activeTextEditor.document.getText();
    assert.ok(page.includes("respect/tu-form"), page);
  },

  async "settings of the editor reach the server"() {
    const settings = vscode.workspace.getConfiguration("hamdel");
    await settings.update("lang", "en", vscode.ConfigurationTarget.Global);
    try {
      const editor = await opened(DRAFT);
      await until("an English message", () => diagnosticsOf(editor).some((one) => one.message.includes("customer")));
    } finally {
      await settings.update("lang", undefined, vscode.ConfigurationTarget.Global);
    }
  },

  async "what matters less can be left out"() {
    const editor = await opened(DRAFT);
    await found(editor, "clarity/vague-time");
    const settings = vscode.workspace.getConfiguration("hamdel");
    await settings.update("least", "error", vscode.ConfigurationTarget.Global);
    try {
      await until("only errors", () => diagnosticsOf(editor).every((one) => idOf(one) === "respect/tu-form"));
      await found(editor, "respect/tu-form");
    } finally {
      await settings.update("least", undefined, vscode.ConfigurationTarget.Global);
    }
  },

  async "safe edits are made on saving, when asked for"() {
    const file = vscode.Uri.file(require("node:path").join(__dirname, "پاسخ.txt"));
    await vscode.workspace.fs.writeFile(file, Buffer.from(DRAFT));
    const settings = vscode.workspace.getConfiguration("editor");
    const onSave = { "source.fixAll.hamdel": "explicit" };
    await settings.update("codeActionsOnSave", onSave, vscode.ConfigurationTarget.Global);
    try {
      const editor = await vscode.window.showTextDocument(file);
      await found(editor, "respect/tu-form");
      await editor.edit((edit) => edit.insert(editor.document.lineAt(editor.document.lineCount - 1).range.end, "\n"));
      await vscode.commands.executeCommand("workbench.action.files.save");
      await until("the file is mended", async () => {
        const saved = Buffer.from(await vscode.workspace.fs.readFile(file)).toString("utf8");
        return saved === `${DRAFT.replace(TU, SHOMA)}\n`;
      });
    } finally {
      await settings.update("codeActionsOnSave", undefined, vscode.ConfigurationTarget.Global);
    }
  },

  async "a restart brings the findings back"() {
    const editor = await opened(DRAFT);
    await found(editor, "respect/tu-form");
    await vscode.commands.executeCommand("hamdel.restart");
    await found(editor, "respect/tu-form");
  },

  async "Markdown is checked, and code is not"() {
    await found(await opened(`سلام. ${TU}.`, "markdown"), "respect/tu-form");
    const code = await opened(`سلام. ${TU}.`, "javascript");
    const draft = await opened(`سلام. ${TU}.\n`);
    await found(draft, "respect/tu-form");
    assert.deepEqual(diagnosticsOf(code).filter((one) => one.source === "hamdel"), []);
  },
};

// Drafts that were never saved would be asked about.
async function closeAll() {
  while (vscode.window.tabGroups.all.some(({ tabs }) => tabs.length)) {
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
  }
}

// VS Code calls this, and takes an exception as failure; the results go into a file beside this one.
exports.run = async () => {
  const results = {};
  for (const [name, test] of Object.entries(exports.tests)) {
    try {
      await test();
      results[name] = null;
    } catch (error) {
      results[name] = String(error?.stack ?? error);
    }
    await closeAll();
  }
  require("node:fs").writeFileSync(require("node:path").join(__dirname, "results.json"), JSON.stringify(results));
};
