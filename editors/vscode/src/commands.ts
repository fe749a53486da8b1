// The commands of the palette. What a draft may become is the server's to say; here it is asked for and applied.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import {
  CodeAction,
  CodeActionKind,
  type Diagnostic,
  type Disposable,
  Range,
  type TextDocument,
  type TextEditor,
  commands,
  l10n,
  languages,
  window,
  workspace,
} from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";
import { program } from "./client";

const FIX_ALL = CodeActionKind.SourceFixAll.append("hamdel");

export interface Session {
  client(): LanguageClient | undefined;
}

export function registerCommands(session: Session): Disposable[] {
  return [
    command("hamdel.fixAll", ({ document }) => fixAll(document)),
    command("hamdel.improveDraft", ({ document }) => improve(session, document)),
    command("hamdel.explainFinding", explain),
  ];
}

/** VS Code has commands for editors of its own, but doesn't wait for them, and drops what goes wrong. */
function command(name: string, run: (editor: TextEditor) => Promise<void>): Disposable {
  return commands.registerCommand(name, async () => {
    if (window.activeTextEditor) await run(window.activeTextEditor);
  });
}

async function fixAll(document: TextDocument): Promise<void> {
  const whole = new Range(0, 0, document.lineCount, 0);
  const actions = await commands.executeCommand<CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    whole,
    FIX_ALL.value,
  );
  const edit = actions.find((action) => action.kind && FIX_ALL.contains(action.kind))?.edit;
  if (edit) await workspace.applyEdit(edit);
  else void window.setStatusBarMessage(l10n.t("hamdel: nothing to fix safely"), 5000);
}

/** Ask for a better draft; the server puts it into the document, and one undo takes it back. */
async function improve(session: Session, document: TextDocument): Promise<void> {
  const client = session.client();
  if (!client?.isRunning()) {
    void window.showWarningMessage(l10n.t("hamdel isn't running."));
    return;
  }
  await client.sendRequest(ExecuteCommandRequest.type, {
    command: "hamdel.improve",
    arguments: [client.code2ProtocolConverter.asUri(document.uri)],
  });
}

/** Show why the finding under the cursor matters: the page of `hamdel explain`. */
async function explain({ document, selection }: TextEditor): Promise<void> {
  const found = languages
    .getDiagnostics(document.uri)
    .filter((one) => one.source === "hamdel" && one.range.contains(selection.active));
  const check = checkOf(found[0]);
  if (check === undefined) {
    void window.setStatusBarMessage(l10n.t("hamdel: no finding here"), 5000);
    return;
  }
  const page = await workspace.openTextDocument({ content: await explanation(check), language: "plaintext" });
  await window.showTextDocument(page, { preview: true, preserveFocus: false });
}

function checkOf(diagnostic: Diagnostic | undefined): string | undefined {
  const code = diagnostic?.code;
  const id = typeof code === "object" ? code.value : code;
  return id === undefined ? undefined : String(id);
}

async function explanation(check: string): Promise<string> {
  const lang = workspace.getConfiguration("hamdel").get<string | null>("lang");
  const options = lang ? ["--lang", lang] : [];
  const env = { ...process.env, NO_COLOR: "1", PYTHONUTF8: "1" };
  const { stdout } = await promisify(execFile)(program(), ["explain", check, ...options], { env });
  return stdout;
}
