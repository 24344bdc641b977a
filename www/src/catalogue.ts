/** The list of products: what is there, what waits, what comes next, and the date a buyer would be given now. */

import type { Instant, Position, Quote } from "./backorder/browser.js";
import type { Product } from "./data.js";
import type { Desk } from "./desk.js";
import { flash, h, KeyedList, type Row, setAttribute, setShare, setText, type View } from "./dom.js";
import { dayOf } from "./local-time.js";
import { brief } from "./saying.js";
import { count, day, money, on } from "./words.js";

interface Listing {
  readonly product: Product;
  readonly position: Position;
  readonly quote: Quote;
  readonly receipt: { readonly open: number; readonly due: Instant } | undefined;
  readonly now: Instant;
}

const ORDERS = { waiting: "most waiting first", date: "soonest date first", name: "by name" } as const;
type Sorting = keyof typeof ORDERS;

export const itemHref = (sku: string): string => `#/item/${encodeURIComponent(sku)}`;

function listingOf(desk: Desk, product: Product): Listing[] {
  const { engine, now } = desk.shop;
  const position = engine.position(product.sku);
  if (position === undefined) return [];
  const open = engine.supplies(product.sku).filter(({ state }) => state === "open");
  const receipt = open.sort((a, b) => a.due - b.due)[0];
  return [{ product, position, quote: engine.quote({ sku: product.sku, quantity: 1 }, now), receipt, now }];
}

function compare(sorting: Sorting): (a: Listing, b: Listing) => number {
  const byName = (a: Listing, b: Listing): number => a.product.name.localeCompare(b.product.name);
  const date = ({ quote }: Listing): number => quote.promise ?? Number.MAX_SAFE_INTEGER;
  switch (sorting) {
    case "waiting":
      return (a, b) =>
        b.position.backordered - a.position.backordered || b.position.available - a.position.available || byName(a, b);
    case "date":
      return (a, b) => date(a) - date(b) || byName(a, b);
    case "name":
      return byName;
  }
}

function receiptWords({ receipt, now }: Listing): { text: string; late: boolean } {
  if (receipt === undefined) return { text: "nothing on order", late: false };
  const late = receipt.due < now && dayOf(receipt.due) < dayOf(now);
  return {
    text: late
      ? `+${count(receipt.open)} overdue since ${day(receipt.due, now)}`
      : `+${count(receipt.open)} ${on(receipt.due, now)}`,
    late,
  };
}

function createRow({ product }: Listing, selected: () => string | undefined): Row<Listing> {
  const date = h("span", { class: "status" });
  const stock = h("span", {});
  const waits = h("span", {});
  const next = h("span", {});
  const there = h("span", { class: "gauge-there" });
  const gap = h("span", { class: "gauge-waiting" });
  const link = h(
    "a",
    { class: "listing", href: itemHref(product.sku) },
    h("span", { class: "listing-name" }, product.name),
    date,
    h("span", { class: "listing-code" }, `${product.sku} · ${money(product.price)}`),
    h("span", { class: "gauge", "aria-hidden": "true" }, there, gap, h("span", { class: "gauge-rest" })),
    h("span", { class: "listing-facts" }, stock, waits, next),
  );
  return {
    element: h("li", {}, link),
    update: (listing) => {
      const { position, quote, now } = listing;
      const { tone, text } = brief(quote, now);
      if (date.textContent !== "" && date.textContent !== text) flash(link);
      setText(date, text);
      setAttribute(date, "data-tone", tone);
      setText(stock, `${count(position.available)} in stock`);
      setText(waits, position.backordered > 0 ? `${count(position.backordered)} waiting` : "none waiting");
      const receipt = receiptWords(listing);
      setText(next, receipt.text);
      setAttribute(next, "class", receipt.late ? "late" : null);
      const whole = Math.max(
        position.available,
        position.backordered,
        receipt.late ? 0 : (listing.receipt?.open ?? 0),
        1,
      );
      setShare(there, "flex-grow", position.available / whole);
      setShare(gap, "flex-grow", position.backordered / whole);
      setAttribute(link, "aria-current", selected() === product.sku ? "true" : null);
    },
  };
}

export function createCatalogue(desk: Desk, selected: () => string | undefined): View {
  let sorting: Sorting = "waiting";
  let wanted = "";
  const list = h("ul", { class: "listings" });
  const rows = new KeyedList<Listing>(
    list,
    ({ product }) => product.sku,
    (listing) => createRow(listing, selected),
  );
  const nothing = h("p", { class: "empty", hidden: true }, "No product of that name.");
  const search = h("input", {
    type: "search",
    class: "field",
    placeholder: "Find a product",
    "aria-label": "Find a product",
    autocomplete: "off",
    on: {
      input: () => {
        wanted = search.value.trim().toLowerCase();
        update();
      },
    },
  });
  const options = Object.entries(ORDERS).map(([value, text]) => h("option", { value }, text));
  const sort = h(
    "select",
    {
      class: "field",
      "aria-label": "Order of the list",
      on: {
        change: () => {
          sorting = sort.value as Sorting;
          update();
        },
      },
    },
    ...options,
  );
  const update = (): void => {
    const found = desk.shop.data.products.filter(({ name, sku }) => `${name} ${sku}`.toLowerCase().includes(wanted));
    rows.update(found.flatMap((product) => listingOf(desk, product)).sort(compare(sorting)));
    setAttribute(nothing, "hidden", found.length > 0);
  };
  const element = h(
    "section",
    { class: "catalogue", "aria-labelledby": "catalogue-title" },
    h("h2", { id: "catalogue-title" }, "Products"),
    h("div", { class: "tools" }, search, sort),
    list,
    nothing,
  );
  return { element, update };
}
