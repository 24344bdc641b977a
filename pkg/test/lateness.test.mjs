import assert from "node:assert/strict";
import { test } from "node:test";
import { createEngine, restoreEngine } from "../dist/node.js";
import { applied, DAY, order } from "./shop.mjs";

/** A hundred receipts: half on the day, 30 two days late, 20 six. */
const LATENESS = [0, 2, 6].flatMap((days, place) => new Array([50, 30, 20][place]).fill(days));

/** An engine with five lamps to come from a supplier on day 10, and five rugs from nobody in particular. */
function supplied(options = {}, lateness = LATENESS, settings = {}) {
  const engine = createEngine(options);
  for (const command of [
    { type: "defineSupplier", supplier: "acme", lateness },
    { type: "defineItem", sku: "lamp", ...settings },
    { type: "defineItem", sku: "rug" },
    { type: "scheduleSupply", supply: "PO-1", sku: "lamp", quantity: 5, due: 10 * DAY, supplier: "acme" },
    { type: "scheduleSupply", supply: "PO-2", sku: "rug", quantity: 5, due: 10 * DAY },
  ]) {
    applied(engine.apply(command, 0));
  }
  return engine;
}

const dates = (...days) => days.map((day) => (day === null ? null : day * DAY));
const learned = (p50, p80, p95) => ({ p50, p80, p95, basis: "supply", evidence: 100 });

test("an estimate has three dates and its evidence by every door", () => {
  const engine = supplied();
  const ships = learned(...dates(10, 12, 16));
  // The request that is plainly right, one that is not, and the cart.
  assert.deepEqual(engine.quote({ sku: "lamp", quantity: 2 }, 0).ships, ships);
  assert.deepEqual(engine.quote({ sku: "lamp", quantity: 2, locations: ["default"] }, 0).ships, ships);
  assert.equal(engine.quote({ sku: "lamp", quantity: 2 }, 0).promise, 12 * DAY);
  const cart = engine.quoteOrder({ lines: [{ sku: "lamp", quantity: 2 }, { sku: "rug", quantity: 1 }] }, 0);
  assert.deepEqual(cart.lines.map((line) => line.ships), [ships, { ...learned(...dates(10, 10, 10)), evidence: 0 }]);
  assert.equal(cart.promise, 12 * DAY);
  applied(engine.apply(order("A", 2), 0));
  const [line] = engine.order("A", 0).lines;
  assert.deepEqual([line.ships, line.promised], [ships, 12 * DAY]);
  const quoted = engine.quoteAll({ sku: ["lamp", "rug"], quantity: Float64Array.of(1, 1) }, 0);
  assert.deepEqual([...quoted.p50, ...quoted.p80, ...quoted.p95], dates(10, 10, 12, 10, 16, 10));
  assert.deepEqual([...quoted.promise], dates(12, 10));
});

test("what is on the shelf, and what is taken at its word, has one date and no evidence", () => {
  const engine = supplied();
  applied(engine.apply({ type: "receive", sku: "lamp", quantity: 1 }, 0));
  const { ships } = engine.quote({ sku: "lamp", quantity: 1 }, 0);
  assert.deepEqual(ships, { p50: 0, p80: 0, p95: 0, basis: "stock", evidence: 0 });
  const own = engine.quote({ sku: "rug", quantity: 1 }, 0).ships;
  assert.deepEqual(own, { ...learned(...dates(10, 10, 10)), evidence: 0 });
});

test("three dates that are one have their evidence all the same", () => {
  const engine = supplied({}, new Array(100).fill(1));
  assert.deepEqual(engine.quote({ sku: "lamp", quantity: 1 }, 0).ships, learned(...dates(11, 11, 11)));
});

test("receipts teach the supplies that are scheduled after them", () => {
  const engine = supplied({}, null);
  assert.equal(engine.quote({ sku: "lamp", quantity: 1 }, 0).ships.evidence, 0);
  applied(engine.apply({ type: "receive", sku: "lamp", quantity: 5, supply: "PO-1" }, 13 * DAY));
  const next = { supply: "PO-3", sku: "lamp", quantity: 5, due: 20 * DAY, supplier: "acme" };
  applied(engine.apply({ type: "scheduleSupply", ...next }, 13 * DAY));
  // One receipt, three days late; a week and two are added for 80 and 95 %.
  const { ships } = engine.quote({ sku: "lamp", quantity: 6 }, 13 * DAY);
  assert.deepEqual(ships, { ...learned(...dates(23, 30, 37)), evidence: 1 });
});

test("an item promises at its quantile, or at that of the engine", () => {
  const promise = (engine) => engine.quote({ sku: "lamp", quantity: 1 }, 0).promise / DAY;
  assert.equal(promise(supplied({ promiseQuantile: 0.5 })), 10);
  const engine = supplied({ promiseQuantile: 0.5 }, LATENESS, { promiseQuantile: 0.95 });
  assert.equal(promise(engine), 16);
  const [lamp, rug] = engine.items();
  assert.deepEqual([lamp.settings.promiseQuantile, rug.settings.promiseQuantile], [0.95, 0.5]);
  applied(engine.apply(order("A", 1), 0));
  applied(engine.apply({ type: "defineItem", sku: "lamp", promiseQuantile: null }, 0));
  assert.equal(promise(engine), 10);
  assert.equal(engine.order("A", 0).lines[0].promised, 16 * DAY, "a promise stands");
  const refused = engine.apply({ type: "defineItem", sku: "lamp", promiseQuantile: 1 }, 0);
  assert.deepEqual([refused.status, refused.path], ["rejected", "promiseQuantile"]);
});

test("where evidence is asked for there is no date without it", () => {
  const engine = supplied({ requireEvidence: true }, null);
  const { ships, promise } = engine.quote({ sku: "lamp", quantity: 1 }, 0);
  assert.deepEqual([ships, promise], [{ p50: null, p80: null, p95: null, basis: "none", evidence: 0 }, null]);
  assert.equal(engine.quote({ sku: "rug", quantity: 1 }, 0).promise, 10 * DAY);
  assert.equal(supplied({ requireEvidence: true }).quote({ sku: "lamp", quantity: 1 }, 0).promise, 12 * DAY);
});

test("what was learned is in the snapshot", () => {
  const engine = supplied({ promiseQuantile: 0.9, requireEvidence: true });
  const twin = restoreEngine(engine.snapshot());
  for (const one of [engine, twin]) {
    applied(one.apply({ type: "receive", sku: "lamp", quantity: 1, supply: "PO-1" }, 11 * DAY));
    applied(one.apply(order("A", 3), 11 * DAY));
  }
  assert.deepEqual(twin.order("A", 11 * DAY), engine.order("A", 11 * DAY));
  assert.equal(twin.digest(), engine.digest());
});
