import assert from "node:assert/strict";
import { test } from "node:test";
import { BackorderError, createEngine, restoreEngine } from "../dist/node.js";
import { applied, order, shop } from "./shop.mjs";

const cyclic = { sku: "lamp", quantity: 1 };
cyclic.itself = cyclic;
const deep = JSON.parse("[".repeat(50) + "]".repeat(50));
const lamps = (count) => Array.from({ length: count }, () => ({ sku: "lamp", quantity: 1 }));
const throwing = {
  get quantity() {
    throw new Error("no");
  },
};

/** What is wrong with a command, and where the answer must say so. */
const WRONG = [
  ["NaN", order("A", NaN), "lines[0].quantity"],
  ["negative", order("A", -1), "lines[0].quantity"],
  ["fraction", order("A", 1.5), "lines[0].quantity"],
  ["2^53", order("A", 2 ** 53), "lines[0].quantity"],
  ["infinite", order("A", Infinity), "lines[0].quantity"],
  ["zero", order("A", 0), "lines[0].quantity"],
  ["text for a number", order("A", "1"), "lines[0].quantity"],
  ["null for a number", order("A", null), "lines[0].quantity"],
  ["undefined for a number", order("A", undefined), "lines[0].quantity"],
  ["a BigInt", order("A", 1n), "lines[0].quantity"],
  ["a symbol", order("A", Symbol("1")), "lines[0].quantity"],
  ["a function", order("A", () => 1), "lines[0].quantity"],
  ["a Date", order("A", 1, { notBefore: new Date(0) }), "notBefore"],
  ["a Map", { type: "placeOrder", order: "A", lines: new Map() }, "lines"],
  ["a Set", { type: "placeOrder", order: "A", lines: [new Set()] }, "lines[0]"],
  ["a typed array", { type: "defineSupplier", supplier: "S", lateness: new Int8Array(2) }, "lateness"],
  ["bytes", { type: "receive", sku: new Uint8Array(2), quantity: 1 }, "sku"],
  ["a boxed number", order("A", Object(1)), "lines[0].quantity"],
  ["a hole", { type: "placeOrder", order: "A", lines: [lamps(1)[0], , lamps(1)[0]] }, "lines[1]"],
  ["a number for an id", order(7, 1), "order"],
  ["an empty id", order("", 1), "order"],
  ["half a character", order("A\ud800", 1), "order"],
  ["an unknown field", order("A", 1, { colour: "red" }), "colour"],
  ["an unknown field of a line", { type: "placeOrder", order: "A", lines: [{ ...lamps(1)[0], size: 3 }] }, "lines[0].size"],
  ["a prototype by name", JSON.parse('{"type":"tick","__proto__":{"type":"x"}}'), "__proto__"],
  ["an unknown command", { type: "explode" }, "type"],
  ["no type", { order: "A" }, "type"],
  ["a calendar without a day", { type: "defineLocation", location: "east", calendar: { workdays: [] } }, "calendar.workdays"],
  ["no answer", { type: "respond", order: "A", answer: "maybe" }, "answer"],
  ["no setting of a regime", { type: "defineRegime", regime: "mine", settings: { days: 3 } }, "settings.days"],
  ["no day", order("A", 1, { statedShipBy: "2026-02-30" }), "statedShipBy"],
  ["a location that is none", { type: "defineLocation", location: ["east"] }, "location"],
  ["a location named twice", { type: "placeOrder", order: "A", lines: [{ ...lamps(1)[0], locations: ["a", "a"] }] }, "lines[0].locations[1]"],
  ["no way of sourcing", order("A", 1, { sourcing: "nearest" }), "sourcing"],
  ["a Date to allocate from", order("A", 1, { allocateFrom: new Date(0) }), "allocateFrom"],
  ["yes for a word", order("A", 1, { shortfall: true }), "shortfall"],
  ["from there to there", { type: "relocate", order: "A", line: "1", from: "a", to: "a" }, "to"],
  ["nothing to relocate", { type: "relocate", order: "A", line: "1", to: "a", quantity: 0 }, "quantity"],
  ["a number for a flag", { type: "freeze", order: "A", frozen: 1 }, "frozen"],
  ["a list for a substitute", { type: "substitute", order: "A", line: "1", sku: ["b"] }, "sku"],
  ["no rules", { type: "rebalance" }, "rules"],
  ["no such strategy", { type: "rebalance", rules: [{ match: {}, strategy: "keep" }] }, "rules[0].strategy"],
  ["a priority that is none", { type: "rebalance", rules: [{ match: { priority: { from: 0.5 } }, strategy: "win" }] }, "rules[0].match.priority.from"],
  ["a Set of items", { type: "rebalance", skus: new Set(["lamp"]), rules: [] }, "skus"],
  ["a Map of components", { type: "defineItem", sku: "set", components: new Map([["lamp", 1]]) }, "components"],
  ["half a component", { type: "defineItem", sku: "set", components: [{ sku: "lamp", quantity: 0.5 }] }, "components[0].quantity"],
  ["one substitute twice", { type: "defineItem", sku: "lamp", substitutes: ["bulb", "bulb"] }, "substitutes[1]"],
  ["an offer that is none", { type: "defineItem", sku: "lamp", incentives: [{ fromDelayDays: 1, offer: 5 }] }, "incentives[0].offer"],
  ["a level twice", { type: "defineItem", sku: "lamp", protection: [1, 1].map((priority) => ({ priority, units: 1 })) }, "protection[1].priority"],
  ["settings that exclude each other", { type: "defineItem", sku: "lamp", sharing: "fairShare", promising: "protect" }, "promising"],
  ["no level to order up to", { type: "defineItem", sku: "lamp", reorder: { policy: "sS", point: 1 } }, "reorder.upTo"],
  ["no capacity", { type: "defineItem", sku: "lamp", replenishment: { leadTimeDays: 1, capacityPerDay: 0 } }, "replenishment.capacityPerDay"],
  ["no lines", { type: "placeOrder", order: "A", lines: [] }, "lines"],
  ["a priority of 256", order("A", 1, { priority: 256 }), "priority"],
  ["a cycle", { type: "placeOrder", order: "A", lines: [cyclic] }, "lines[0].itself.itself.itself.itself.itself.itself"],
  ["depth", { type: "placeOrder", order: "A", lines: deep }, "lines[0][0][0][0][0][0][0]"],
  ["a getter that throws", { type: "placeOrder", order: "A", lines: [throwing] }, "lines[0].quantity"],
  ["a proxy that throws", { type: "placeOrder", order: "A", lines: [new Proxy({}, { ownKeys: () => 7 })] }, "lines[0]"],
];

