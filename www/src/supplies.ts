/** What is on order: receive it, order more of it, and see what a delay would do before it is one. */

import type { Instant } from "./backorder/browser.js";
import type { Desk } from "./desk.js";
import { h, KeyedList, type Row, setAttribute, setText, type View } from "./dom.js";
import { DAY, dayNamed, dayOf, HOUR, instantOf, startOfDay } from "./local-time.js";
import { createSupposition } from "./supposition.js";
import { count, daysLate, isoDay, on, refused, units } from "./words.js";

export interface Supply {
  readonly supply: string;
  readonly open: number;
  readonly due: Instant;
  readonly now: Instant;
}

/** Deliveries come in the morning. */
const MORNING = 9.5 * HOUR;
const LEAD_DAYS = 14;

export const morningOf = (date: string): Instant | undefined => {
  const day = dayNamed(date);
  return Number.isNaN(day) ? undefined : instantOf(day, MORNING);
};

function createRow(first: Supply, desk: Desk, sku: string): Row<Supply> {
  const { shop } = desk;
  const { supply } = first;
  const title = h("span", { class: "supply-quantity" });
  const due = h("span", { class: "supply-due" });
  const late = h("span", { class: "tag tag-late", hidden: true });
  const supplier = shop.world.supplier(shop.data.bySku.get(sku)?.supplier);
  let open = first.open;
  const amount = h("input", {
    type: "number",
    class: "field small-field",
    min: 1,
    step: 1,
    inputmode: "numeric",
    value: open,
    "aria-label": `Units received of ${supply}`,
  });
  const problem = h("p", { class: "result", role: "status", "data-tone": "none" });
  const receive = (): void => {
    const quantity = amount.valueAsNumber;
    const outcome = Number.isInteger(quantity) && quantity > 0 ? shop.receive(sku, quantity, supply) : undefined;
    setText(problem, outcome === undefined ? "Give a whole number of units, 1 or more." : (refused(outcome) ?? ""));
  };
  const supposition = createSupposition(desk, supply, () => toggle(false));
  const toggle = (shown: boolean): void => {
    setAttribute(supposition.element, "hidden", !shown);
    setAttribute(ask, "aria-expanded", shown ? "true" : "false");
    if (shown) supposition.begin();
    else desk.supposition = undefined;
  };
  const ask = h(
    "button",
    {
      type: "button",
      class: "button",
      "aria-expanded": "false",
      on: { click: () => toggle(supposition.element.hasAttribute("hidden")) },
    },
    "What if it’s late?",
    h("span", { class: "unseen" }, ` (${supply})`),
  );
  const element = h(
    "li",
    { class: "supply" },
    h("div", { class: "supply-what" }, title, h("span", { class: "quiet" }, `${supply} · ${supplier}`)),
    h("div", { class: "supply-when" }, due, late),
    h(
      "div",
      { class: "supply-actions" },
      h(
        "span",
        { class: "joined" },
        amount,
        h(
          "button",
          { type: "button", class: "button", on: { click: receive } },
          "Receive",
          h("span", { class: "unseen" }, ` (${supply})`),
        ),
      ),
      ask,
    ),
    problem,
    supposition.element,
  );
  return {
    element,
    update: (now) => {
      if (now.open !== open) {
        open = now.open;
        amount.value = String(open);
      }
      setText(title, units(open));
      const overdue = dayOf(now.due) < dayOf(now.now);
      setText(due, overdue ? `was due ${on(now.due, now.now)}` : `due ${on(now.due, now.now)}`);
      setText(late, daysLate(now.due, now.now));
      setAttribute(late, "hidden", !overdue);
      supposition.update(now);
    },
  };
}

