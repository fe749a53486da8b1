// What a site's page says about the conversation; a recipe is data (recipes/README is in browser/README.md).

const LONGEST = 4000; // characters of the customer's messages; the last ones matter

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
  const scope = (recipe?.scope && editor.closest(recipe.scope)) || editor.ownerDocument;
  const talk = {};
  const incoming = all(scope, pointed ? [pointed] : recipe?.incoming ?? []);
  const outgoing = recipe ? all(scope, recipe.outgoing ?? []) : [];
  const customer = lastRun(incoming, outgoing)
    .map((element) => textOf(element, recipe))
    .filter(Boolean)
    .join("\n")
    .slice(-LONGEST);
  if (customer) talk.customer = customer;
  if (outgoing.length && incoming.length) talk.turn = runs(incoming, outgoing) + 1;
  const agent = recipe?.agent && all(scope, [recipe.agent.selector])[0];
  const name = agent && (recipe.agent.attribute ? agent.getAttribute(recipe.agent.attribute) : agent.textContent);
  if (name?.trim()) talk.agent = name.trim().slice(0, 100);
  if (recipe) {
    const special = (recipe.channels ?? []).find((one) => scope.querySelector(one.when));
    talk.channel = special?.is ?? recipe.channel;
  }
  return talk;
}

function all(scope, selectors) {
  return selectors.length ? [...scope.querySelectorAll(selectors.join(","))] : [];
}

/** The messages that wait for an answer: those after our last one; if we wrote last, those before it. */
function lastRun(incoming, outgoing) {
  const order = [...incoming.map((element) => [element, true]), ...outgoing.map((element) => [element, false])];
  order.sort(([one], [other]) => (one.compareDocumentPosition(other) & 4 ? -1 : 1));
  const end = order.findLastIndex(([, theirs]) => theirs);
  let begin = end;
  while (begin > 0 && order[begin - 1][1]) begin -= 1;
  return end < 0 ? [] : order.slice(begin, end + 1).map(([element]) => element);
}

function runs(incoming, outgoing) {
  const theirs = new Set(incoming);
  const order = [...incoming, ...outgoing].sort((one, other) => (one.compareDocumentPosition(other) & 4 ? -1 : 1));
  return order.filter((element, at) => !theirs.has(element) && (at === 0 || theirs.has(order[at - 1]))).length;
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
 */
export function selectorFor(element, others = []) {
  const parts = [];
  for (let one = element; one && one.tagName !== "BODY" && parts.length < 6; one = one.parentElement) {
    parts.unshift(kind(one));
    const selector = parts.join(" > ");
    const known = one.classList.length || /\[/.test(parts[0]);
    if (known && parts.length > 1 && !others.some((other) => other.matches(selector))) return selector;
  }
  return parts.join(" > ");
}

function kind(element) {
  const attributes = ["role", "data-testid", "data-role", "data-type", "data-author", "data-direction", "dir"]
    .filter((name) => element.hasAttribute(name))
    .map((name) => `[${name}="${CSS.escape(element.getAttribute(name))}"]`);
  // A class with a number in it names this one element, or this one release.
  const classes = [...element.classList].filter((name) => !/\d{2}/.test(name)).slice(0, 4);
  return element.tagName.toLowerCase() + classes.map((name) => `.${CSS.escape(name)}`).join("") + attributes.join("");
}
