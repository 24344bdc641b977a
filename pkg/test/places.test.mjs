import assert from "node:assert/strict";
import { test } from "node:test";
import { restoreEngine } from "../dist/node.js";
import { applied, chain, DAY, order, shop } from "./shop.mjs";

/** What the events say of units: what happened, to whom, where, to how many. */
const told = (events) => events.map(({ type, order, location, quantity }) => [type, order, location, quantity].join(" ").trim());

/** What each place has of an order's line. */
const parts = (engine, id) => engine.order(id, DAY).lines[0].parts;

test("the first location takes the place of the one without a name, unless that was used", () => {
  const engine = shop();
  applied(engine.apply({ type: "defineLocation", location: "été" }, 0));
  const [received] = applied(engine.apply({ type: "receive", sku: "lamp", quantity: 3 }, 0));
  assert.equal(received.location, "été");
  assert.deepEqual(engine.quote({ sku: "lamp", quantity: 2 }, 0).parts, [{ location: "été", now: 2, waits: 0 }]);
  assert.equal(engine.position("lamp", "default"), undefined);

  const used = shop(3);
  applied(used.apply({ type: "defineLocation", location: "east" }, 0));
  assert.equal(used.position("lamp", "default").onHand, 3);
  const nowhere = used.apply({ type: "receive", sku: "lamp", quantity: 1 }, 0);
  assert.deepEqual([nowhere.reason, nowhere.path], ["unknownLocation", "location"]);
});

test("quotes and orders have a part for each place, positions and queues one for the place asked for", () => {
  const engine = chain(4, 3, { safetyStock: 1 });
  const supply = { type: "scheduleSupply", supply: "S", sku: "lamp", location: "west", quantity: 9, due: 3 * DAY };
  applied(engine.apply(supply, DAY));
  const quote = engine.quote({ sku: "lamp", quantity: 7 }, DAY);
  assert.deepEqual(quote.parts, [
    { location: "east", now: 3, waits: 0 },
    { location: "west", now: 2, waits: 2 },
  ]);
  assert.deepEqual([quote.availability, quote.now, quote.promise], ["limited", 5, 3 * DAY]);
  assert.deepEqual(engine.quoteOrder({ lines: order("A", 7).lines }, DAY).lines, [quote]);

  const events = applied(engine.apply(order("A", 7), DAY));
  assert.deepEqual(told(events), [
    "orderPlaced A",
    "lineAllocated A east 3",
    "lineAllocated A west 2",
    "lineBackordered A west 2",
    "promiseMade A east",
  ]);
  assert.deepEqual(parts(engine, "A"), [
    { location: "east", allocated: 3, backordered: 0, shipped: 0 },
    { location: "west", allocated: 2, backordered: 2, shipped: 0 },
  ]);

  const position = (location) => {
    const { sku, ...books } = engine.position("lamp", location);
    return Object.values(books);
  };
  assert.deepEqual(position("east"), ["east", 4, 3, 0, 1, 0, 0, 0, 0]);
  assert.deepEqual(position("west"), ["west", 3, 2, 0, 1, 0, 9, 2, 1]);
  assert.deepEqual(position(), [null, 7, 5, 0, 2, 0, 9, 2, 1]);
  assert.equal(engine.position("lamp", "north"), undefined);

  applied(engine.apply({ ...order("B", 1), lines: [{ sku: "lamp", quantity: 1, locations: ["east"] }] }, DAY));
  const rows = { east: { order: "B", line: "1", location: "east", quantity: 1, ahead: 0 } };
  rows.west = { order: "A", line: "1", location: "west", quantity: 2, ahead: 0 };
  assert.deepEqual(engine.queue("lamp"), [rows.east, rows.west]);
  assert.deepEqual(engine.queue("lamp", { location: "west" }), [rows.west]);
  assert.deepEqual(engine.queue("lamp", { offset: 1, limit: 1 }), [rows.west]);
  assert.deepEqual(engine.supplies("lamp").map((supply) => supply.location), ["west"]);

  assert.deepEqual(told(applied(engine.apply({ type: "ship", order: "A", lines: [{ line: "1", quantity: 2, location: "east" }] }, DAY))), [
    "lineShipped A east 2",
  ]);
  assert.deepEqual(parts(engine, "A")[0], { location: "east", allocated: 1, backordered: 0, shipped: 2 });
});

test("where a line may ship from decides what it is quoted, by the short way as by the long one", () => {
  const engine = chain(4, 9);
  const where = (locations, quantity, sourcing) =>
    engine
      .quoteOrder({ lines: [{ sku: "lamp", quantity, locations }], sourcing }, 0)
      .lines[0].parts.map(({ location, now, waits }) => `${location} ${now} ${waits}`);
  assert.deepEqual(where(undefined, 5), ["west 5 0"]);
  assert.deepEqual(where(["east", "west"], 5, "inOrder"), ["east 4 0", "west 1 0"]);
  assert.deepEqual(where(["east"], 5), ["east 4 1"]);
  assert.deepEqual(where(["east", "west"], 5, "earliest"), ["west 5 0"]);
  for (const quantity of [1, 4, 5, 9, 10, 14]) {
    const short = engine.quote({ sku: "lamp", quantity }, 0);
    assert.deepEqual(short, engine.quote({ sku: "lamp", quantity, locations: ["east", "west"] }, 0), `${quantity}`);
    assert.equal(short.parts.length, quantity <= 9 ? 1 : 2);
  }
  assert.deepEqual(engine.quote({ sku: "lamp", quantity: 1, locations: ["east", "north"] }, 0).parts, []);
});