function createSchedule(desk: Desk, sku: string): View {
  const { shop } = desk;
  const product = shop.data.bySku.get(sku);
  const pack = product?.pack ?? 1;
  const waiting = shop.engine.position(sku)?.backordered ?? 0;
  const quantity = h("input", {
    id: "supply-quantity",
    type: "number",
    class: "field",
    min: 1,
    step: 1,
    inputmode: "numeric",
    required: true,
    value: Math.max(10, Math.ceil(waiting / pack)) * pack,
  });
  const due = h("input", {
    id: "supply-due",
    type: "date",
    class: "field",
    required: true,
    value: isoDay(shop.now + LEAD_DAYS * DAY),
  });
  const result = h("p", { class: "result", role: "status" });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const at = morningOf(due.value);
    if (at === undefined) return;
    const problem = refused(shop.schedule(sku, quantity.valueAsNumber, Math.max(at, shop.now)));
    setText(result, problem ?? `On order, due ${on(at, shop.now)}.`);
    setAttribute(result, "data-tone", problem === undefined ? "good" : "none");
  };
  const element = h(
    "form",
    { class: "schedule", "aria-label": "Order more from the supplier", on: { submit } },
    h("h4", {}, `Order more from ${shop.world.supplier(product?.supplier)}`),
    h(
      "div",
      { class: "fields" },
      h("label", { class: "stack", for: "supply-quantity" }, h("span", {}, "Units"), quantity),
      h("label", { class: "stack", for: "supply-due" }, h("span", {}, "Due"), due),
      h("button", { class: "button", type: "submit" }, "Order"),
    ),
    result,
  );
  return { element, update: () => setAttribute(due, "min", isoDay(startOfDay(shop.now))) };
}

/** Stock that nobody ordered, and the truth of the shelf. */
function createShelf(desk: Desk, sku: string): HTMLElement {
  const { shop } = desk;
  const result = h("p", { class: "result", role: "status" });
  const form = (id: string, label: string, least: number, act: (units: number) => string | undefined): HTMLElement => {
    const field = h("input", {
      id,
      type: "number",
      class: "field",
      min: least,
      step: 1,
      inputmode: "numeric",
      required: true,
    });
    const submit = (event: SubmitEvent): void => {
      event.preventDefault();
      const problem = act(field.valueAsNumber);
      setText(result, problem ?? "Done.");
      setAttribute(result, "data-tone", problem === undefined ? "good" : "none");
      field.value = "";
    };
    return h(
      "form",
      { class: "fields", on: { submit } },
      h("label", { class: "stack", for: id }, h("span", {}, label), field),
      h("button", { class: "button", type: "submit" }, "Book it"),
    );
  };
  return h(
    "details",
    { class: "shelf" },
    h("summary", {}, "Stock without an order, and counting the shelf"),
    form("unordered", "Units that just turned up", 1, (units) => refused(shop.receive(sku, units))),
    form("counted", "Units counted on the shelf", 0, (units) => refused(shop.count(sku, units))),
    result,
  );
}

export function createSupplies(desk: Desk, sku: string): View {
  const list = h("ul", { class: "supplies" });
  const rows = new KeyedList<Supply>(
    list,
    ({ supply }) => supply,
    (supply) => createRow(supply, desk, sku),
  );
  const summary = h("p", { class: "quiet" });
  const schedule = createSchedule(desk, sku);
  const element = h(
    "section",
    { class: "panel", "aria-labelledby": "supplies-title" },
    h("h3", { id: "supplies-title" }, "On order"),
    summary,
    list,
    schedule.element,
    createShelf(desk, sku),
  );
  return {
    element,
    update: () => {
      const { engine, now } = desk.shop;
      const open = engine
        .supplies(sku)
        .filter(({ state }) => state === "open")
        .sort((a, b) => a.due - b.due);
      setText(
        summary,
        open.length === 0
          ? "Nothing is on order."
          : `${count(open.reduce((sum, each) => sum + each.open, 0))} units to come.`,
      );
      rows.update(open.map(({ supply, open: units, due }) => ({ supply, open: units, due, now })));
      schedule.update();
      const supposed = desk.supposition;
      if (supposed !== undefined && "supply" in supposed && !open.some(({ supply }) => supply === supposed.supply))
        desk.supposition = undefined;
    },
  };
}
