// Words in the language of the user: Persian, unless the browser, or the user, says otherwise.

/** Return a function that gives the words for a key; `lang` is a browser's language, or a choice. */
export function speaker(messages, lang) {
  const chosen = lang && !lang.toLowerCase().startsWith("fa") ? "en" : "fa";
  const say = (key, values = []) =>
    values.reduce((text, value, at) => text.replaceAll(`$${at + 1}`, value), messages[chosen][key]?.message ?? key);
  say.lang = chosen;
  return say;
}
