// The engine in a worker: the same answers and errors as beside the page's own, in the order of the calls.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Blank } from "./blank.mjs";

const OWN = 'import { serveEngine } from "/backorder/worker.js"; serveEngine();';
const FAILING = `import { serveEngine } from "/backorder/worker.js";
  addEventListener("message", (event) => {
    if (event.data.call !== "digest") return;
    event.stopImmediatePropagation();
    throw new Error("out of luck");
  });
  serveEngine();`;
const HISTORY = readFileSync(new URL("../../../pkg/test/shop.mjs", import.meta.url), "utf8").replace("../dist/node.js", "/backorder/browser.js");

let blank;
before(async () => {
  blank = await Blank.begin({ "/own.js": OWN, "/failing.js": FAILING, "/broken.js": "throw new Error('broken');", "/shop.js": HISTORY });
});
after(() => blank.end());

test("every call answers what the engine would, whatever happens to it", async () => {
  await blank.visit(async (open) => {
    const page = await open();
    const found = await page.evaluate(async () => {
      const { createEngine, init, newId } = await import("/backorder/browser.js");
      const { openWorker } = await import("/backorder/worker.js");
      const { days } = await import("/shop.js");
      await init();
      const options = { id: "shop", seed: 9n };
      const [beside, remote] = [createEngine(options), await openWorker({ engine: options })];
      const differences = [];
      const same = async (name, ...given) => {
        const [here, there] = [beside[name](...given), await remote[name](...given)];
        const text = (value) => JSON.stringify(value, (_, part) => (ArrayBuffer.isView(part) ? [...part].map(String) : part)) ?? "nothing";
        if (text(here) !== text(there)) differences.push([name, text(here), text(there)]);
      };
      let last = 0;
      for (const [command, now] of days(3, 150)) {
        await same("apply", command, now, { events: now % 2 === 0 ? "keep" : "return" });
        last = now;
      }
      const lines = [{ sku: "lamp", quantity: 2 }];
      await same("applyAll", [{ type: "tick" }, { type: "receive", sku: "lamp", location: "east", quantity: 4 }], last);
      await same("applyJson", '[{"type":"tick"}]', last);
      await same("placeAll", { order: ["bulk-1", "bulk-2"], sku: ["lamp", "nothing"], quantity: Float64Array.of(1, 1) }, last);
      await same("quoteAll", { sku: { values: ["lamp"], codes: Uint32Array.of(0, 0) }, quantity: Float64Array.of(1, 99) }, last);
      for (const [name, ...given] of [
        ["drainEvents", 5], ["quote", { sku: "lamp", quantity: 3 }, last], ["quoteOrder", { lines }, last], ["items"], ["orders", { limit: 5 }],
        ["order", "order", last], ["hold", "hold", last], ["supplies", "lamp"], ["position", "lamp"], ["position", "none"], ["queue", "lamp"],
        ["reorders", last], ["metrics", last], ["whatIf", [{ type: "tick" }], last], ["nextWakeAt"], ["lastInstant"], ["snapshot"], ["digest"],
        ["explain", "bulk-1", "1", last],
      ]) {
        await same(name, ...given);
      }
      const restored = await openWorker({ snapshot: beside.snapshot() });
      const digests = [await restored.digest() === beside.digest(), newId().length];
      // Not awaited one by one, and done in order all the same.
      const placed = await Promise.all(Array.from({ length: 50 }, (_, index) => restored.apply({ type: "placeOrder", order: `Z${index}`, lines }, last)));
      const names = (of) => Object.getOwnPropertyNames(Object.getPrototypeOf(of)).filter((name) => !["constructor", "call", "subscribe"].includes(name)).sort();
      return { differences, digests, inOrder: placed.every(({ events }, index) => index === 0 || events[0].seq > placed[index - 1].events[0].seq), names: [names(beside), names(remote)] };
    });
    assert.deepEqual(found.differences, []);
    assert.deepEqual(found.digests, [true, 36]);
    assert.ok(found.inOrder);
    assert.deepEqual(found.names[1], found.names[0]);
  });
});

