import assert from "node:assert/strict";
import { test } from "node:test";
import { AVAILABILITIES, BackorderError, createEngine, REASONS } from "../dist/node.js";
import { applied, DAY, random, shop } from "./shop.mjs";

const STATUSES = ["applied", "exists", "rejected"];

/** A shop in which rows can meet every fate. */
function stocked() {
  const engine = shop(7, { backorders: { limit: 2 }, maxPerOrder: 5 });
  applied(engine.apply({ type: "defineItem", sku: "shade", backorders: "deny" }, 0));
  applied(engine.apply({ type: "defineItem", sku: "bulb", replenishment: { leadTimeDays: 2 } }, 0));
  applied(engine.apply({ type: "receive", sku: "shade", quantity: 3 }, 0));
  applied(engine.apply({ type: "scheduleSupply", supply: "S", sku: "lamp", quantity: 4, due: 2 * DAY }, 0));
  return engine;
}

/** Rows with ids of every kind: some twice, some no ids at all, some that only look alike. */
function rows(seed, count) {
  const below = random(seed);
  const pick = (list) => list[below(list.length)];
  const odd = ["", "é", "日本", "👍", "a\0b", "\ud83d", "\udc4d", "x".repeat(128), "x".repeat(129), "é".repeat(65)];
  const order = Array.from({ length: count }, (_, row) => (below(4) === 0 ? pick(odd) : `order-${below(row + 2)}`));
  const skus = ["lamp", "shade", "bulb", "nothing", "låmp", "\udc4d", ""];
  return {
    order,
    sku: Array.from({ length: count }, () => pick(skus)),
    quantity: Float64Array.from({ length: count }, () => pick([1, 1, 2, 3, 6, 0, -1, 1.5, NaN, Infinity, 2 ** 53])),
    priority: Uint8Array.from({ length: count }, () => pick([0, 50, 100, 255])),
  };
}

function coded(ids) {
  const values = [...new Set(ids)];
  return { values, codes: Uint32Array.from(ids, (id) => values.indexOf(id)) };
}

test("placeAll is apply, row by row", () => {
  const reasons = new Set();
  for (let seed = 1; seed <= 40; seed += 1) {
    const columns = rows(seed, 60);
    const bulk = stocked();
    const single = stocked();
    const sku = seed % 2 === 0 ? columns.sku : coded(columns.sku);
    const placed = bulk.placeAll({ ...columns, sku }, 5);
    columns.order.forEach((order, row) => {
      const lines = [{ sku: columns.sku[row], quantity: columns.quantity[row] }];
      const command = { type: "placeOrder", order, lines, priority: columns.priority[row] };
      const outcome = single.apply(command, 5, { events: "keep" });
      const where = `seed ${seed}, row ${row}: ${JSON.stringify(command)}`;
      assert.equal(STATUSES[placed.status[row]], outcome.status, where);
      assert.equal(REASONS[placed.reason[row]], outcome.reason, where);
      if (outcome.status === "rejected") return reasons.add(outcome.reason);
      const [line] = single.order(order, 5).lines;
      if (outcome.status === "applied") assert.equal(placed.allocated[row], line.allocated, where);
      if (outcome.status === "applied") assert.equal(placed.promise[row], line.promised ?? NaN, where);
    });
    assert.equal(bulk.digest(), single.digest(), `seed ${seed}`);
    assert.deepEqual(bulk.snapshot(), single.snapshot());
    assert.deepEqual(bulk.drainEvents(), single.drainEvents());
  }
  const expected = ["backorderLimit", "existsWithDifferentContent", "invalidCommand", "limitExceeded", "maxPerOrder"];
  assert.deepEqual([...reasons].sort(), [...expected, "outOfStock", "unknownItem"].sort());
});

test("quoteAll is quote, row by row", () => {
  const engine = stocked();
  applied(engine.apply({ type: "placeOrder", order: "A", lines: [{ sku: "lamp", quantity: 5 }] }, 1));
  for (let seed = 1; seed <= 20; seed += 1) {
    const { sku, priority } = rows(seed, 80);
    const quantity = Float64Array.from(sku, (_, row) => 1 + (row % 7));
    const quoted = engine.quoteAll({ sku: seed % 2 === 0 ? sku : coded(sku), quantity, priority }, 5);
    sku.forEach((id, row) => {
      if (id === "") return assert.equal(AVAILABILITIES[quoted.availability[row]], "outOfStock");
      const quote = engine.quote({ sku: id, quantity: quantity[row], priority: priority[row] }, 5);
      const { p50, p80, p95 } = quote.ships;
      assert.deepEqual(
        [AVAILABILITIES[quoted.availability[row]], quoted.now[row], quoted.ahead[row]],
        [quote.availability, quote.now, quote.ahead],
      );
      assert.deepEqual(
        [quoted.p50[row], quoted.p80[row], quoted.p95[row], quoted.promise[row]],
        [p50, p80, p95, quote.promise].map((date) => date ?? NaN),
      );
    });
  }
});

