// How the server is started, and which documents it gets.
import { workspace } from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";
import { middleware } from "./direction";

export const LANGUAGES = ["plaintext", "markdown", "mail", "eml", "email"];

/** The program that the settings name: `hamdel` on the search path unless they say otherwise. */
export function program(): string {
  return workspace.getConfiguration("hamdel").get<string>("path")?.trim() || "hamdel";
}

export function createClient(): LanguageClient {
  const server: ServerOptions = {
    command: program(),
    args: ["lsp"],
    options: { env: { ...process.env, PYTHONUTF8: "1" } },
  };
  const options: LanguageClientOptions = {
    // Drafts that were never saved, too; but no output panels, comparisons or files of other hosts.
    documentSelector: LANGUAGES.flatMap((language) =>
      ["file", "untitled"].map((scheme) => ({ language, scheme })),
    ),
    synchronize: { configurationSection: "hamdel" },
    middleware,
  };
  return new LanguageClient("hamdel", "hamdel", server, options);
}
