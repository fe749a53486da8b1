// VS Code lays out its lists and pop-ups from left to right; Persian texts in them are isolated, so that their words,
// marks and Latin names stand in the order in which they are read (Unicode Standard Annex 9, section 2.4.2).
import { type CodeAction, type Command, type Hover, MarkdownString } from "vscode";
import type { Middleware } from "vscode-languageclient/node";

// The first letter is Persian, and isn't a word that an English text quotes.
const PERSIAN = /^(?![“"])[^A-Za-z]*[\u0600-\u06ff]/;
const [RLI, PDI] = ["\u2067", "\u2069"];

/** A Persian text as one right-to-left piece, another one as it is. */
function isolated(text: string): string {
  return PERSIAN.test(text) ? `${RLI}${text}${PDI}` : text;
}

export const middleware: Middleware = {
  handleDiagnostics(uri, diagnostics, next) {
    for (const one of diagnostics) one.message = isolated(one.message);
    next(uri, diagnostics);
  },

  async provideCodeActions(document, range, context, token, next) {
    const actions: (Command | CodeAction)[] = (await next(document, range, context, token)) ?? [];
    for (const one of actions) one.title = isolated(one.title);
    return actions;
  },

  async provideHover(document, position, token, next) {
    const hover: Hover | null | undefined = await next(document, position, token);
    if (hover) hover.contents = hover.contents.map((one) => markdown(typeof one === "string" ? one : one.value));
    return hover;
  },
};

/** Each paragraph and item of a list by itself. */
function markdown(text: string): MarkdownString {
  return new MarkdownString(text.replace(/^(- )?(.+)$/gm, (_, item = "", rest) => item + isolated(rest)));
}
