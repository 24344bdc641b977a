import assert from "node:assert/strict";
import { test } from "node:test";
import { applied, chain, DAY, order, shop } from "./shop.mjs";

const types = (events) => events.map((event) => event.type);
const allocated = (engine, ...ids) => ids.map((id) => engine.order(id, 9).lines[0].allocated);

test("a trimmed order says what it could not have, and counts as what it took", () => {
  const engine = shop(3, { backorders: { limit: 2 } });
  const lines = [{ sku: "lamp", quantity: 4 }, { line: "more", sku: "lamp", quantity: 4 }];
  const cart = { lines, shortfall: "trim" };
  const quoted = engine.quoteOrder(cart, 1);
  const outcome = engine.apply({ type: "placeOrder", order: "A", ...cart }, 1);
  assert.equal(outcome.status, "applied");
  assert.deepEqual(outcome.refused, [{ line: "more", quantity: 3 }]);
  assert.deepEqual(engine.order("A", 1).lines.map(({ quantity }) => quantity), [4, 1]);
  assert.deepEqual(quoted.lines.map(({ quantity }) => quantity), [4, 1]);

  assert.deepEqual(engine.apply({ type: "placeOrder", order: "A", ...cart }, 1), { status: "exists", events: [] });
  const none = engine.apply(order("B", 1, { shortfall: "trim" }), 1);
  assert.deepEqual([none.reason, none.path, "refused" in none], ["backorderLimit", "lines[0].quantity", false]);
  assert.ok(!("refused" in engine.apply({ type: "tick" }, 1)), "only where something was refused");
});

test("what is refused for want comes with what could be had instead, in time", () => {
  const engine = shop(1, { backorders: "deny", substitutes: ["rug", "bulb", "nothing", "shade"] });
  const soon = { type: "scheduleSupply", supply: "S", sku: "rug", quantity: 9, due: 5 * DAY };
  for (const sku of ["rug", "bulb", "shade"]) applied(engine.apply({ type: "defineItem", sku }, 0));
  applied(engine.apply(soon, 0));
  applied(engine.apply({ type: "receive", sku: "bulb", quantity: 2 }, 0));

  const offered = (command) => engine.apply(command, 1).alternatives?.map(({ sku }) => sku);
  const refused = engine.apply(order("A", 2), 1);
  assert.deepEqual([refused.status, refused.reason, refused.path], ["rejected", "outOfStock", "lines[0].quantity"]);
  assert.deepEqual(refused.alternatives, [
    engine.quote({ sku: "bulb", quantity: 2 }, 1),
    engine.quote({ sku: "rug", quantity: 2 }, 1),
    engine.quote({ sku: "shade", quantity: 2 }, 1),
  ]);
  assert.deepEqual(refused.alternatives.map(({ sku, availability }) => `${sku} ${availability}`), [
    "bulb inStock",
    "rug backorder",
    "shade backorder",
  ]);
  assert.deepEqual(engine.quote({ sku: "lamp", quantity: 2 }, 1).alternatives, refused.alternatives);
  assert.deepEqual(offered(order("A", 2, { latest: 5 * DAY })), ["bulb", "rug"]);
  assert.deepEqual(offered(order("A", 2, { latest: 5 * DAY - 1 })), ["bulb"]);
  assert.deepEqual(offered({ type: "holdStock", hold: "H", lines: [{ sku: "lamp", quantity: 3 }], ttl: DAY }), ["rug", "bulb", "shade"]);
  assert.deepEqual(JSON.parse(engine.applyJson(JSON.stringify(order("A", 2)), 1)).alternatives, refused.alternatives);

  const second = { type: "placeOrder", order: "A", lines: [{ sku: "bulb", quantity: 1 }, { sku: "lamp", quantity: 2 }] };
  assert.deepEqual(engine.apply(second, 1).path, "lines[1].quantity");
  assert.deepEqual(offered(second), ["bulb", "rug", "shade"]);
  for (const command of [
    order("A", 2, { colour: "red" }),
    { type: "placeOrder", order: "A", lines: [{ sku: "rug", quantity: 1 }], latest: 1 },
    { type: "placeOrder", order: "A", lines: [{ sku: "nothing", quantity: 1 }] },
    { type: "ship", order: "A" },
  ]) {
    const { status, reason, ...more } = engine.apply(command, 1);
    assert.ok(status === "rejected" && !("alternatives" in more), reason);
  }

  applied(engine.apply({ type: "defineItem", sku: "lamp", backorders: "allow", maxPerOrder: 2 }, 1));
  assert.deepEqual(offered(order("A", 3)), ["rug", "bulb", "shade"], "maxPerOrder");
  assert.deepEqual(offered(order("A", 2, { latest: 6 * DAY })), ["bulb", "rug"], "tooLate");
});