for (const [what, command, path] of WRONG) {
  test(`${what}: invalidCommand at ${path}, and nothing changes`, () => {
    const engine = shop(5);
    const before = engine.digest();
    const outcome = engine.apply(command, 9);
    assert.deepEqual([outcome.status, outcome.reason, outcome.path], ["rejected", "invalidCommand", path]);
    assert.ok(outcome.message.length > 10 && outcome.message.length < 400, outcome.message);
    assert.deepEqual(outcome.events, []);
    assert.equal(engine.digest(), before);
    assert.equal(engine.lastInstant(), 0);
  });
}

test("what is too much is limitExceeded, and nothing changes", () => {
  for (const [command, path] of [
    [order("x".repeat(10_000_000), 1), "order"],
    [order("é".repeat(65), 1), "order"],
    [{ type: "placeOrder", order: "A", lines: lamps(1_001) }, "lines"],
    [{ type: "placeOrder", order: "A", lines: lamps(1_000_000) }, "lines"],
    [order("A", 1, { segment: "x".repeat(129) }), "segment"],
    [{ type: "defineItem", sku: "set", components: lamps(1_001) }, "components"],
    [{ type: "defineItem", sku: "lamp", protection: lamps(9).map((_, priority) => ({ priority, units: 1 })) }, "protection"],
    [{ type: "rebalance", rules: lamps(1_001).map(() => ({ match: {}, strategy: "win" })) }, "rules"],
  ]) {
    const engine = shop(5);
    const before = engine.digest();
    const outcome = engine.apply(command, 0);
    assert.deepEqual([outcome.status, outcome.reason, outcome.path], ["rejected", "limitExceeded", path]);
    assert.ok(outcome.message.length < 300, "the message quotes no 10 MB");
    assert.equal(engine.digest(), before);
  }
});

