import assert from "node:assert/strict";
import { test } from "node:test";
import { BackorderError, createEngine, newId, restoreEngine } from "../dist/node.js";
import { RawEngine } from "../dist/wasm/backorder.js";
import { applied, days, order, shop } from "./shop.mjs";
import { failsWith, TRAP, trapping } from "./traps.mjs";

test("a restored engine is the same, and goes on the same", () => {
  for (let seed = 1; seed <= 10; seed += 1) {
    const commands = [...days(seed, 120)];
    const whole = createEngine({ id: "shop", seed: 7n });
    for (const [command, now] of commands.slice(0, 80)) whole.apply(command, now, { events: "keep" });
    const restored = restoreEngine(whole.snapshot());
    assert.equal(restored.digest(), whole.digest());
    for (const [command, now] of commands.slice(80)) {
      assert.deepEqual(restored.apply(command, now), whole.apply(command, now));
    }
    assert.equal(restored.digest(), whole.digest());
    assert.deepEqual(restored.drainEvents(), whole.drainEvents());
    assert.deepEqual(restored.snapshot(), whole.snapshot());
  }
});

test("those commands are of every kind, and of each some are applied", () => {
  const applied = new Set();
  for (let seed = 1; seed <= 10; seed += 1) {
    const engine = createEngine();
    for (const [command, now] of days(seed, 120)) {
      if (engine.apply(command, now).status === "applied") applied.add(command.type);
    }
  }
  assert.equal(applied.size, 24, [...applied].sort().join());
});

test("the same commands give the same digest, other commands another", () => {
  const engines = [1, 1, 2].map((seed) => {
    const engine = createEngine();
    for (const [command, now] of days(seed, 50)) engine.apply(command, now);
    return engine.digest();
  });
  assert.equal(engines[0], engines[1]);
  assert.notEqual(engines[0], engines[2]);
  assert.match(engines[0], /^[0-9a-f]{32}$/);
});

test("text in, text out is the same as objects in, objects out", () => {
  for (let seed = 1; seed <= 10; seed += 1) {
    const [asText, asObjects] = [createEngine(), createEngine()];
    for (const [command, now] of days(seed, 100)) {
      const outcomes = JSON.parse(asText.applyJson(JSON.stringify([command]), now));
      assert.deepEqual(outcomes, asObjects.applyAll([command], now));
    }
    assert.equal(asText.digest(), asObjects.digest());
  }
  const engine = shop(1);
  const before = engine.digest();
  for (const text of ["", "[", "{]", "[1]", "null", '[{"type":"tick"},7]', '"tick"']) {
    assert.throws(() => engine.applyJson(text, 1), failsWith("INVALID_ARGUMENT"), text);
  }
  assert.equal(engine.digest(), before);
});

test("what is no snapshot, or no longer one, is refused with a code", () => {
  const engine = shop(3);
  const bytes = engine.snapshot();
  for (let end = 0; end < bytes.length; end += 1) {
    assert.throws(() => restoreEngine(bytes.slice(0, end)), BackorderError, `cut at ${end}`);
  }
  for (let at = 0; at < bytes.length; at += 1) {
    const altered = bytes.slice();
    altered[at] ^= 1;
    const refused = (error) => ["CORRUPT_SNAPSHOT", "UNSUPPORTED_SNAPSHOT"].includes(error.code);
    assert.throws(() => restoreEngine(altered), refused, `altered at ${at}`);
  }
  assert.throws(() => restoreEngine(new Uint8Array(1000)), failsWith("CORRUPT_SNAPSHOT"));
  assert.throws(() => restoreEngine(new Uint8Array([...bytes, 0])), failsWith("CORRUPT_SNAPSHOT"));
});

test("a snapshot is a copy that nothing changes", () => {
  const engine = shop(3);
  const bytes = engine.snapshot();
  const before = bytes.slice();
  for (let index = 0; index < 2_000; index += 1) engine.apply(order(`A${index}`, 1), 1, { events: "keep" });
  assert.deepEqual(bytes, before);
  assert.ok(bytes.buffer !== engine.snapshot().buffer);
});

