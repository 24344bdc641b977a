/** What the tests share: days, and a shop with one item. */

import { createEngine } from "../dist/node.js";

export const DAY = 86_400_000;

/** An engine with lamps, so many of them on the shelf. */
export function shop(stock = 0, settings = {}) {
  const engine = createEngine();
  applied(engine.apply({ type: "defineItem", sku: "lamp", ...settings }, 0));
  if (stock > 0) applied(engine.apply({ type: "receive", sku: "lamp", quantity: stock }, 0));
  return engine;
}

/** The events of an outcome that must be "applied". */
export function applied(outcome) {
  if (outcome.status !== "applied") throw new Error(`expected applied, got ${JSON.stringify(outcome)}`);
  return outcome.events;
}

export function order(id, quantity, more = {}) {
  return { type: "placeOrder", order: id, lines: [{ sku: "lamp", quantity }], ...more };
}

/** Whole numbers below `limit`, the same on every run. */
export function random(seed) {
  let state = seed >>> 0;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

/** What a busy shop sells: each item is promised and shared in its own way, and one is a kit. */
const ITEMS = {
  lamp: { replenishment: { leadTimeDays: 3, batch: 2, capacityPerDay: 5 }, substitutes: ["bulb", "shade"] },
  shade: { replenishment: { leadTimeDays: 3 }, sharing: "fairShare", incentives: [{ fromDelayDays: 2, offer: "a card" }] },
  bulb: { promising: "protect", backorders: { limit: 30 }, reorder: { policy: "sS", point: 3, upTo: 9 } },
  rug: { wholeLines: "skip", protection: [{ priority: 50, units: 2 }] },
  set: { components: [{ sku: "lamp", quantity: 1 }, { sku: "bulb", quantity: 2 }] },
};

/** Commands that a busy shop might send, some of them wrong, with the instants at which it sends them. */
export function* days(seed, count) {
  const below = random(seed);
  const pick = (list) => list[below(list.length)];
  const skus = Object.keys(ITEMS);
  const places = ["east", "west"];
  const [orders, holds] = [["order"], ["hold"]];
  let now = 0;
  for (const location of places) yield [{ type: "defineLocation", location }, now];
  for (const sku of skus) yield [{ type: "defineItem", sku, ...ITEMS[sku] }, now];
  for (let turn = 0; turn < count; turn += 1) {
    now += below(DAY / 4);
    const [sku, location] = [pick(skus), pick(places)];
    const [id, known, hold] = [`order-${turn}`, pick(orders.slice(-12)), pick(holds.slice(-2))];
    const lines = Array.from({ length: 1 + below(3) }, () => ({ sku: pick(skus), quantity: below(6) }));
    const line = { sku, quantity: 1 + below(9), locations: pick([undefined, [location], ["west", "east"]]) };
    const command = pick([
      { type: "placeOrder", order: id, lines, priority: below(3) * 50 },
      { type: "placeOrder", order: id, lines, fulfilment: pick(["partial", "line", "order"]) },
      { type: "placeOrder", order: id, lines: [line], sourcing: pick(["inOrder", "earliest"]), shortfall: "trim" },
      { type: "placeOrder", order: id, lines: [line], allocateFrom: now + below(4 * DAY), segment: "club" },
      { type: "holdStock", hold: `hold-${turn}`, lines, ttl: 1 + below(2 * DAY) },
      { type: "confirmHold", hold, order: id },
      { type: "releaseHold", hold },
      { type: "receive", sku, location, quantity: 1 + below(9) },
      { type: "receive", sku, location, quantity: 1 + below(9) },
      { type: "count", sku, location, onHand: below(12) },
      { type: "defineSupplier", supplier: "acme", lateness: [below(3), below(3)] },
      { type: "scheduleSupply", supply: `supply-${turn}`, sku, location, quantity: 1 + below(20), due: now + below(9 * DAY) },
      { type: "rescheduleSupply", supply: `supply-${below(turn + 1)}`, due: now + below(9 * DAY) },
      { type: "cancelSupply", supply: `supply-${below(turn + 1)}` },
      { type: "cancelOrder", order: known },
      { type: "amendLine", order: known, line: "1", quantity: 1 + below(8) },
      { type: "amendOrder", order: known, fulfilment: pick(["partial", "line", null]) },
      { type: "relocate", order: known, line: "1", to: location },
      { type: "freeze", order: known, frozen: below(3) > 0 },
      { type: "substitute", order: known, line: "1", sku: pick(["bulb", "shade"]) },
      { type: "rebalance", rules: [{ match: { segment: "club" }, strategy: "win" }, { match: {}, strategy: "redistribute" }] },
      { type: "ship", order: known },
      { type: "return", order: known, line: "1", quantity: 1, restock: true, location },
      { type: "reprioritise", order: known, priority: below(256) },
      { type: "archive", before: now - Math.min(now, 9 * DAY) },
      { type: "tick" },
    ]);
    if (command.type === "placeOrder" || command.type === "confirmHold") orders.push(command.order);
    if (command.type === "holdStock") holds.push(command.hold);
    yield [command, now];
  }
}

/** An engine with lamps in two places. */
export function chain(east, west, settings = {}) {
  const engine = createEngine();
  for (const location of ["east", "west"]) applied(engine.apply({ type: "defineLocation", location }, 0));
  applied(engine.apply({ type: "defineItem", sku: "lamp", ...settings }, 0));
  for (const [location, onHand] of [["east", east], ["west", west]]) {
    applied(engine.apply({ type: "count", sku: "lamp", location, onHand }, 0));
  }
  return engine;
}
