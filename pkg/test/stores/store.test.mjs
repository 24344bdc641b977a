// What is kept, by any store: whatever was answered is there again, and the engine is where its store is.

import assert from "node:assert/strict";
import { test } from "node:test";
import { BackorderError, createEngine, restoreEngine } from "backorder";
import { StoreError, fileStore, indexedDbStore, memoryStore, openStored } from "backorder/store";
import { DAY, days, order, random } from "../shop.mjs";
import { trapping } from "../traps.mjs";

const failsWith = (code) => (error) => error instanceof StoreError && error.code === code;

/** Another engine from what a store keeps, as after a crash. */
async function reopened(store, options) {
  const { snapshot, log } = await store.load();
  const copy = memoryStore();
  await copy.save(snapshot, log);
  return openStored(copy, options);
}

test("any history is the same with a store, and is there again after each step", async () => {
  for (let seed = 1; seed <= 12; seed += 1) {
    const below = random(seed);
    const store = memoryStore();
    const stored = await openStored(store, { engine: { id: "shop", seed: 7n }, checkpointEvery: 1 + below(60) });
    const twin = createEngine({ id: "shop", seed: 7n });
    let [step, played] = [0, 0];
    for (const [command, now] of days(seed, 120)) {
      step += 1;
      const events = ["keep", "return", "drop"][below(3)];
      assert.deepEqual(await stored.apply(command, now, { events }), twin.apply(command, now, { events }));
      if (step % 9 === 0) assert.deepEqual(await stored.drainEvents(5), twin.drainEvents(5));
      if (step % 7 !== 0) continue;
      const again = await reopened(store);
      played += again.recovered.records;
      assert.deepEqual(again.snapshot(), twin.snapshot(), `seed ${seed}, step ${step}`);
      assert.deepEqual(again.metrics(now), twin.metrics(now));
      await again.close();
    }
    assert.ok(played > 0);
    await stored.close();
  }
});

test("reads are the engine's own, at once; what was closed says so", async () => {
  const shop = await openStored(memoryStore());
  assert.deepEqual([shop.role, shop.recovered], ["writer", { records: 0, tornBytes: 0 }]);
  const outcomes = await shop.applyAll([{ type: "defineItem", sku: "lamp" }, order("A", 2), order("A", 2)], 5);
  assert.deepEqual(outcomes.map(({ status }) => status), ["applied", "applied", "exists"]);
  assert.equal(shop.position("lamp").backordered, 2);
  assert.equal(shop.quote({ sku: "lamp", quantity: 1 }, 5).ahead, 2);
  assert.deepEqual(shop.orders(), ["A"]);
  assert.equal(shop.lastInstant(), 5);
  await assert.rejects(shop.apply(null, 5), (error) => error instanceof BackorderError && error.code === "INVALID_ARGUMENT");
  await assert.rejects(shop.applyAll([{ type: "tick" }, 7], 6), { code: "INVALID_ARGUMENT", path: "commands[1]" });
  await assert.rejects(shop.applyAll([{ type: "tick" }], -6), { code: "INVALID_ARGUMENT", path: "now" });
  assert.equal(shop.lastInstant(), 5, "nothing of a list that is no list of commands is applied");
  await shop.close();
  await shop.close();
  assert.throws(() => shop.position("lamp"), { code: "FREED" });
  await assert.rejects(shop.apply({ type: "tick" }, 6), failsWith("CLOSED"));
  await assert.rejects(openStored(memoryStore(), { checkpointEvery: 0.5 }), { path: "options.checkpointEvery" });
});

test("it begins with a snapshot where nothing is kept, and only there", async () => {
  const before = createEngine({ id: "before" });
  before.apply({ type: "defineItem", sku: "lamp" }, 3);
  const [store, snapshot] = [memoryStore(), before.snapshot()];
  const shop = await openStored(store, { snapshot });
  assert.equal(shop.digest(), before.digest());
  await shop.apply(order("A", 1), 4);
  const again = await reopened(store, { snapshot });
  assert.deepEqual(again.orders(), ["A"]);
  await assert.rejects(openStored(memoryStore(), { snapshot, engine: {} }), { path: "options.snapshot" });
});

/** A store that fails when it is told to. */
function failing() {
  const store = memoryStore();
  const armed = { append: undefined, save: undefined, load: undefined };
  const fallible = (name) => async (...given) => {
    await new Promise(setImmediate);
    const error = armed[name];
    armed[name] = undefined;
    if (error !== undefined) throw error;
    return store[name](...given);
  };
  return { armed, store: { ...store, append: fallible("append"), save: fallible("save"), load: fallible("load") } };
}

