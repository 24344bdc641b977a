/** The log: what happened, newest first, in plain words. */

import type { Desk } from "./desk.js";
import { h, KeyedList, type Row, setAttribute, setText, type View } from "./dom.js";
import type { Entry, Mark } from "./entry.js";
import { day, timeOfDay } from "./words.js";

const SIGNS: Record<Mark, string> = {
  order: "Order",
  supply: "Supply",
  ship: "Shipped",
  late: "Missed",
  refused: "Refused",
  desk: "Desk",
};
const SHOWN = 60;
const OPEN_DETAILS = 3;

function createRow(): Row<Entry> {
  const title = h("p", { class: "entry-title" });
  const sign = h("span", { class: "sign" });
  const time = h("time", {});
  const short = h("ul", { class: "entry-details" });
  const long = h("ul", { class: "entry-details" });
  const more = h("details", { class: "entry-more", hidden: true }, h("summary", {}, "Details"), long);
  let shown: Entry | undefined;
  return {
    element: h("li", { class: "entry" }, h("p", { class: "entry-head" }, sign, time), title, short, more),
    update: (entry) => {
      if (entry === shown) return;
      shown = entry;
      setAttribute(sign, "data-mark", entry.mark);
      setText(sign, SIGNS[entry.mark]);
      setText(time, `${day(entry.at, entry.at)}, ${timeOfDay(entry.at)}`);
      setAttribute(time, "datetime", new Date(entry.at).toISOString());
      setText(title, entry.title);
      const head = entry.details.length > OPEN_DETAILS ? 1 : OPEN_DETAILS;
      short.replaceChildren(...entry.details.slice(0, head).map((text) => h("li", {}, text)));
      long.replaceChildren(...entry.details.slice(head).map((text) => h("li", {}, text)));
      setAttribute(more, "hidden", entry.details.length <= head);
    },
  };
}

export function createLog(desk: Desk, selected: () => string | undefined): View {
  let onlySelected = false;
  const list = h("ol", {
    class: "log-list",
    role: "log",
    "aria-live": "polite",
    "aria-relevant": "additions",
    "aria-labelledby": "log-title",
  });
  const rows = new KeyedList<Entry>(list, ({ key }) => key, createRow);
  const only = h("input", {
    type: "checkbox",
    id: "log-only",
    on: {
      change: () => {
        onlySelected = only.checked;
        update();
      },
    },
  });
  const filter = h("label", { class: "check", for: "log-only" }, only, h("span", {}, "This product only"));
  const update = (): void => {
    const sku = selected();
    setAttribute(filter, "hidden", sku === undefined);
    const all = desk.shop.news.entries;
    const chosen = onlySelected && sku !== undefined ? all.filter(({ skus }) => skus.includes(sku)) : all;
    rows.update(chosen.slice(-SHOWN).reverse());
  };
  const element = h(
    "section",
    { class: "log", "aria-labelledby": "log-title" },
    h("div", { class: "heading-row" }, h("h2", { id: "log-title" }, "What happened"), filter),
    list,
  );
  return { element, update };
}

/** While time runs, the log is not read out: it changes faster than anyone speaks. */
export function hush(element: HTMLElement, running: boolean): void {
  const list = element.querySelector("[role=log]");
  if (list !== null) setAttribute(list, "aria-live", running ? "off" : "polite");
}
