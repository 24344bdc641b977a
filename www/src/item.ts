/** One product: its books, its future, the order form, who waits and what is on order. */

import type { ItemSettings } from "./backorder/browser.js";
import type { Product } from "./data.js";
import type { Desk } from "./desk.js";
import { h, icon, setAttribute, setText, type View } from "./dom.js";
import { createFutureChart } from "./future-chart.js";
import { createOrderForm } from "./order-form.js";
import { createQueue } from "./queue.js";
import { chance } from "./saying.js";
import { createSupplies } from "./supplies.js";
import { count, many, money, on, units } from "./words.js";

/** The item's settings, where they are not the usual ones. */
function terms(settings: Partial<ItemSettings>, now: number): string[] {
  const { backorders, maxPerOrder, safetyStock, lifecycle, replenishment, ageingDays, promiseQuantile } = settings;
  return [
    backorders === "deny" ? "No backorders" : "",
    typeof backorders === "object" ? `At most ${units(backorders.limit)} may wait` : "",
    maxPerOrder === undefined ? "" : `At most ${count(maxPerOrder)} an order`,
    safetyStock === undefined ? "" : `${units(safetyStock)} kept back`,
    lifecycle === "discontinued" ? "Discontinued: sells what is left" : "",
    typeof lifecycle === "object"
      ? `Preorder${lifecycle.preorder.releaseAt === undefined ? "" : `, released ${on(lifecycle.preorder.releaseAt, now)}`}`
      : "",
    replenishment === undefined ? "" : `Usual lead time ${many(replenishment.leadTimeDays, "day")}`,
    promiseQuantile === undefined ? "" : `Promised at a chance of ${chance(promiseQuantile)}`,
    ageingDays === undefined ? "" : `Moves up with every ${many(ageingDays, "day")} of waiting`,
  ].filter((text) => text !== "");
}

function createBooks(desk: Desk, sku: string): View {
  const names = ["On the shelf", "Set aside", "Free to sell", "Waiting", "On order"] as const;
  const values = names.map(() => h("dd", {}));
  const element = h(
    "dl",
    { class: "books" },
    ...names.map((name, index) => h("div", {}, h("dt", {}, name), values[index])),
  );
  return {
    element,
    update: () => {
      const position = desk.shop.engine.position(sku);
      if (position === undefined) return;
      const { onHand, allocated, held, available, backordered, incoming } = position;
      [onHand, allocated + held, available, backordered, incoming].forEach((units, index) =>
        setText(values[index] as HTMLElement, count(units)),
      );
      setAttribute(values[3] as HTMLElement, "data-tone", backordered > 0 ? "wait" : null);
    },
  };
}

export function createItem(desk: Desk, product: Product): View {
  const { sku, name, price, settings } = product;
  const views = [
    createBooks(desk, sku),
    createFutureChart(desk, sku),
    createOrderForm(desk, sku),
    createQueue(desk, sku),
    createSupplies(desk, sku),
  ] as const;
  const [books, chart, form, queue, supplies] = views;
  const element = h(
    "article",
    { class: "item", "aria-labelledby": "item-title", tabindex: -1 },
    h(
      "header",
      { class: "item-header" },
      h("a", { class: "back", href: "#/" }, icon("back"), "All products"),
      h("h2", { id: "item-title" }, name),
      h("p", { class: "quiet" }, `${sku} · ${money(price)}`),
      h("ul", { class: "terms" }, ...terms(settings, desk.shop.now).map((text) => h("li", {}, text))),
    ),
    books.element,
    h(
      "div",
      { class: "item-top" },
      h(
        "section",
        { class: "panel", "aria-labelledby": "future-title" },
        h("h3", { id: "future-title" }, "When would it ship?"),
        chart.element,
      ),
      form.element,
    ),
    h("div", { class: "item-bottom" }, queue.element, supplies.element),
  );
  return { element, update: () => views.forEach((view) => view.update()) };
}