test("undefined is left out, null is the default, other objects are read for what they hold", () => {
  const engine = shop(5, { safetyStock: 2 });
  applied(engine.apply({ type: "defineItem", sku: "lamp", safetyStock: undefined, key: undefined }, 0));
  assert.equal(engine.position("lamp").safetyStock, 2);
  applied(engine.apply({ type: "defineItem", sku: "lamp", safetyStock: null }, 0));
  assert.equal(engine.position("lamp").safetyStock, 0);

  class Order {
    type = "placeOrder";
    lines = [{ sku: "lamp", quantity: 1, minShipment: undefined }];
    constructor(id) {
      this.order = id;
    }
  }
  applied(engine.apply(new Order("A"), 0));
  applied(engine.apply(new Proxy(order("B", 1), {}), 0));
  applied(engine.apply(Object.assign(Object.create(null), order("C", 1)), 0));
  assert.deepEqual(engine.orders(), ["A", "B", "C"]);
});

test("limits are accepted at the limit", () => {
  const engine = shop();
  applied(engine.apply(order("x".repeat(128), 1), 0));
  applied(engine.apply({ type: "placeOrder", order: "A", lines: lamps(1_000) }, 0));
  applied(engine.apply({ type: "receive", sku: "lamp", quantity: 2 ** 53 - 1 }, 2 ** 53 - 1));
  assert.equal(engine.position("lamp").onHand, 2 ** 53 - 1);
});

const CODE = "INVALID_ARGUMENT";
const thrown = (code, path) => (error) => {
  assert.ok(error instanceof BackorderError && error instanceof Error, String(error));
  assert.deepEqual([error.name, error.code, error.path], ["BackorderError", code, path], error.message);
  assert.ok(error.message.length > 10 && error.message.length < 300);
  return true;
};