test("a quote offers something for the wait, and nothing where there is none", () => {
  const incentives = [{ fromDelayDays: 3, offer: "free postage" }, { fromDelayDays: 7, offer: "a voucher" }];
  const engine = shop(1, { incentives });
  const at = (due) => applied(engine.apply({ type: "scheduleSupply", supply: `S${due}`, sku: "lamp", quantity: 1, due }, 0));
  [2, 5, 9].forEach((days) => at(days * DAY));
  const offers = [1, 2, 3, 4, 5].map((quantity) => engine.quote({ sku: "lamp", quantity }, 0).incentive);
  assert.deepEqual(offers, [undefined, undefined, "free postage", "a voucher", "a voucher"]);
  assert.ok(!("incentive" in engine.quote({ sku: "lamp", quantity: 1 }, 0)));
});

test("a rebalance says by name who won and who lost, and whatIf what that would do to promises", () => {
  const engine = shop(5, { replenishment: { leadTimeDays: 4 } });
  applied(engine.apply(order("A", 4), 1));
  applied(engine.apply(order("B", 4, { segment: "club" }), 2));
  applied(engine.apply(order("C", 2), 3));
  assert.deepEqual(allocated(engine, "A", "B", "C"), [4, 1, 0]);

  const rebalance = {
    type: "rebalance",
    skus: ["lamp"],
    rules: [{ match: { segment: "club" }, strategy: "win" }, { match: { orders: ["A"], priority: { to: 100 } }, strategy: "lose" }],
  };
  const before = engine.digest();
  const moved = engine.whatIf([rebalance], DAY);
  assert.deepEqual(moved.map(({ order, line }) => `${order}/${line}`), ["A/1"]);
  assert.ok(moved[0].before < moved[0].after);
  assert.equal(engine.digest(), before);

  applied(engine.apply({ type: "freeze", order: "A", frozen: true }, DAY));
  assert.deepEqual(engine.apply(rebalance, DAY).changes, [], "nothing is taken from what is frozen");
  applied(engine.apply({ type: "freeze", order: "A", frozen: false }, DAY));

  const outcome = engine.apply(rebalance, DAY);
  assert.deepEqual(outcome.changes, [
    { order: "A", line: "1", before: 4, after: 0 },
    { order: "B", line: "1", before: 1, after: 4 },
    { order: "C", line: "1", before: 0, after: 1 },
  ]);
  const units = applied(outcome).filter(({ quantity }) => quantity !== undefined);
  assert.deepEqual(units.map(({ type, order, quantity }) => `${type} ${order} ${quantity}`), [
    "lineDeallocated A 4",
    "lineAllocated B 3",
    "lineReady B 4",
    "lineAllocated C 1",
  ]);
  const [told] = outcome.events.filter(({ type }) => type === "promiseMoved");
  assert.deepEqual([told.order, told.to], ["A", moved[0].after]);
  const unknown = engine.apply({ ...rebalance, rules: [{ match: { orders: ["A", "Z"] }, strategy: "win" }] }, DAY);
  assert.deepEqual([unknown.reason, unknown.path], ["unknownOrder", "rules[0].match.orders[1]"]);
});

