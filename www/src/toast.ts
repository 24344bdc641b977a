/** Where the log is far from the hand, on a phone, the last entry shows for a moment above the clock. The log itself is what is read out. */

import type { Desk } from "./desk.js";
import { h, setAttribute, setText, type View } from "./dom.js";
import type { Entry } from "./entry.js";

const SHOWN_MS = 4000;

export function createToast(desk: Desk): View {
  const element = h("p", { class: "toast", "aria-hidden": "true", hidden: true });
  let last: Entry | undefined = desk.shop.news.entries.at(-1);
  let timer = 0;
  return {
    element,
    update: () => {
      const entry = desk.shop.news.entries.at(-1);
      if (entry === last || entry === undefined) return;
      last = entry;
      setText(element, entry.title === "Refused" ? (entry.details[0] ?? entry.title) : entry.title);
      setAttribute(element, "hidden", false);
      window.clearTimeout(timer);
      timer = window.setTimeout(() => setAttribute(element, "hidden", true), SHOWN_MS);
    },
  };
}