/** Calls that aren't what the call takes, and the path that the error must name. */
const MISUSE = [
  [(e) => e.apply(null, 0), "command"],
  [(e) => e.apply("tick", 0), "command"],
  [(e) => e.apply([], 0), "command"],
  [(e) => e.apply(undefined, 0), "command"],
  ...[NaN, -1, 1.5, 2 ** 53, "0", 0n, null, undefined, new Date()].map((now) => [(e) => e.apply({ type: "tick" }, now), "now"]),
  [(e) => e.apply({ type: "tick" }, 1, { events: "all" }), "options.events"],
  [(e) => e.apply({ type: "tick" }, 1, { event: "keep" }), "options.event"],
  [(e) => e.apply({ type: "tick" }, 1, "keep"), "options"],
  [(e) => e.applyAll({ type: "tick" }, 1), "commands"],
  [(e) => e.applyAll([{ type: "tick" }, null], 1), "commands[1]"],
  [(e) => e.applyAll([{ type: "tick" }, , { type: "tick" }], 1), "commands[1]"],
  [(e) => e.applyJson([], 1), "commands"],
  [(e) => e.drainEvents(-1), "max"],
  [(e) => e.drainEvents(0.5), "max"],
  [(e) => e.drainEvents("1"), "max"],
  [(e) => e.quote(null, 1), undefined],
  [(e) => e.quote({ quantity: 1 }, 1), "sku"],
  [(e) => e.quote({ sku: "lamp", quantity: 0 }, 1), "quantity"],
  [(e) => e.quote({ sku: "lamp", quantity: NaN }, 1), "quantity"],
  [(e) => e.quote({ sku: "lamp", quantity: 2 ** 53 }, 1), "quantity"],
  [(e) => e.quote({ sku: "lamp", quantity: 1n }, 1), "quantity"],
  [(e) => e.quote({ sku: "lamp", quantity: 1, priority: -1 }, 1), "priority"],
  [(e) => e.quote({ sku: "lamp", quantity: 1, qty: 1 }, 1), "qty"],
  [(e) => e.quote({ sku: "lamp", quantity: 1, shipTo: 5 }, 1), "shipTo"],
  [(e) => e.quote({ sku: "lamp", quantity: 1, locations: [] }, 1), "locations"],
  [(e) => e.quote({ sku: "lamp", quantity: 1, locations: ["a", "a"] }, 1), "locations"],
  [(e) => e.quote({ sku: "lamp", quantity: 1, locations: ["a", 1] }, 1), "locations[1]"],
  [(e) => e.quote({ sku: "lamp", quantity: 1 }, -1), "now"],
  [(e) => e.quoteOrder({ lines: [{ sku: "lamp", quantity: 1.5 }] }, 1), "lines[0].quantity"],
  [(e) => e.quoteOrder({ lines: [{ sku: "lamp", quantity: 1n }] }, 1), "lines[0].quantity"],
  [(e) => e.quoteOrder({ lines: [] }, 1), "lines"],
  [(e) => e.order(7, 1), "id"],
  [(e) => e.order("", 1), "id"],
  [(e) => e.order("x".repeat(10_000_000), 1), "id"],
  [(e) => e.order("A"), "now"],
  [(e) => e.hold(["A"], 1), "id"],
  [(e) => e.position(undefined), "sku"],
  [(e) => e.position("lamp", 7), "location"],
  [(e) => e.queue("lamp", { limit: -1 }), "limit"],
  [(e) => e.queue("lamp", { from: 1 }), "from"],
  [(e) => e.queue("lamp", { location: 7 }), "location"],
  [(e) => e.items({ offset: 0.5 }), "offset"],
  [(e) => e.orders({ state: "shut" }), "state"],
  [(e) => e.supplies(7), "sku"],
  [(e) => e.metrics(), "now"],
  [(e) => e.explain("A", 1, 1), "line"],
  [(e) => e.whatIf({}, 1), "commands"],
  [(e) => e.whatIf([{ type: "tick" }, { type: "receive", sku: "lamp", quantity: -1 }], 1), "commands[1].quantity"],
  [(e) => e.whatIf([{ type: "receive", sku: "lamp", quantity: 1n }], 1), "commands[0].quantity"],
  [(e) => e.reorders(), "now"],
  [(e) => e.quoteSheet("lamp"), "now"],
  [() => createEngine(null), "options"],
  [() => createEngine({ seed: 1 }), "seed"],
  [() => createEngine({ seed: -1n }), "seed"],
  [() => createEngine({ seed: 2n ** 64n }), "seed"],
  [() => createEngine({ id: "" }), "id"],
  [() => createEngine({ id: "x".repeat(129) }), "id"],
  [() => createEngine({ name: "shop" }), "name"],
  [() => createEngine({ promiseQuantile: 1 }), "promiseQuantile"],
  [() => createEngine({ promiseQuantile: "0.9" }), "promiseQuantile"],
  [() => createEngine({ requireEvidence: 1 }), "requireEvidence"],
  [() => restoreEngine("bytes"), "snapshot"],
];

for (const [call, path] of MISUSE) {
  test(`${call.toString().slice(0, 90)} throws, naming ${path ?? "the call"}`, () => {
    const engine = shop(5);
    const before = engine.digest();
    assert.throws(() => call(engine), thrown(CODE, path));
    assert.equal(engine.digest(), before);
  });
}

test("options at their defaults are accepted", () => {
  const seed = 2n ** 64n - 1n;
  createEngine({ id: "x".repeat(128), seed, promiseQuantile: 0.8, requireEvidence: false }).free();
  createEngine({ id: undefined, seed: undefined }).free();
  createEngine(undefined).free();
});