test("after free every call says so, and a second free does nothing", () => {
  const engine = shop(1);
  engine.free();
  engine.free();
  for (const call of calls(engine)) assert.throws(call, failsWith("FREED"), call.toString());
});

test("`using` frees, by Symbol.dispose", () => {
  const engine = shop(1);
  engine[Symbol.dispose]();
  engine[Symbol.dispose]();
  assert.throws(() => engine.digest(), failsWith("FREED"));
});

test("a trap poisons its engine for good, and no other", () => {
  for (const trap of [() => TRAP.exports.trap(), () => (function deeper() { deeper(); })()]) {
    const [engine, other] = [shop(3), shop(3)];
    const saved = engine.snapshot();
    trapping("apply", () => assert.throws(() => engine.apply({ type: "tick" }, 1), failsWith("POISONED")), trap);
    for (const call of calls(engine)) assert.throws(call, failsWith("POISONED"), call.toString());
    assert.throws(() => engine.digest(), (error) => /restoreEngine/.test(error.message) && error.cause !== undefined);

    applied(other.apply(order("A", 1), 1));
    const restored = restoreEngine(saved);
    applied(restored.apply(order("A", 1), 1));
    assert.equal(restored.digest(), other.digest());
    engine.free();
    assert.throws(() => engine.digest(), failsWith("POISONED"));
  }
});

test("reads trap alike, and what the core refuses is no trap", () => {
  const engine = shop(1);
  assert.throws(() => engine.queue("lamp", { limit: -1 }), failsWith("INVALID_ARGUMENT"));
  engine.digest();
  trapping("position", () => assert.throws(() => engine.position("lamp"), failsWith("POISONED")));
  assert.throws(() => engine.position("lamp"), failsWith("POISONED"));
});

test("a trap where no engine is made yet says so", () => {
  const original = RawEngine.restore;
  RawEngine.restore = () => TRAP.exports.trap();
  try {
    assert.throws(() => restoreEngine(new Uint8Array()), failsWith("POISONED"));
  } finally {
    RawEngine.restore = original;
  }
});

test("ids are UUIDv7s of now, each after the one before", () => {
  const started = Date.now();
  const ids = Array.from({ length: 20_000 }, newId);
  const ended = Date.now();
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.deepEqual(ids, [...ids].sort());
  assert.equal(new Set(ids).size, ids.length);
  const time = (id) => Number.parseInt(id.replace("-", "").slice(0, 12), 16);
  assert.ok(time(ids[0]) >= started && time(ids.at(-1)) <= ended);
});

test("ids stay in order, and random, when the clock goes back or stands at 0", (context) => {
  const before = newId();
  context.mock.method(Date, "now", () => 0);
  const [first, second] = [newId(), newId()];
  assert.ok(before < first && first < second);
});

/** Every call of an engine, with arguments that are right. */
function calls(engine) {
  const rows = { sku: ["lamp"], quantity: new Float64Array([1]) };
  return [
    () => engine.apply({ type: "tick" }, 1),
    () => engine.applyAll([], 1),
    () => engine.applyAll([{ type: "tick" }], 1),
    () => engine.applyJson("[]", 1),
    () => engine.drainEvents(),
    () => engine.placeAll({ ...rows, order: ["A"] }, 1),
    () => engine.quoteAll(rows, 1),
    () => engine.quote({ sku: "lamp", quantity: 1 }, 1),
    () => engine.quote({ sku: "lamp", quantity: 1, locations: ["default"] }, 1),
    () => engine.quoteOrder({ lines: [{ sku: "lamp", quantity: 1 }] }, 1),
    () => engine.order("A", 1),
    () => engine.hold("A", 1),
    () => engine.items(),
    () => engine.orders(),
    () => engine.supplies("lamp"),
    () => engine.lastInstant(),
    () => engine.position("lamp"),
    () => engine.queue("lamp"),
    () => engine.notices(),
    () => engine.reorders(1),
    () => engine.metrics(1),
    () => engine.explain("A", "1", 1),
    () => engine.whatIf([], 1),
    () => engine.nextWakeAt(),
    () => engine.snapshot(),
    () => engine.digest(),
    () => engine.quoteSheet("lamp", 1),
  ];
}