test("a line is relocated, waiting units first, and both places say so", () => {
  const engine = chain(3, 2);
  applied(engine.apply({ ...order("A", 4), lines: [{ sku: "lamp", quantity: 4, locations: ["east"] }] }, 1));
  const moved = applied(engine.apply({ type: "relocate", order: "A", line: "1", to: "west", quantity: 3 }, 2));
  assert.deepEqual(told(moved), [
    "lineDeallocated A east 2",
    "lineAllocated A west 2",
    "lineBackordered A west 1",
  ]);
  assert.deepEqual(parts(engine, "A"), [
    { location: "east", allocated: 1, backordered: 0, shipped: 0 },
    { location: "west", allocated: 2, backordered: 1, shipped: 0 },
  ]);
  const refused = (command) => {
    const { reason, path } = engine.apply({ type: "relocate", order: "A", line: "1", ...command }, 2);
    return [reason, path];
  };
  assert.deepEqual(refused({ to: "north" }), ["unknownLocation", "to"]);
  assert.deepEqual(refused({ from: "west", to: "east", quantity: 4 }), ["notAllocated", "quantity"]);
});

test("a kit is sold as one, and set aside as its components", () => {
  const engine = chain(6, 0);
  applied(engine.apply({ type: "defineItem", sku: "bulb" }, 0));
  applied(engine.apply({ type: "receive", sku: "bulb", location: "east", quantity: 5 }, 0));
  const components = [{ sku: "lamp", quantity: 1 }, { sku: "bulb", quantity: 2 }];
  applied(engine.apply({ type: "defineItem", sku: "set", components }, 0));
  assert.deepEqual(engine.items({ offset: 2 })[0].settings.components, components);
  assert.equal(engine.position("set").available, 2);
  assert.deepEqual(engine.quote({ sku: "set", quantity: 3 }, 0).parts, [{ location: "east", now: 2, waits: 1 }]);

  const kits = { type: "placeOrder", order: "A", lines: [{ sku: "set", quantity: 3 }] };
  assert.deepEqual(told(applied(engine.apply(kits, 1))), ["orderPlaced A", "lineAllocated A east 2", "lineBackordered A east 1"]);
  assert.deepEqual([engine.position("lamp").allocated, engine.position("bulb").allocated], [3, 5]);
  assert.deepEqual(engine.queue("bulb"), [{ order: "A", line: "1", location: "east", quantity: 1, ahead: 0 }]);
  assert.deepEqual(engine.queue("set"), []);
  const served = applied(engine.apply({ type: "receive", sku: "bulb", location: "east", quantity: 1 }, 2));
  assert.deepEqual(told(served), ["stockReceived  east 1", "lineAllocated A east 1", "lineReady A east 3", "promiseMade A east"]);
  assert.deepEqual(told(applied(engine.apply({ type: "ship", order: "A" }, 2))), ["lineShipped A east 3", "promiseKept A east"]);
  assert.deepEqual([engine.position("lamp").onHand, engine.position("bulb").onHand], [3, 0]);

  const onKit = engine.apply({ type: "receive", sku: "set", location: "east", quantity: 1 }, 2);
  assert.deepEqual([onKit.reason, onKit.path], ["isAKit", "sku"]);
  const cycle = engine.apply({ type: "defineItem", sku: "bulb", components: [{ sku: "set", quantity: 1 }] }, 2);
  assert.deepEqual([cycle.reason, cycle.path], ["cyclicComponents", "components[0].sku"]);
});

test("an engine of several places goes through bytes unchanged, with the names of its places", () => {
  const engine = chain(2, 1, { incentives: [{ fromDelayDays: 0, offer: "a card" }] });
  applied(engine.apply(order("A", 5, { segment: "club", allocateFrom: 2 * DAY }), 0));
  applied(engine.apply(order("B", 4), 0));
  const restored = restoreEngine(engine.snapshot());
  assert.equal(restored.digest(), engine.digest());
  for (const each of [engine, restored]) assert.equal(each.nextWakeAt(), 2 * DAY);
  for (const read of [
    (e) => e.quote({ sku: "lamp", quantity: 2 }, 1),
    (e) => e.queue("lamp"),
    (e) => e.position("lamp", "west"),
    (e) => e.order("B", 1),
    (e) => e.items(),
    (e) => e.apply({ type: "rebalance", rules: [{ match: { segment: "club" }, strategy: "win" }] }, 2 * DAY),
    (e) => e.apply({ type: "relocate", order: "A", line: "1", to: "west" }, 2 * DAY),
    (e) => e.snapshot(),
  ]) {
    assert.deepEqual(read(restored), read(engine), read.toString());
  }
});
