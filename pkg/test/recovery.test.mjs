import assert from "node:assert/strict";
import { test } from "node:test";
import { createEngine, restoreEngine } from "../dist/node.js";
import { applied, DAY, days, order, random, shop } from "./shop.mjs";
import { failsWith, trapping, wreck } from "./traps.mjs";

/** What a store is made of: a snapshot, and a row for each command since, which is written once the command was applied. */
class Store {
  rows = [];

  constructor(engine) {
    this.snapshot = engine.snapshot();
  }

  apply(engine, command, now, events) {
    const text = JSON.stringify(command);
    const outcome = engine.apply(JSON.parse(text), now, { events });
    this.rows.push({ now, events, text });
    return outcome;
  }

  drain(engine, count) {
    const events = engine.drainEvents(count);
    this.rows.push({ drained: events.length });
    return events;
  }

  recovered() {
    const engine = restoreEngine(this.snapshot);
    for (const { now, events, text, drained } of this.rows) {
      if (drained === undefined) engine.apply(JSON.parse(text), now, { events });
      else engine.drainEvents(drained);
    }
    return engine;
  }
}

test("a poisoned engine is made again from its snapshot and the commands since, whatever happened", () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const below = random(seed);
    const commands = [...days(seed, 120)];
    const [taken, trapped] = [below(60), 60 + below(60)];
    const [lost, twin, beside] = [createEngine({ id: "shop" }), createEngine({ id: "shop" }), shop(3)];
    for (const [command, now] of commands.slice(0, taken)) {
      for (const engine of [lost, twin]) engine.apply(command, now, { events: "keep" });
    }
    const store = new Store(lost);
    commands.slice(taken, trapped).forEach(([command, now], index) => {
      const events = ["keep", "return", "drop"][below(3)];
      assert.deepEqual(store.apply(lost, command, now, events), twin.apply(command, now, { events }));
      if (index % 9 === 0) assert.deepEqual(store.drain(lost, 5), twin.drainEvents(5));
    });
    const [command, now] = commands[trapped];
    wreck(lost, "apply", () => store.apply(lost, command, now, "keep"));
    assert.throws(() => lost.apply(command, now), failsWith("POISONED"));
    assert.throws(() => lost.snapshot(), failsWith("POISONED"), "what can't be trusted is not saved");

    const again = store.recovered();
    assert.deepEqual(again.snapshot(), twin.snapshot(), `seed ${seed}`);
    for (const [command, now] of commands.slice(trapped)) {
      assert.deepEqual(again.apply(command, now), twin.apply(command, now));
    }
    assert.equal(again.digest(), twin.digest());
    applied(beside.apply(order("A", 3), now));
    assert.equal(beside.position("lamp").allocated, 3);
  }
});

test("an engine that fails again and again is made again each time", () => {
  const twin = shop(9);
  let engine = shop(9);
  const store = new Store(engine);
  for (let round = 0; round < 50; round += 1) {
    trapping("apply", () => assert.throws(() => store.apply(engine, { type: "tick" }, round, "drop"), failsWith("POISONED")));
    engine = store.recovered();
    store.apply(engine, order(`A${round}`, 1), round, "return");
    twin.apply(order(`A${round}`, 1), round);
    assert.equal(engine.digest(), twin.digest());
  }
});

test("a thousand traps leave the others the room they had", () => {
  const beside = shop(1_000);
  for (let round = 0; round < 1_000; round += 1) {
    const engine = shop(5);
    wreck(engine, "apply", () => engine.apply({ type: "tick" }, 1));
    applied(beside.apply(order(`A${round}`, 1), round));
  }
  assert.equal(beside.position("lamp").allocated, 1_000);
  assert.equal(restoreEngine(beside.snapshot()).digest(), beside.digest());
});
