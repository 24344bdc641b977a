import assert from "node:assert/strict";
import { test } from "node:test";
import { applied, DAY, order, shop } from "./shop.mjs";

const types = (events) => events.map((event) => event.type);

test("an order's whole life: placed, waiting, promised, served, shipped, returned", () => {
  const engine = shop(2);
  applied(engine.apply({ type: "scheduleSupply", supply: "PO-1", sku: "lamp", quantity: 10, due: 5 * DAY }, 0));

  const placed = applied(engine.apply(order("A", 5), 1));
  assert.deepEqual(types(placed), ["orderPlaced", "lineAllocated", "lineBackordered", "promiseMade"]);
  assert.equal(placed[3].to, 5 * DAY);

  const [line] = engine.order("A", 1).lines;
  assert.deepEqual([line.quantity, line.allocated, line.backordered, line.ahead], [5, 2, 3, 0]);
  assert.deepEqual(line.pegs, [{ supply: "PO-1", quantity: 3, due: 5 * DAY }]);
  assert.deepEqual(engine.queue("lamp"), [{ order: "A", line: "1", location: "default", quantity: 3, ahead: 0 }]);
  assert.deepEqual(engine.position("lamp"), {
    sku: "lamp",
    location: null,
    onHand: 2,
    allocated: 2,
    held: 0,
    safetyStock: 0,
    available: 0,
    incoming: 10,
    backordered: 3,
    waitingLines: 1,
  });
  assert.match(engine.explain("A", "1", 1).join(" "), /PO-1/);

  const moved = applied(engine.apply({ type: "rescheduleSupply", supply: "PO-1", due: 7 * DAY }, DAY));
  assert.deepEqual(types(moved), ["supplyMoved", "promiseMoved"]);
  assert.deepEqual([moved[1].from, moved[1].to], [5 * DAY, 7 * DAY]);

  const served = applied(engine.apply({ type: "receive", sku: "lamp", quantity: 10, supply: "PO-1" }, 6 * DAY));
  assert.deepEqual(types(served), ["stockReceived", "lineAllocated", "lineReady"]);
  assert.deepEqual(served[1].cause, { command: "receive", supply: "PO-1" });

  const shipped = applied(engine.apply({ type: "ship", order: "A" }, 6 * DAY));
  assert.deepEqual(types(shipped), ["lineShipped", "promiseKept"]);
  assert.deepEqual(engine.orders({ state: "open" }), []);
  assert.deepEqual(engine.orders(), ["A"]);

  const back = { type: "return", order: "A", line: "1", quantity: 1, restock: true };
  assert.deepEqual(types(applied(engine.apply(back, 7 * DAY))), ["lineReturned"]);
  assert.equal(engine.position("lamp").onHand, 8);
  assert.equal(engine.lastInstant(), 7 * DAY);
  assert.equal(engine.metrics(7 * DAY).onTimeLast, 1);
});

test("the same id with the same content exists; with other content it is refused", () => {
  const engine = shop(9);
  applied(engine.apply(order("A", 2), 0));
  const before = engine.digest();
  assert.deepEqual(engine.apply(order("A", 2), 0), { status: "exists", events: [] });
  assert.deepEqual(engine.apply(order("A", 2, { priority: 100, lines: [{ quantity: 2, sku: "lamp" }] }), 0).status, "exists");
  assert.equal(engine.apply(order("A", 3), 0).reason, "existsWithDifferentContent");
  assert.equal(engine.digest(), before);

  const keyed = { type: "receive", sku: "lamp", quantity: 1, key: "delivery-7" };
  assert.equal(engine.apply(keyed, 1).status, "applied");
  assert.equal(engine.apply(keyed, 2).status, "exists");
  assert.equal(engine.position("lamp").onHand, 10);
});

test("what a quote says is what placing then does", () => {
  const engine = shop(3, { replenishment: { leadTimeDays: 4 } });
  applied(engine.apply({ type: "scheduleSupply", supply: "S", sku: "lamp", quantity: 4, due: 2 * DAY }, 0));
  for (const [id, quantity, priority] of [["A", 2, 100], ["B", 3, 100], ["C", 4, 100], ["D", 2, 50], ["E", 1, 200]]) {
    const quote = engine.quote({ sku: "lamp", quantity, priority }, 10);
    const cart = engine.quoteOrder({ lines: [{ sku: "lamp", quantity }], priority }, 10);
    assert.deepEqual(cart, { lines: [quote], promise: quote.promise });
    applied(engine.apply(order(id, quantity, { priority }), 10));
    const [line] = engine.order(id, 10).lines;
    assert.equal(line.promised, quote.promise, id);
    assert.equal(line.allocated, quote.now, id);
    assert.equal(line.ahead, quote.ahead, id);
    assert.deepEqual(quote.parts, [{ location: "default", now: line.allocated, waits: line.backordered }], id);
  }
});

