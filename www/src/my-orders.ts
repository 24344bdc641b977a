/** The orders that were placed in this page: where they stand, what was promised, and the customer's second thoughts. */

import type { Instant, LineView } from "./backorder/browser.js";
import { itemHref } from "./catalogue.js";
import type { Desk } from "./desk.js";
import { h, KeyedList, type Row, setAttribute, setLines, setText, type View } from "./dom.js";
import { sureness, windowOf } from "./saying.js";
import { isMine } from "./shop.js";
import { count, many, on, refused, retold, units } from "./words.js";

interface Standing {
  readonly order: string;
  readonly line: LineView;
  readonly now: Instant;
}

function state({ line, now }: Standing): string {
  const parts = [
    line.shipped > 0 ? `${count(line.shipped)} shipped` : "",
    line.allocated > 0 ? `${count(line.allocated)} set aside` : "",
    line.backordered > 0 ? `${count(line.backordered)} waiting` : "",
    line.cancelled > 0 ? `${count(line.cancelled)} cancelled` : "",
  ].filter((part) => part !== "");
  const ahead = line.backordered === 0 ? "" : line.ahead === 0 ? ", next in the queue" : `, ${units(line.ahead)} ahead`;
  const open = line.allocated + line.backordered > 0;
  const promise = !open ? "" : line.promised === null ? ". No date yet" : `. Promised ${on(line.promised, now)}`;
  return `${parts.join(", ")}${ahead}${promise}.`;
}

/** What is expected now, beside what was promised then. */
function expectation({ line: { ships }, now }: Standing): string {
  if (ships.p50 === null) return "No date can be said now: nothing on order covers it.";
  if (ships.basis !== "supply") return "";
  if (ships.evidence === 0) return "The supplier’s date.";
  return `${windowOf(ships, now)} Learned from ${many(ships.evidence, "past delivery", "past deliveries")}.`;
}

function createRow(first: Standing, desk: Desk): Row<Standing> {
  const { shop } = desk;
  const { order } = first;
  const { line, sku } = first.line;
  const supplierId = shop.data.bySku.get(sku)?.supplier ?? "";
  const supplier = shop.world.supplier(supplierId);
  const names = [[sku, shop.world.name(sku)] as const, [supplierId, supplier] as const];
  const title = h("span", {});
  const text = h("p", { class: "order-state" });
  const result = h("p", { class: "result", role: "status", "data-tone": "none" });
  const say = (problem: string | undefined): void => setText(result, problem ?? "");
  const quantity = h("input", {
    type: "number",
    class: "field small-field",
    min: 1,
    step: 1,
    inputmode: "numeric",
    value: first.line.quantity,
    "aria-label": `New quantity of ${order}`,
  });
  const amend = h(
    "span",
    { class: "joined" },
    quantity,
    h(
      "button",
      {
        type: "button",
        class: "button",
        on: {
          click: () =>
            say(
              Number.isInteger(quantity.valueAsNumber)
                ? refused(shop.amend(order, line, quantity.valueAsNumber))
                : "Give a whole number of units.",
            ),
        },
      },
      "Change",
    ),
  );
  const cancel = h(
    "button",
    {
      type: "button",
      class: "button",
      "aria-label": `Cancel order ${order}`,
      on: { click: () => say(refused(shop.cancelOrder(order))) },
    },
    "Cancel",
  );
  const expected = h("p", { class: "quiet order-window" });
  const reasons = h("ul", { class: "reasons" });
  let ships = first.line.ships;
  const explain = (): void =>
    setLines(
      reasons,
      why.open
        ? [
            ...sureness(ships, supplier, shop.now),
            ...shop.engine
              .explain(order, line, shop.now)
              .map((sentence) => retold(sentence, names, shop.now)),
          ]
        : [],
    );
  const why = h("details", { class: "why", on: { toggle: explain } }, h("summary", {}, "Why this date?"), reasons);
  const actions = h("div", { class: "row" }, amend, cancel);
  let explainedAt = "";
  return {
    element: h(
      "li",
      { class: "my-order" },
      h("p", { class: "my-order-title" }, h("strong", {}, order), " ", h("a", { href: itemHref(sku) }, title)),
      text,
      expected,
      actions,
      why,
      result,
    ),
    update: (standing) => {
      const { quantity: all, cancelled, allocated, backordered } = standing.line;
      setText(title, `${count(all - cancelled)} × ${shop.world.name(sku)}`);
      const now = state(standing);
      setText(text, now);
      ships = standing.line.ships;
      setText(expected, backordered > 0 ? expectation(standing) : "");
      const open = allocated + backordered > 0;
      setAttribute(actions, "hidden", !open);
      setAttribute(why, "hidden", !open);
      const told = `${now} ${expected.textContent}`;
      if (told !== explainedAt) explain();
      explainedAt = told;
    },
  };
}

export function createMyOrders(desk: Desk): View {
  const list = h("ul", { class: "my-orders" });
  const rows = new KeyedList<Standing>(
    list,
    ({ order, line }) => `${order} ${line.line}`,
    (standing) => createRow(standing, desk),
  );
  const summary = h("p", { class: "quiet" });
  const element = h(
    "section",
    { class: "my-orders-section", "aria-labelledby": "mine-title" },
    h("h2", { id: "mine-title" }, "Your orders"),
    summary,
    list,
  );
  return {
    element,
    update: () => {
      const { engine, now } = desk.shop;
      const mine = engine.orders().filter(isMine).reverse();
      const standings = mine.flatMap((order) =>
        (engine.order(order, now)?.lines ?? []).map((line) => ({ order, line, now })),
      );
      setText(
        summary,
        mine.length === 0 ? "None yet. Choose a product and order some of it." : many(mine.length, "order"),
      );
      rows.update(standings);
    },
  };
}