test("what can't be made safe is not there: its promise is rejected, and the engine stands where its store does", async () => {
  const { armed, store } = failing();
  const shop = await openStored(store);
  await shop.apply({ type: "defineItem", sku: "lamp" }, 0);
  const changes = [];
  shop.subscribe(({ events }) => changes.push(events.map(({ type }) => type)));
  armed.append = Object.assign(new Error("full"), { name: "QuotaExceededError" });
  const [first, second] = [shop.apply(order("A", 1), 1), shop.apply(order("B", 1), 1)];
  assert.deepEqual(shop.orders(), ["A", "B"], "reads see what is on its way");
  const later = first.catch(() => shop.apply(order("C", 1), 1));
  await assert.rejects(first, failsWith("QUOTA"));
  await assert.rejects(second, failsWith("QUOTA"));
  assert.equal((await later).status, "applied");
  assert.deepEqual(shop.orders(), ["C"]);
  assert.equal((await shop.apply(order("A", 1), 2)).status, "applied", "and may be told again");
  assert.equal((await reopened(store)).digest(), shop.digest());
  assert.deepEqual(changes.at(-1), ["orderPlaced", "lineBackordered"]);
  armed.append = new TypeError("a bug in a store");
  await assert.rejects(shop.apply({ type: "tick" }, 3), failsWith("FAILED"));
  await shop.apply({ type: "tick" }, 3);
});

test("kept events are told once they are safe, and stay until they are drained", async () => {
  const { armed, store } = failing();
  const shop = await openStored(store, { events: "keep" });
  const outcome = await shop.apply({ type: "defineItem", sku: "lamp" }, 0);
  assert.deepEqual([outcome.events, shop.events], [[], "keep"]);
  shop.apply({ type: "receive", sku: "lamp", quantity: 1 }, 0);
  assert.deepEqual((await shop.keptEvents(9)).map(({ seq }) => seq), [1], "it waited for the command that was on its way");
  armed.append = new Error("no");
  const lost = [shop.apply(order("A", 1), 1), shop.keptEvents(9)];
  for (const promise of lost) await assert.rejects(promise, failsWith("FAILED"));
  assert.deepEqual((await shop.keptEvents(9)).map(({ type }) => type), ["stockReceived"]);
  await shop.apply(order("B", 1), 1);
  const [first, ...others] = await shop.keptEvents(9);
  assert.deepEqual(await shop.keptEvents(1), [first]);
  const again = await reopened(store);
  assert.deepEqual([await again.drainEvents(1), await again.keptEvents(9)], [[first], others]);
  await shop.apply(order("C", 1), 1, { events: "drop" });
  assert.equal((await shop.keptEvents(9)).length, 1 + others.length);
});

test("an engine that could not be made again writes nothing until it is", async () => {
  const { armed, store } = failing();
  const shop = await openStored(store);
  await shop.apply({ type: "defineItem", sku: "lamp" }, 0);
  for (const [call, failed] of [[() => shop.apply(order("A", 1), 1), "append"], [() => shop.checkpoint(), "save"]]) {
    armed[failed] = new Error("no");
    armed.load = new Error("not even that");
    await assert.rejects(call(), /not even that/);
    armed.load = new Error("still not");
    await assert.rejects(shop.apply(order("B", 1), 1), /still not/);
    assert.equal((await shop.apply({ type: "tick" }, 2)).status, "applied");
    assert.deepEqual(shop.orders(), []);
    assert.equal((await reopened(store)).digest(), shop.digest());
  }
});

test("where there is no room for a snapshot, the log goes on", async () => {
  const { armed, store } = failing();
  const shop = await openStored(store, { checkpointEvery: 3 });
  await shop.apply({ type: "defineItem", sku: "lamp" }, 0);
  armed.save = Object.assign(new Error("full"), { name: "QuotaExceededError" });
  for (let index = 0; index < 9; index += 1) assert.equal((await shop.apply(order(`A${index}`, 1), 1)).status, "applied");
  await shop.checkpoint();
  armed.save = Object.assign(new Error("full"), { name: "QuotaExceededError" });
  await assert.rejects(shop.checkpoint(), failsWith("QUOTA"));
  await shop.apply(order("Z", 1), 2);
  const again = await reopened(store);
  assert.deepEqual([again.orders().length, again.digest()], [10, shop.digest()]);
  await shop.checkpoint();
  assert.equal((await store.load()).log.length, 32);
});

test("a thousand commands at once are a few writes, in order, through snapshots between them", async () => {
  let writes = 0;
  const kept = memoryStore();
  const append = async (records) => {
    writes += 1;
    await new Promise(setImmediate);
    await kept.append(records);
  };
  const shop = await openStored({ ...kept, append }, { checkpointEvery: 100 });
  await shop.apply({ type: "defineItem", sku: "lamp" }, 0);
  const placed = await Promise.all(Array.from({ length: 1_000 }, (_, index) => shop.apply(order(`A${index}`, 1), index)));
  assert.ok(placed.every(({ status }) => status === "applied"));
  assert.ok(writes < 100, `${writes} writes`);
  assert.equal((await reopened(kept)).digest(), shop.digest());
});

