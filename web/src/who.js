// Who one is on this server, and what it does; shown in the head of each page.

import { session } from "./api.js";
import { byId } from "./dom.js";

/** Ask, show it, and return it. */
export async function known() {
  const found = await session();
  byId("who").textContent = found.user;
  byId("who").hidden = !found.user;
  byId("to-audit").hidden = !found.audit && byId("to-audit").ariaCurrent !== "page";
  return found;
}
