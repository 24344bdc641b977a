import assert from "node:assert/strict";
import { test } from "node:test";
import { applied, DAY, order, shop } from "./shop.mjs";

const LINE = ["line", "location", "sku"];

/** The fields of every kind of event, as the declarations have them. */
const FIELDS = {
  orderPlaced: ["order"],
  lineAllocated: ["order", ...LINE, "quantity"],
  lineDeallocated: ["order", ...LINE, "quantity"],
  lineBackordered: ["order", ...LINE, "quantity"],
  lineReady: ["order", ...LINE, "quantity"],
  lineShipped: ["order", ...LINE, "quantity"],
  lineCancelled: ["order", ...LINE, "quantity"],
  lineReturned: ["order", ...LINE, "quantity"],
  lineSubstituted: ["order", ...LINE, "quantity"],
  promiseMade: ["order", ...LINE, "to"],
  promiseMoved: ["order", ...LINE, "from", "to"],
  promiseKept: ["order", ...LINE, "to"],
  promiseBroken: ["order", ...LINE, "to"],
  holdPlaced: ["hold"],
  holdExpired: ["hold"],
  holdReleased: ["hold"],
  stockReceived: ["location", "quantity", "sku"],
  stockCounted: ["location", "quantity", "sku"],
  supplyScheduled: ["location", "quantity", "sku", "supply", "to"],
  supplyMoved: ["from", "location", "quantity", "sku", "supply", "to"],
  supplyCancelled: ["location", "quantity", "sku", "supply"],
  reorderDue: ["location", "quantity", "sku"],
};

/** Kinds that a hold's lines have too, with `hold` in the place of `order`. */
const OF_HOLDS = new Set(
  ["lineAllocated", "lineDeallocated", "lineBackordered", "lineReady", "promiseMade", "promiseMoved", "promiseBroken"],
);

test("each kind of event has exactly its fields", () => {
  const engine = shop(4);
  const lines = (quantity) => [{ sku: "lamp", quantity }];
  const events = [
    [{ type: "scheduleSupply", supply: "S", sku: "lamp", quantity: 9, due: 2 * DAY }, 0],
    [order("A", 6), 1],
    [{ type: "holdStock", hold: "H", lines: lines(1), ttl: DAY / 2 }, 2],
    [{ type: "holdStock", hold: "I", lines: lines(1), ttl: 9 * DAY }, 2],
    [{ type: "rescheduleSupply", supply: "S", due: 3 * DAY }, 3],
    [{ type: "count", sku: "lamp", onHand: 3 }, 4],
    [{ type: "tick" }, DAY],
    [{ type: "tick" }, 4 * DAY],
    [{ type: "receive", sku: "lamp", quantity: 9, supply: "S" }, 4 * DAY],
    [{ type: "releaseHold", hold: "I" }, 4 * DAY],
    [order("B", 2), 4 * DAY],
    [{ type: "ship", order: "B" }, 4 * DAY],
    [{ type: "ship", order: "A" }, 5 * DAY],
    [{ type: "return", order: "A", line: "1", quantity: 1, restock: false }, 5 * DAY],
    [order("C", 1), 5 * DAY],
    [{ type: "cancelOrder", order: "C" }, 5 * DAY],
    [{ type: "scheduleSupply", supply: "T", sku: "lamp", quantity: 1, due: 9 * DAY }, 5 * DAY],
    [{ type: "cancelSupply", supply: "T" }, 5 * DAY],
    [{ type: "defineItem", sku: "bulb", reorder: { policy: "rQ", point: 2, quantity: 5 } }, 5 * DAY],
    [{ type: "defineItem", sku: "lamp", substitutes: ["bulb"] }, 5 * DAY],
    [order("D", 9), 5 * DAY],
    [{ type: "substitute", order: "D", line: "1", sku: "bulb" }, 5 * DAY],
  ].flatMap(([command, now]) => applied(engine.apply(command, now)));

  const seen = new Set();
  for (const { seq, at, cause, type, ...own } of events) {
    assert.ok(Number.isSafeInteger(seq) && Number.isSafeInteger(at), type);
    assert.ok("command" in cause, type);
    const ofHold = "hold" in own && OF_HOLDS.has(type);
    const expected = FIELDS[type]?.map((field) => (ofHold && field === "order" ? "hold" : field));
    const optional = type === "stockReceived" && "supply" in own ? ["supply"] : [];
    assert.deepEqual(Object.keys(own).sort(), [...expected, ...optional].sort(), type);
    seen.add(type);
  }
  assert.deepEqual([...seen].sort(), Object.keys(FIELDS).sort(), "every kind was seen");
});

test("a lost date is null, in the event as in the order", () => {
  const engine = shop();
  applied(engine.apply({ type: "scheduleSupply", supply: "S", sku: "lamp", quantity: 1, due: DAY }, 0));
  applied(engine.apply(order("A", 1), 0));
  const [, moved] = applied(engine.apply({ type: "cancelSupply", supply: "S" }, 1));
  assert.deepEqual([moved.type, moved.from, moved.to], ["promiseMoved", DAY, null]);
  assert.equal(engine.order("A", 1).lines[0].promised, null);
});