test("a quote by the short way and by the long way is the same object", () => {
  const engine = shop(3, { backorders: { limit: 2 } });
  applied(engine.apply({ type: "defineItem", sku: "gone", lifecycle: "discontinued" }, 0));
  applied(engine.apply({ type: "defineItem", sku: "soon", lifecycle: { preorder: { releaseAt: 9 * DAY } } }, 0));
  for (const sku of ["lamp", "gone", "soon", "nothing", "lämp", "\ud800"]) {
    for (const quantity of [1, 3, 4, 5, 6, 2 ** 53 - 1]) {
      const short = engine.quote({ sku, quantity }, 1);
      const long = engine.quote({ sku, quantity, locations: ["default"] }, 1);
      assert.deepEqual({ ...short, sku: "" }, { ...long, sku: "" }, `${quantity} of ${sku}`);
      assert.deepEqual(Object.keys(short).sort(), Object.keys(long).sort());
    }
  }
  assert.equal(engine.quote({ sku: "lamp", quantity: 1, locations: ["elsewhere"] }, 1).availability, "outOfStock");
});

test("a hold keeps its units and place, becomes an order, or ends", () => {
  const engine = shop(2);
  const lines = [{ sku: "lamp", quantity: 2 }];
  applied(engine.apply({ type: "holdStock", hold: "cart-1", lines, ttl: DAY }, 0));
  assert.equal(engine.position("lamp").held, 2);
  assert.equal(engine.position("lamp", "default").location, "default");
  assert.equal(engine.hold("cart-1", 0).state, "open");
  applied(engine.apply({ type: "confirmHold", hold: "cart-1", order: "A" }, 1));
  assert.equal(engine.hold("cart-1", 1).state, "confirmed");
  assert.equal(engine.order("A", 1).lines[0].allocated, 2);
  applied(engine.apply({ type: "ship", order: "A" }, 1));

  applied(engine.apply({ type: "receive", sku: "lamp", quantity: 1 }, 2));
  applied(engine.apply({ type: "holdStock", hold: "cart-2", lines, ttl: DAY }, 2));
  assert.equal(engine.nextWakeAt(), 2 + DAY);
  assert.deepEqual(types(applied(engine.apply({ type: "tick" }, 2 + DAY))), ["holdExpired"]);
  assert.equal(engine.apply({ type: "confirmHold", hold: "cart-2", order: "B" }, 2 + DAY).reason, "holdExpired");
  assert.equal(engine.nextWakeAt(), null);
});

test("kept events are drained once, in order of seq, and are part of the snapshot", () => {
  const engine = shop();
  for (let index = 0; index < 20; index += 1) engine.apply(order(`A${index}`, 1), index, { events: "keep" });
  assert.deepEqual(engine.apply({ type: "receive", sku: "lamp", quantity: 5 }, 20, { events: "keep" }).events, []);
  const first = engine.drainEvents(7);
  const rest = engine.drainEvents();
  assert.equal(first.length, 7);
  const seqs = [...first, ...rest].map((event) => event.seq);
  assert.deepEqual(seqs, Array.from({ length: seqs.length }, (_, index) => index + 1));
  assert.deepEqual(engine.drainEvents(), []);

  assert.deepEqual(applied(engine.apply(order("B", 1), 21, { events: "drop" })), []);
  const [next] = applied(engine.apply(order("C", 1), 22));
  assert.ok(next.seq > seqs.length + 1, "dropped events keep their numbers");
});

test("whatIf tells what would move, and changes nothing", () => {
  const engine = shop();
  applied(engine.apply({ type: "scheduleSupply", supply: "S", sku: "lamp", quantity: 5, due: 2 * DAY }, 0));
  applied(engine.apply(order("A", 3), 0));
  const before = [engine.digest(), engine.snapshot()];
  const delay = { type: "rescheduleSupply", supply: "S", due: 9 * DAY };
  assert.deepEqual(engine.whatIf([delay], 1), [
    { order: "A", line: "1", before: 2 * DAY, after: 9 * DAY, breach: true },
  ]);
  assert.deepEqual(engine.whatIf([], 1), []);
  assert.deepEqual([engine.digest(), engine.snapshot()], before);
});

test("listings come in pages", () => {
  const engine = shop(1);
  for (const id of ["A", "B", "C"]) applied(engine.apply(order(id, 1), 0));
  applied(engine.apply({ type: "scheduleSupply", supply: "S", sku: "lamp", quantity: 5, due: DAY }, 0));
  assert.deepEqual(engine.orders({ offset: 1, limit: 1 }), ["B"]);
  assert.deepEqual(engine.queue("lamp", { limit: 1 }).map((row) => row.order), ["B"]);
  assert.deepEqual(engine.queue("lamp", { location: "elsewhere" }), []);
  assert.deepEqual(engine.items({ offset: 1 }), []);
  const [item] = engine.items();
  assert.equal(item.sku, "lamp");
  assert.equal(item.settings.backorders, "allow");
  assert.deepEqual(engine.supplies("lamp"), [
    { supply: "S", location: "default", open: 5, received: 0, due: DAY, state: "open" },
  ]);
  assert.equal(engine.order("nobody", 0), undefined);
  assert.equal(engine.hold("nobody", 0), undefined);
  assert.equal(engine.position("nothing"), undefined);
  assert.equal(engine.position("lamp", "elsewhere"), undefined);
});
