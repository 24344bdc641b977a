// What is freed is given back, and what is forgotten too: memory reaches a plateau, whose numbers are printed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createEngine, restoreEngine } from "backorder";
import { memoryStore, openStored } from "backorder/store";
import { initSync } from "../dist/wasm/backorder.js";
import { order, shop } from "./shop.mjs";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
createEngine().free();
const { memory } = initSync();

/** The WebAssembly's memory, which never shrinks, and the JavaScript heap, in KB, after each of several rounds. */
async function measured(rounds, round) {
  const found = [];
  for (let count = 0; count < rounds; count += 1) {
    await round();
    // Forgotten engines are given back in a job of their own, after they were collected.
    for (let pass = 0; pass < 3; pass += 1) {
      collect();
      await new Promise(setImmediate);
    }
    found.push([memory.buffer.byteLength / 1_024, Math.round(process.memoryUsage().heapUsed / 1_024)]);
  }
  return found;
}

function plateau(name, found) {
  const [wasm, heap] = [0, 1].map((column) => found.map((numbers) => numbers[column]));
  console.log(`${name}: wasm ${wasm.join(", ")} KB; JavaScript ${heap.join(", ")} KB`);
  const [warm, last] = [Math.floor(found.length / 2), found.length - 1];
  assert.equal(wasm[last], wasm[warm], "the WebAssembly's memory grows no more");
  assert.ok(heap[last] - heap[warm] < 1_000, "nor does the heap, by a megabyte");
}

function used(engine) {
  for (let index = 0; index < 20; index += 1) engine.apply(order(`A${index}`, 2), index);
  engine.quote({ sku: "lamp", quantity: 3 }, 20);
  return engine;
}

test("engines that are freed", async () => {
  const round = () => {
    for (let count = 0; count < 300; count += 1) {
      const engine = used(shop(5));
      const again = restoreEngine(engine.snapshot());
      engine.free();
      again[Symbol.dispose]();
    }
  };
  plateau("3,000 freed", await measured(10, round));
});

test("engines that are forgotten", async () => {
  const round = () => {
    for (let count = 0; count < 100; count += 1) used(shop(5));
  };
  plateau("1,000 forgotten", await measured(10, round));
});

test("one engine with all that is done to it over and over", async () => {
  const engine = shop(5);
  const round = () => {
    for (let count = 0; count < 2_000; count += 1) {
      engine.quote({ sku: "lamp", quantity: 3 }, 20);
      engine.whatIf([order("B", 9)], 20);
      engine.apply(order("B", -1), 20);
      engine.snapshot();
      try {
        engine.applyJson("{", 20);
      } catch {
        // Errors are made of what crosses, too.
      }
    }
  };
  plateau("100,000 calls", await measured(10, round));
});

test("engines with a store, made again when it fails, and closed", async () => {
  const snapshot = shop(5).snapshot();
  const round = async () => {
    for (let count = 0; count < 60; count += 1) {
      const store = memoryStore();
      const { append } = store;
      const stored = await openStored(store, { snapshot, checkpointEvery: 2 });
      await Promise.all([1, 2, 3].map((number) => stored.apply(order(`A${number}`, 1), 1)));
      store.append = async () => Promise.reject(new Error("no"));
      await stored.apply(order("lost", 1), 2).catch(() => undefined);
      store.append = append;
      await stored.apply(order("B", 1), 2);
      await stored.close();
    }
  };
  plateau("600 stored", await measured(10, round));
});
