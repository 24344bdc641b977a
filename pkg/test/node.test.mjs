// What only Node can show: memory when it is collected, bytes of other makes, and files.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { restoreEngine } from "../dist/node.js";
import { initSync } from "../dist/wasm/backorder.js";
import { applied, DAY, order, shop } from "./shop.mjs";
import { failsWith, wreck } from "./traps.mjs";

test("a snapshot is read from bytes of any make", () => {
  const engine = shop(3);
  const bytes = engine.snapshot();
  const padded = new Uint8Array([7, 7, ...bytes, 7]);
  for (const same of [Buffer.from(bytes), padded.subarray(2, -1), runInNewContext("Uint8Array").from(bytes)]) {
    assert.equal(restoreEngine(same).digest(), engine.digest());
  }
});

test("making and freeing engines takes no more memory after the first few", async () => {
  const { memory } = initSync();
  const generation = (free) => {
    for (let index = 0; index < 50; index += 1) {
      const engine = shop(5);
      for (let row = 0; row < 100; row += 1) engine.apply(order(`A${row}`, 1), 1, { events: "keep" });
      if (free) engine.free();
    }
  };
  for (const free of [true, false]) {
    const sizes = [];
    for (let round = 0; round < 12; round += 1) {
      generation(free);
      await collected();
      sizes.push(memory.buffer.byteLength);
    }
    assert.equal(sizes.at(-1), sizes[5], `${free ? "freed" : "collected"}: ${sizes}`);
  }
});

test("a trap within the core leaves other engines be, and a wrecked one troubles no collector", async () => {
  const other = shop(3);
  for (let index = 0; index < 20; index += 1) {
    const engine = shop(5);
    wreck(engine);
    assert.throws(() => engine.digest(), failsWith("POISONED"));
    if (index % 2 === 0) engine.free();
  }
  await collected();
  applied(other.apply(order("A", 2), 1));
  assert.equal(restoreEngine(other.snapshot()).digest(), other.digest());
});

const GOLDEN = new URL("../../tests/golden/", import.meta.url);
const read = (path) => readFileSync(new URL(path, GOLDEN), "utf8");
const digestIn = (facts) => /^digest ([0-9a-f]{32})$/m.exec(facts)[1];

test("the golden snapshots are read here too, written again as they are, and go on to the same digest", () => {
  const names = readdirSync(new URL("v2", GOLDEN)).filter((name) => name.endsWith(".bin"));
  assert.ok(names.length >= 3);
  for (const name of names.map((file) => file.slice(0, -".bin".length))) {
    const bytes = new Uint8Array(readFileSync(new URL(`v2/${name}.bin`, GOLDEN)));
    const engine = restoreEngine(bytes);
    assert.equal(engine.digest(), digestIn(read(`v2/${name}.facts`)), name);
    assert.deepEqual(engine.snapshot(), bytes, name);
    for (const line of read(`stories/${name}.story`).split("\nthen\n")[1].trim().split("\n")) {
      const [, days, hours, events, rest] = /^(\d+)d(?:(\d+)h)? (\w+) (.*)$/.exec(line);
      const now = Number(days) * DAY + Number(hours ?? 0) * 3_600_000;
      if (events === "drain") engine.drainEvents(Number(rest));
      else assert.notEqual(engine.apply(JSON.parse(rest), now, { events }).status, "rejected", line);
    }
    assert.equal(engine.digest(), digestIn(read(`v2/${name}.after`)), name);
  }
});

/** Collects garbage, and lets go what was registered for it. */
async function collected() {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc");
  for (let pass = 0; pass < 3; pass += 1) {
    collect();
    await turn();
  }
}
