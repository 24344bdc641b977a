// That an engine which fails inside takes nobody along: the page's own goes on, and the lost one is made again.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { settled, text, Visitors } from "./harness.mjs";

let visitors;
before(async () => {
  visitors = await Visitors.arrive();
});
after(() => visitors.leave());

/** In the page: engines beside the page's own, in the same memory, of which a thousand are wrecked. */
async function poisoned() {
  const { createEngine, restoreEngine } = await import("/backorder/browser.js");
  const { initSync, RawEngine } = await import("/backorder/wasm/backorder.js");
  const { memory } = initSync();
  const apply = RawEngine.prototype.apply;
  const wreckedApply = function (...given) {
    // The first words count who uses the engine.
    new Uint8Array(memory.buffer, this.__wbg_ptr + 16, 512).fill(255);
    return apply.apply(this, given);
  };
  const [lost, twin] = [createEngine({ id: "lost" }), createEngine({ id: "lost" })];
  const commands = [
    { type: "defineItem", sku: "lamp" },
    { type: "receive", sku: "lamp", quantity: 5 },
    { type: "placeOrder", order: "A", lines: [{ sku: "lamp", quantity: 7 }] },
  ];
  const snapshot = lost.snapshot();
  const rows = [];
  for (const command of commands) {
    lost.apply(command, 7);
    twin.apply(command, 7);
    rows.push(JSON.stringify(command));
  }
  const codes = new Set();
  const failed = (engine) => {
    try {
      engine.apply({ type: "tick" }, 8);
    } catch (error) {
      codes.add(`${error.code} ${error.cause instanceof WebAssembly.RuntimeError}`);
    }
  };
  RawEngine.prototype.apply = wreckedApply;
  failed(lost);
  for (let round = 0; round < 1_000; round += 1) failed(createEngine());
  RawEngine.prototype.apply = apply;
  const again = restoreEngine(snapshot);
  for (const row of rows) again.apply(JSON.parse(row), 7);
  return { codes: [...codes], digests: [again.digest(), twin.digest()] };
}

test("a thousand engines fail inside, the page takes an order, and the lost one is made again", async () => {
  await visitors.visit({ hash: "#/item/22865" }, async (page) => {
    const { codes, digests } = await page.evaluate(poisoned);
    assert.deepEqual(codes, ["POISONED true"]);
    assert.equal(digests[0], digests[1]);
    const before = await text(page, ".my-orders");
    await page.fill("#quantity", "2");
    await settled(page);
    await page.getByRole("button", { name: "Place the order" }).click();
    await settled(page);
    assert.notEqual(await text(page, ".my-orders"), before);
  });
});