test("a command on which the engine fails is in no log, and the engine is made again", async () => {
  const store = memoryStore();
  const shop = await openStored(store);
  await shop.apply({ type: "defineItem", sku: "lamp" }, 0);
  const before = shop.digest();
  const beside = shop.apply(order("A", 1), 1);
  await assert.rejects(trapping("apply", () => shop.apply(order("B", 1), 1)), { code: "POISONED" });
  assert.equal((await beside).status, "applied", "what came before it is safe");
  assert.notEqual(shop.digest(), before);
  assert.deepEqual(shop.orders(), ["A"]);
  assert.equal((await shop.apply(order("D", 1), 2)).status, "applied");
  assert.equal((await reopened(store)).digest(), shop.digest());
});

test("a read on which the engine fails takes nothing else with it", async () => {
  const store = memoryStore();
  const shop = await openStored(store);
  await shop.apply({ type: "defineItem", sku: "lamp" }, 0);
  const beside = shop.apply(order("A", 1), 1);
  assert.throws(() => trapping("digest", () => shop.digest()), { code: "POISONED" });
  assert.equal((await beside).status, "applied");
  assert.equal((await shop.apply(order("B", 1), 2)).status, "applied");
  assert.deepEqual(shop.orders(), ["A", "B"]);
  assert.equal((await reopened(store)).digest(), shop.digest());
});

test("names of zones and broken text are kept as the engine took them", async () => {
  const store = memoryStore();
  const shop = await openStored(store);
  const broken = "a c\ud800rd \\ud800 \"\ud83d\ude00\"";
  const incentives = [{ fromDelayDays: 0, offer: broken }];
  assert.equal((await shop.apply({ type: "defineItem", sku: "\\", incentives }, 0)).status, "applied");
  const lost = await shop.apply({ type: "defineLocation", location: "x", calendar: { timeZone: "Mars/Olympus", workdays: [1] } }, 0);
  assert.equal(lost.path, "calendar.timeZone");
  const zoned = { timeZone: "Europe/Berlin", workdays: [1, 2, 3] };
  await shop.apply({ type: "defineLocation", location: "berlin", calendar: zoned }, DAY);
  const again = await reopened(store);
  assert.equal(again.digest(), shop.digest());
  assert.deepEqual(again.items()[0].settings.incentives, [{ fromDelayDays: 0, offer: broken.replace("\ud800r", "\ufffdr") }]);
});

test("what is damaged or of a later release is said, and left as it is", async () => {
  const store = memoryStore();
  const shop = await openStored(store, { checkpointEvery: 0 });
  await shop.apply({ type: "defineItem", sku: "lamp" }, 0);
  for (let index = 0; index < 5; index += 1) await shop.apply(order(`A${index}`, 1), 1);
  const { snapshot, log } = await store.load();
  const holding = async (snapshot, log) => {
    const store = memoryStore();
    await store.save(snapshot, log);
    return store;
  };
  const altered = (bytes, at, value) => bytes.map((byte, index) => (index === at ? value : byte));
  await assert.rejects(openStored(await holding(snapshot, altered(log, 70, 1))), failsWith("CORRUPT"));
  await assert.rejects(openStored(await holding(altered(snapshot, 30, 255), log)), failsWith("CORRUPT"));
  await assert.rejects(openStored(await holding(altered(snapshot, 4, 99), log)), failsWith("NEWER"));
  await assert.rejects(openStored(await holding(snapshot, altered(log, 4, 99))), failsWith("NEWER"));
  await assert.rejects(openStored(await holding(createEngine({ id: "other" }).snapshot(), log)), failsWith("CORRUPT"));
  for (const cut of [1, 9, 30]) {
    const store = await holding(snapshot, log.slice(0, -cut));
    const shop = await openStored(store);
    assert.deepEqual([shop.recovered.records, shop.recovered.tornBytes > 0], [5, true]);
    await shop.apply(order("A4", 1), 1);
    assert.deepEqual((await store.load()).log, log);
  }
});

test("what a host has not is said", async () => {
  const shop = indexedDbStore("shop");
  await assert.rejects(shop.load(), failsWith("UNAVAILABLE"));
  await assert.rejects(openStored(indexedDbStore("shop")), failsWith("UNAVAILABLE"));
  const { fileStore: inBrowsers } = await import("../../dist/store-browser.js");
  assert.throws(() => inBrowsers("shop"), { code: "UNAVAILABLE" });
  assert.equal(typeof fileStore, "function");
  assert.equal(restoreEngine(createEngine().snapshot()).lastInstant(), 0);
});