test("a count takes from what is not frozen first", () => {
  const engine = shop(4);
  for (const id of ["A", "B"]) applied(engine.apply(order(id, 2), 1));
  applied(engine.apply({ type: "freeze", order: "B", frozen: true }, 2));
  applied(engine.apply({ type: "count", sku: "lamp", onHand: 1 }, 3));
  assert.deepEqual(allocated(engine, "A", "B"), [0, 1]);
});

test("an order for later takes nothing before its day, and then ranks by when it was placed", () => {
  const engine = shop();
  assert.deepEqual(types(applied(engine.apply(order("A", 2, { allocateFrom: 3 * DAY }), 1))), ["orderPlaced", "lineBackordered"]);
  applied(engine.apply(order("B", 2), 2));
  applied(engine.apply({ type: "receive", sku: "lamp", quantity: 3 }, DAY));
  assert.deepEqual(allocated(engine, "A", "B"), [0, 2]);
  assert.equal(engine.position("lamp").available, 1);
  applied(engine.apply({ type: "ship", order: "B" }, DAY));
  assert.equal(engine.nextWakeAt(), 3 * DAY);

  applied(engine.apply(order("C", 2), 2 * DAY));
  const rows = engine.queue("lamp").map(({ order, ahead }) => [order, ahead]);
  assert.deepEqual(rows, [["C", 0], ["A", 0]], "last in the list, and behind none that was placed later");
  applied(engine.apply({ type: "tick" }, 3 * DAY));
  applied(engine.apply({ type: "receive", sku: "lamp", quantity: 1 }, 4 * DAY));
  assert.deepEqual(allocated(engine, "A", "C"), [1, 1]);
});

test("a line takes another item in its place, where the merchant said that it may", () => {
  const engine = shop(0, { substitutes: ["bulb"] });
  for (const sku of ["bulb", "shade"]) applied(engine.apply({ type: "defineItem", sku }, 0));
  applied(engine.apply({ type: "receive", sku: "bulb", quantity: 5 }, 0));
  applied(engine.apply(order("A", 2), 1));
  const substitute = (sku) => engine.apply({ type: "substitute", order: "A", line: "1", sku }, 2);
  assert.deepEqual([substitute("shade").reason, substitute("shade").path], ["notASubstitute", "sku"]);
  const events = applied(substitute("bulb"));
  assert.deepEqual(types(events), ["lineSubstituted", "lineAllocated", "lineReady", "promiseMade"]);
  assert.ok(events.every(({ sku }) => sku === "bulb"));
  assert.equal(engine.order("A", 2).lines[0].sku, "bulb");
  assert.equal(engine.position("lamp").backordered, 0);
});

test("what is to be ordered is told once, and listed until it is on its way", () => {
  const engine = chain(9, 9, { reorder: { policy: "rQ", point: 4, quantity: 6 } });
  assert.deepEqual(engine.reorders(0), []);
  const lines = [{ sku: "lamp", quantity: 8, locations: ["west"] }];
  const events = applied(engine.apply({ type: "placeOrder", order: "A", lines }, 1));
  assert.ok(!types(events).includes("reorderDue"), "units set aside are still there");
  const due = applied(engine.apply({ type: "ship", order: "A" }, 2)).at(-1);
  assert.deepEqual([due.type, due.sku, due.location, due.quantity], ["reorderDue", "lamp", "west", 6]);
  const [{ reason, ...listed }, ...others] = engine.reorders(2);
  assert.deepEqual([listed, others], [{ sku: "lamp", location: "west", quantity: 6, shortageRisk: 0 }, []]);
  assert.match(reason, /\b1\b.*\b4\b/);

  applied(engine.apply({ type: "placeOrder", order: "B", lines: [{ ...lines[0], quantity: 4 }] }, 3));
  assert.deepEqual(engine.reorders(3).map(({ quantity, shortageRisk }) => [quantity, shortageRisk]), [[12, 1]]);
  applied(engine.apply({ type: "scheduleSupply", supply: "S", sku: "lamp", location: "west", quantity: 12, due: DAY }, 4));
  assert.deepEqual(engine.reorders(4), []);
});
