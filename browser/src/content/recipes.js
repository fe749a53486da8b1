// What a site's page says about the conversation; a recipe is data (browser/README.md).

const LONGEST = 4000; // characters of the customer's messages; the last ones matter
const ANSWER = 60; // characters: what is shorter is a greeting, or "one moment"

/** Return the recipe for a page; null when no one wrote it. */
export function recipeFor(recipes, url, document) {
  const known = recipes.find((recipe) => recipe.matches.some((pattern) => matches(pattern, url)));
  return known ?? recipes.find((recipe) => recipe.marker && document.querySelector(recipe.marker)) ?? null;
}

/** Whether a URL fits a match pattern of WebExtensions (https://host/path*). */
export function matches(pattern, url) {
  const { protocol, hostname, pathname, search, hash } = new URL(url);
  const parts = /^(\*|https?):\/\/(\*|(?:\*\.)?[^/*]+)(\/.*)$/.exec(pattern);
  if (!parts || !["http:", "https:"].includes(protocol)) return false;
  const [, scheme, host, path] = parts;
  if (scheme !== "*" && `${scheme}:` !== protocol) return false;
  if (host !== "*" && !(host.startsWith("*.") ? `.${hostname}`.endsWith(host.slice(1)) : hostname === host)) return false;
  const glob = path.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*");
  return new RegExp(`^${glob}$`).test(pathname + search + hash) || new RegExp(`^${glob}$`).test(pathname);
}

/** Whether a field is the one for replies: any, unless the recipe names it. */
export function isEditor(recipe, element) {
  return !recipe?.editor.length || recipe.editor.some((selector) => element.matches(selector));
}

/**
 * Read what is known of the conversation around an editor.
 *
 * @param {object | null} recipe of the site
 * @param {string} pointed a selector that the user pointed at; it wins over the recipe's
 * @param {Element} editor where the reply is written
 * @returns {{customer?: string, agent?: string, channel?: string, turn?: number}}
 */
export function readTalk(recipe, pointed, editor) {
  const selectors = pointed ? [pointed] : recipe?.incoming ?? [];
  const scope = around(editor, selectors);
  const talk = {};
  const incoming = all(scope, selectors);
  const outgoing = recipe ? all(scope, recipe.outgoing ?? []) : [];
  const customer = lastRun(incoming, outgoing)
    .map((element) => textOf(element, recipe))
    .filter(Boolean)
    .join("\n")
    .slice(-LONGEST);
  if (customer) talk.customer = customer;
  // «سلام، چه کمکی از من برمی‌آید؟» answers nothing, so what follows it isn't a second reply to the same matter.
  const answered = runs(incoming, outgoing, (element) => textOf(element, recipe).length);
  if (answered) talk.turn = answered + 1;
  const agent = recipe?.agent && editor.ownerDocument.querySelector(recipe.agent.selector);
  const name = agent && (recipe.agent.attribute ? agent.getAttribute(recipe.agent.attribute) : agent.textContent);
  if (name?.trim()) talk.agent = name.trim().slice(0, 100);
  if (recipe) {
    const special = (recipe.channels ?? []).find((one) => editor.ownerDocument.querySelector(one.when));
    talk.channel = special?.is ?? recipe.channel;
  }
  return talk;
}

/** The least part of the page around an editor with messages in it: of ten reviews the one that is answered. */
function around(editor, selectors) {
  let part = editor.parentElement;
  while (selectors.length && part && !all(part, selectors).length) part = part.parentElement;
  return part ?? editor.ownerDocument;
}

function all(scope, selectors) {
  return selectors.length ? [...scope.querySelectorAll(selectors.join(","))] : [];
}

/** The messages that wait for an answer: those after our last one; if we wrote last, those before it. */
function lastRun(incoming, outgoing) {
  const order = inOrder(incoming, outgoing);
  const end = order.findLastIndex(({ theirs }) => theirs);
  let begin = end;
  while (begin > 0 && order[begin - 1].theirs && together(order[begin - 1].element, order[begin].element)) begin -= 1;
  return end < 0 ? [] : order.slice(begin, end + 1).map(({ element }) => element);
}

/** Whether nothing that says something stands between two messages: where only theirs are known, ours would be there. */
function together(one, other) {
  let above = one;
  while (!above.parentElement.contains(other)) above = above.parentElement;
  for (let next = above.nextElementSibling; next && !next.contains(other); next = next.nextElementSibling) {
    if (next.textContent.trim()) return false;
  }
  return true;
}

/** Count our replies in a conversation, several messages in a row for one; those of a few words don't count. */
function runs(incoming, outgoing, length) {
  let count = 0;
  let said = 0;
  for (const { element, theirs } of [...inOrder(incoming, outgoing), { theirs: true }]) {
    if (theirs && said >= ANSWER) count += 1;
    said = theirs ? 0 : said + length(element);
  }
  return count;
}

function inOrder(incoming, outgoing) {
  const order = [...incoming.map((element) => ({ element, theirs: true })), ...outgoing.map((element) => ({ element, theirs: false }))];
  const follows = 4; // Node.DOCUMENT_POSITION_FOLLOWING
  return order.sort((one, other) => (one.element.compareDocumentPosition(other.element) & follows ? -1 : 1));
}

function textOf(element, recipe) {
  const inner = (recipe?.text ?? []).map((selector) => element.querySelector(selector)).find(Boolean); // the first that is there
  const copy = (inner ?? element).cloneNode(true);
  for (const image of copy.querySelectorAll("img[alt]")) image.replaceWith(image.getAttribute("alt"));
  for (const line of copy.querySelectorAll("br")) line.replaceWith("\n");
  for (const block of copy.querySelectorAll("p, div, li")) block.append("\n");
  for (const part of copy.querySelectorAll((recipe?.drop ?? []).concat("time", "script", "style").join(","))) part.remove();
  return copy.textContent.replace(/[^\S\n]+/g, " ").replace(/ ?\n[ \n]*/g, "\n").trim();
}

/**
 * Make a selector that finds messages like one that was pointed at: what names its kind, not what names it alone.
 *
 * @param {Element} element which was pointed at
 * @param {Element[]} others which mustn't be found by it: the editor
 * @returns {string} of up to four levels those that tell it apart best
 */
export function selectorFor(element, others = []) {
  let best = "";
  let least = Infinity;
  const parts = [];
  for (let one = element; one && one.tagName !== "BODY" && parts.length < 4; one = one.parentElement) {
    parts.unshift(kind(one));
    const selector = parts.join(" > ");
    const count = element.ownerDocument.querySelectorAll(selector).length;
    if (count < least && !others.some((other) => other.matches(selector))) [best, least] = [selector, count];
  }
  return best;
}

function kind(element) {
  const attributes = ["role", "data-testid", "data-role", "data-type", "data-author", "data-direction", "dir"]
    .filter((name) => element.hasAttribute(name))
    .map((name) => `[${name}="${CSS.escape(element.getAttribute(name))}"]`);
  // A class with a number in it names this one element, or this one release.
  const classes = [...element.classList].filter((name) => !/\d{2}/.test(name)).slice(0, 4);
  return element.tagName.toLowerCase() + classes.map((name) => `.${CSS.escape(name)}`).join("") + attributes.join("");
}