test("columns are of their kinds, and each its own", () => {
  const engine = stocked();
  const none = engine.placeAll({ order: [], sku: [], quantity: new Float64Array() }, 1);
  assert.equal(none.status.length, 0);
  const placed = engine.placeAll({ order: ["A"], sku: ["lamp"], quantity: new Float64Array([1]) }, 1);
  const quoted = engine.quoteAll({ sku: ["lamp"], quantity: new Float64Array([1]) }, 1);
  for (const columns of [placed, quoted]) {
    for (const [name, column] of Object.entries(columns)) {
      const bytes = ["status", "reason", "availability"].includes(name);
      assert.ok(column instanceof (bytes ? Uint8Array : Float64Array), name);
      assert.equal(column.byteOffset, 0);
      assert.equal(column.length, 1);
    }
  }
  assert.equal(placed.reason[0], 255);
  structuredClone(placed.allocated, { transfer: [placed.allocated.buffer] });
  assert.equal(placed.promise.length, 1);
});

test("rows that hold no text are refused, and no others", () => {
  const engine = stocked();
  const placed = engine.placeAll({ order: ["A", 7, null], sku: ["lamp", "lamp", "lamp"], quantity: new Float64Array(3).fill(1) }, 1);
  assert.deepEqual([...placed.status], [0, 2, 2]);
  assert.equal(REASONS[placed.reason[1]], "invalidCommand");
  assert.deepEqual(engine.orders(), ["A"]);
});

const one = new Float64Array([1]);
for (const [what, rows, path] of [
  ["no columns", undefined, "rows"],
  ["an unknown column", { order: ["A"], sku: ["lamp"], quantity: one, qty: one }, "qty"],
  ["no array of ids", { order: "A", sku: ["lamp"], quantity: one }, "order"],
  ["a plain array of numbers", { order: ["A"], sku: ["lamp"], quantity: [1] }, "quantity"],
  ["an array of another type", { order: ["A"], sku: ["lamp"], quantity: one, priority: new Int8Array(1) }, "priority"],
  ["quantities too many", { order: ["A"], sku: ["lamp"], quantity: new Float64Array(2) }, "quantity"],
  ["priorities too few", { order: ["A"], sku: ["lamp"], quantity: one, priority: new Uint8Array(0) }, "priority"],
  ["items too few", { order: ["A", "B"], sku: ["lamp"], quantity: new Float64Array(2) }, "sku"],
  ["a code of nothing", { order: ["A"], sku: { values: ["lamp"], codes: new Uint32Array([1]) }, quantity: one }, "sku.codes[0]"],
  ["codes of another type", { order: ["A"], sku: { values: ["lamp"], codes: [0] }, quantity: one }, "sku.codes"],
  ["no values", { order: ["A"], sku: { codes: new Uint32Array(1) }, quantity: one }, "sku.values"],
]) {
  test(`placeAll refuses ${what} whole, naming ${path}`, () => {
    const engine = stocked();
    const before = engine.digest();
    const refused = (error) => error instanceof BackorderError && error.code === "INVALID_ARGUMENT" && error.path === path;
    assert.throws(() => engine.placeAll(rows, 1), refused);
    if (rows?.order !== undefined) {
      const { order, ...others } = rows;
      if (path !== "order" && path !== "sku") assert.throws(() => engine.quoteAll(others, 1), refused);
    }
    assert.equal(engine.digest(), before);
  });
}

test("a quantity that nobody can ask for is named by its row", () => {
  const rows = { sku: ["lamp", "lamp"], quantity: new Float64Array([1, 0.5]) };
  assert.throws(() => stocked().quoteAll(rows, 1), { code: "INVALID_ARGUMENT", path: "quantity[1]" });
});

test("many rows are as good as few", () => {
  const count = 100_000;
  const engine = createEngine();
  applied(engine.apply({ type: "defineItem", sku: "lamp" }, 0));
  const order = Array.from({ length: count }, (_, row) => `order-${row}`);
  const sku = { values: ["lamp"], codes: new Uint32Array(count) };
  const { status } = engine.placeAll({ order, sku, quantity: new Float64Array(count).fill(2) }, 1);
  assert.ok(status.every((value) => value === 0));
  assert.equal(engine.position("lamp").backordered, 2 * count);
  assert.equal(engine.order("order-99999", 1).lines[0].ahead, 2 * count - 2);
});
