// Starts `hamdel lsp` for drafts, and starts it again when the program to run was changed in the settings.
import { type ExtensionContext, commands, l10n, window, workspace } from "vscode";
import { type LanguageClient } from "vscode-languageclient/node";
import { type Session, registerCommands } from "./commands";
import { createClient } from "./client";

let client: LanguageClient | undefined;

export async function activate(context: ExtensionContext): Promise<void> {
  const session: Session = { client: () => client };
  context.subscriptions.push(
    ...registerCommands(session),
    commands.registerCommand("hamdel.restart", restart),
    workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("hamdel.path")) await restart();
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  const running = client;
  client = undefined;
  // A client that failed to start refuses to be stopped.
  if (running?.isRunning()) await running.dispose();
}

async function start(): Promise<void> {
  client = createClient();
  try {
    await client.start();
  } catch {
    const help = l10n.t("hamdel could not be started. Install hamdel[lsp], or name the program in the setting hamdel.path.");
    void window.showErrorMessage(help);
  }
}

async function restart(): Promise<void> {
  await deactivate();
  await start();
}
