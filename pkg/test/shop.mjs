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

/** Commands that a busy shop might send, some of them wrong, with the instants at which it sends them. */
export function* days(seed, count) {
  const below = random(seed);
  const pick = (list) => list[below(list.length)];
  const skus = ["lamp", "shade", "bulb"];
  const orders = Array.from({ length: count }, (_, index) => `order-${index}`);
  let now = 0;
  for (const sku of skus) yield [{ type: "defineItem", sku, replenishment: { leadTimeDays: 3 } }, now];
  for (let turn = 0; turn < count; turn += 1) {
    now += below(DAY / 4);
    const sku = pick(skus);
    const known = `order-${below(turn + 1)}`;
    const lines = Array.from({ length: 1 + below(3) }, () => ({ sku: pick(skus), quantity: below(6) }));
    yield [
      pick([
        { type: "placeOrder", order: orders[turn], lines, priority: below(3) * 50 },
        { type: "placeOrder", order: orders[turn], lines, fulfilment: pick(["partial", "line", "order"]) },
        { type: "holdStock", hold: `hold-${turn}`, lines, ttl: 1 + below(2 * DAY) },
        { type: "receive", sku, quantity: 1 + below(9) },
        { type: "count", sku, onHand: below(12) },
        { type: "scheduleSupply", supply: `supply-${turn}`, sku, quantity: 1 + below(20), due: now + below(9 * DAY) },
        { type: "rescheduleSupply", supply: `supply-${below(turn + 1)}`, due: now + below(9 * DAY) },
        { type: "cancelSupply", supply: `supply-${below(turn + 1)}` },
        { type: "cancelOrder", order: known },
        { type: "amendLine", order: known, line: "1", quantity: 1 + below(8) },
        { type: "ship", order: known },
        { type: "return", order: known, line: "1", quantity: 1, restock: true },
        { type: "reprioritise", order: known, priority: below(256) },
        { type: "tick" },
      ]),
      now,
    ];
  }
}