test("errors come with their class, code and path, and a call after free says so", async () => {
  await blank.visit(
    async (open) => {
      const page = await open();
      const found = await page.evaluate(async () => {
        const { BackorderError } = await import("/backorder/browser.js");
        const { openWorker } = await import("/backorder/worker.js");
        const failure = (promise) => promise.then(() => "none", (error) => [error instanceof BackorderError, error.code, error.path ?? "-"]);
        const remote = await openWorker();
        const found = {
          now: await failure(remote.apply({ type: "tick" }, -1)),
          path: await failure(remote.quote({ sku: "lamp", quantity: 1.5 }, 1)),
          rejected: (await remote.apply({ type: "receive", sku: "none", quantity: 1 }, 1)).reason,
          uncloned: await failure(remote.apply({ type: "tick", key: () => 1 }, 1)),
          snapshot: await failure(openWorker({ snapshot: new Uint8Array(9) })),
          both: await failure(openWorker({ snapshot: new Uint8Array(9), engine: {} })),
          wasm: await failure(openWorker({ wasm: "/nowhere.wasm" })),
          option: await failure(openWorker({ engine: { promiseQuantile: 7 } })),
        };
        const late = failure(remote.digest());
        remote.free();
        remote.free();
        found.freed = [await late, await failure(remote.apply({ type: "tick" }, 2))];
        return found;
      });
      assert.deepEqual(found, {
        now: [true, "INVALID_ARGUMENT", "now"],
        path: [true, "INVALID_ARGUMENT", "quantity"],
        rejected: "unknownItem",
        uncloned: [true, "INVALID_ARGUMENT", "-"],
        snapshot: [true, "CORRUPT_SNAPSHOT", "-"],
        both: [true, "INVALID_ARGUMENT", "options.snapshot"],
        wasm: [true, "NOT_INITIALISED", "-"],
        option: [true, "INVALID_ARGUMENT", "promiseQuantile"],
        freed: [[true, "FREED", "-"], [true, "FREED", "-"]],
      });
    },
    { expects: /404/ },
  );
});

test("a worker of one's own serves several, and one that fails takes nobody's call for answered", async () => {
  await blank.visit(
    async (open) => {
      const page = await open();
      const found = await page.evaluate(async () => {
        const { openWorker } = await import("/backorder/worker.js");
        const code = (promise) => promise.then(() => "none", (error) => error.code);
        const worker = new Worker("/own.js", { type: "module" });
        const bytes = await (await fetch("/backorder/wasm/backorder_bg.wasm")).arrayBuffer();
        const wasm = await WebAssembly.compile(bytes);
        const [first, second] = await Promise.all([openWorker({ worker, wasm }), openWorker({ worker })]);
        await first.apply({ type: "defineItem", sku: "lamp" }, 1);
        const found = [(await first.items()).length, (await second.items()).length];
        first.free();
        found.push(await code(first.items()), (await second.items()).length);
        const failing = await openWorker({ worker: new Worker("/failing.js", { type: "module" }) });
        found.push(await code(failing.digest()));
        found.push(await code(openWorker({ worker: new Worker("/broken.js", { type: "module" }) })));
        return found;
      });
      assert.deepEqual(found, [1, 0, "FREED", 0, "POISONED", "NOT_INITIALISED"]);
    },
    { expects: /out of luck|broken/ },
  );
});

test("the element shows what a worker quotes, and follows it", async () => {
  await blank.visit(async (open) => {
    const page = await open();
    const texts = await page.evaluate(async () => {
      const { openWorker } = await import("/backorder/worker.js");
      const { defineEta } = await import("/backorder/element.js");
      const source = await openWorker();
      await source.apply({ type: "defineItem", sku: "lamp" }, Date.now());
      document.body.innerHTML = '<backorder-eta sku="lamp"></backorder-eta>';
      defineEta({ source });
      const element = document.querySelector("backorder-eta");
      const said = () => new Promise((resolve) => element.addEventListener("backorder-eta", ({ detail }) => resolve(detail.text), { once: true }));
      const texts = [await said()];
      const next = said();
      await source.apply({ type: "receive", sku: "lamp", quantity: 3 }, Date.now());
      return [...texts, await next];
    });
    assert.deepEqual(texts, ["On backorder, no date yet · next in line", "In stock"]);
  });
});
