/** Ordering as a customer does: how many, when it would ship, then the order. */

import type { Instant, Quote } from "./backorder/browser.js";
import { type Desk, STANDARD } from "./desk.js";
import { h, setAttribute, setLines, setText, type View } from "./dom.js";
import { DAY, dayNamed, instantOf, startOfDay } from "./local-time.js";
import { parcelsLeave } from "./place.js";
import { saying, type Source, sureness, USUAL_QUANTILE } from "./saying.js";
import type { Wishes } from "./shop.js";
import { day, isoDay, money, refusal, refused } from "./words.js";

const EXPRESS = 50;
/** Between the day that is promised and the one that the shop states: on its last day nothing can be told any more. */
const STATED_ROOM_DAYS = 2;
const REGIMES: readonly (readonly [regime: string, text: string])[] = [
  ["ftc", "US: 16 CFR 435"],
  ["eu", "EU: Directive 2011/83"],
  ["uk", "UK: Consumer Rights Act"],
  ["none", "None"],
];
const MOST = 100_000;

function endOfDay(date: string): Instant | undefined {
  const day = dayNamed(date);
  return Number.isNaN(day) ? undefined : instantOf(day + 1) - 1;
}

export function createOrderForm(desk: Desk, sku: string): View {
  const { shop } = desk;
  const { settings, supplier, price = 0 } = shop.data.bySku.get(sku) ?? {};
  const quantity = h("input", {
    id: "quantity",
    class: "field stepper-field",
    type: "number",
    inputmode: "numeric",
    min: 1,
    max: MOST,
    step: 1,
    required: true,
    value: desk.asking.quantity,
    on: { input: () => changed() },
  });
  const step = (by: number): void => {
    quantity.value = String(Math.min(MOST, Math.max(1, (quantity.valueAsNumber || 0) + by)));
    changed();
  };
  const express = h("input", { type: "checkbox", id: "express", on: { change: () => changed() } });
  const together = h("input", { type: "checkbox", id: "together", on: { change: () => update() } });
  const latest = h("input", { type: "date", id: "latest", class: "field", on: { input: () => update() } });
  const regime = h(
    "select",
    { id: "regime", class: "field", on: { change: () => update() } },
    ...REGIMES.map(([value, text]) => h("option", { value }, text)),
  );
  const headline = h("strong", { class: "answer-headline" });
  const note = h("span", { class: "answer-note" });
  const answer = h("output", { class: "answer", for: "quantity" }, headline, note);
  const sure = h("ul", { class: "reasons" });
  const howSure = h("details", { class: "why sure" }, h("summary", {}, "How sure is that?"), sure);
  const submit = h("button", { class: "button primary", type: "submit" });
  const result = h("p", { class: "result", role: "status" });

  const asked = (): number | undefined => {
    const value = quantity.valueAsNumber;
    return Number.isInteger(value) && value >= 1 && value <= MOST ? value : undefined;
  };
  const priority = (): number => (express.checked ? EXPRESS : STANDARD);
  const wishes = (): Wishes => {
    const until = endOfDay(latest.value);
    return {
      priority: priority(),
      fulfilment: together.checked ? "line" : "partial",
      regime: regime.value,
      ...(until === undefined ? {} : { latest: until }),
    };
  };
  const changed = (): void => {
    setText(result, "");
    const value = asked();
    if (value !== undefined) desk.asking = { quantity: value, priority: priority() };
    update();
  };

  const sourceOf = ({ ahead, quantity }: Quote): Source => {
    const { ignoreAfterDays = Number.POSITIVE_INFINITY } = settings?.overdue ?? {};
    const late = shop.engine
      .supplies(sku)
      .filter(({ state, due }) => state === "open" && due < shop.now && shop.now - due <= ignoreAfterDays * DAY);
    return {
      leadTimeDays: settings?.replenishment?.leadTimeDays,
      overdue: late.reduce((units, { open }) => units + open, 0) >= ahead + quantity,
      supplier: shop.world.supplier(supplier),
      quantile: settings?.promiseQuantile ?? USUAL_QUANTILE,
    };
  };

  const update = (): void => {
    setAttribute(latest, "min", isoDay(startOfDay(shop.now)));
    const value = asked();
    setAttribute(submit, "disabled", value === undefined);
    setText(submit, `Place the order${value === undefined ? "" : ` · ${money(value * price)}`}`);
    if (value === undefined) {
      setText(headline, "How many?");
      setText(note, "A whole number, 1 or more.");
      setAttribute(howSure, "hidden", true);
      setAttribute(answer, "data-tone", "none");
      return;
    }
    const cart = shop.engine.quoteOrder({ lines: [{ sku, quantity: value }], ...wishes() }, shop.now);
    const quote = cart.lines[0];
    if (quote === undefined) return;
    const said = saying(quote, cart.promise, shop.now, sourceOf(quote));
    setText(
      headline,
      cart.refused?.reason === "tooLate"
        ? "Not by then"
        : cart.refused?.reason === "maxPerOrder"
          ? `At most ${settings?.maxPerOrder} in one order`
          : said.headline,
    );
    const leaves = shop.days === undefined || cart.promise === null ? "" : ` ${parcelsLeave(shop.days)}`;
    setText(note, cart.refused === undefined ? said.note + leaves : refusal(cart.refused.reason));
    setAttribute(answer, "data-tone", cart.refused === undefined ? said.tone : "none");
    setAttribute(submit, "disabled", cart.refused !== undefined);
    const lines = cart.refused === undefined ? sureness(quote.ships, shop.world.supplier(supplier), shop.now) : [];
    setAttribute(howSure, "hidden", lines.length === 0);
    setLines(sure, lines);
  };

  /** What the shop states to the customer, where it promises anything. */
  const statedBy = (promise: Instant | null): Wishes =>
    promise === null ? {} : { statedShipBy: isoDay(promise + STATED_ROOM_DAYS * DAY) };
  const place = (event: SubmitEvent): void => {
    event.preventDefault();
    const value = asked();
    if (value === undefined) return;
    const { promise: stated } = shop.engine.quoteOrder({ lines: [{ sku, quantity: value }], ...wishes() }, shop.now);
    const { id, outcome } = shop.order(sku, value, { ...wishes(), ...statedBy(stated) });
    const problem = refused(outcome);
    const promise = shop.engine.order(id, shop.now)?.lines[0]?.promised ?? null;
    setText(
      result,
      problem ??
        `Order ${id} is placed, ${promise === null ? "with no date yet" : `promised for ${day(promise, shop.now)}`}.`,
    );
    setAttribute(result, "data-tone", problem === undefined ? "good" : "none");
    update();
  };

  const element = h(
    "form",
    { class: "panel order-form", "aria-labelledby": "order-title", on: { submit: place } },
    h("h3", { id: "order-title" }, "Order it"),
    h(
      "div",
      { class: "quantity" },
      h("label", { for: "quantity" }, "Quantity"),
      h(
        "div",
        { class: "stepper" },
        h("button", { type: "button", class: "button", "aria-label": "One less", on: { click: () => step(-1) } }, "−"),
        quantity,
        h("button", { type: "button", class: "button", "aria-label": "One more", on: { click: () => step(1) } }, "+"),
      ),
    ),
    answer,
    howSure,
    h(
      "details",
      { class: "wishes" },
      h("summary", {}, "Wishes"),
      h("label", { class: "check", for: "express" }, express, h("span", {}, "Express: served before standard orders")),
      h("label", { class: "check", for: "together" }, together, h("span", {}, "Send it only when it is complete")),
      h("label", { class: "stack", for: "latest" }, h("span", {}, "No use to me after"), latest),
      h("label", { class: "stack", for: "regime" }, h("span", {}, "Law about delays"), regime),
    ),
    submit,
    result,
  );
  return { element, update };
}
