// «این هم ایراد دارد»: selected words of the draft have a fault that nobody found; which one is chosen from a menu.

import { call } from "./api.js";
import { byId, el } from "./dom.js";
import { pointsBefore } from "./offsets.js";
import { placeUnder } from "./popover.js";
import { toast } from "./toast.js";
import { lang, say } from "./words.js";

/**
 * Offer it whenever words are selected.
 * @param {Field} draft @param {() => object} params of the conversation @param {(work: () => Promise<void>) => Promise<void>} attempt
 */
export function setUpMissed(draft, params, attempt) {
  const [menu, button] = [byId("missed"), byId("missed-open")];
  let span = null; // the selection is lost when the menu takes the focus

  document.addEventListener("selectionchange", () => {
    if (document.activeElement !== draft.area) return;
    const { selectionStart: start, selectionEnd: end } = draft.area;
    button.hidden = !draft.value.slice(start, end).trim();
    span = { start: pointsBefore(draft.value, start), end: pointsBefore(draft.value, end) };
  });
  placeUnder("missed", "missed-open");
  menu.addEventListener("beforetoggle", (event) => event.newState === "closed" && menu.replaceChildren());
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "open" || !span) return;
    attempt(async () => {
      const asked = { ...params(), ...span };
      const { faults } = await call("faults", asked);
      const note = (check) => () => (menu.hidePopover(), noted(asked, check));
      menu.replaceChildren(...faults.map(({ id, title }) => el("button", { type: "button", role: "menuitem", onclick: note(id) }, title[lang])));
      menu.querySelector("button")?.focus();
    });
  });

  function noted(asked, check) {
    return attempt(async () => {
      await call("label", { ...asked, check, verdict: "missed" });
      button.hidden = true;
      toast(say("compose.missed_done"));
    });
  }
}
