// How a page loads the engine: from beside the script, from wherever it says, or from within.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Blank } from "./blank.mjs";

let blank;
before(async () => {
  blank = await Blank.begin();
});
after(() => blank.end());

const WASM = "/backorder/wasm/backorder_bg.wasm";
/** What each entry is given; with nothing, it has its own. */
const SOURCES = {
  browser: ["nothing", "address", "url", "response", "buffer", "bytes", "module"],
  slim: ["address", "url", "response", "buffer", "bytes", "module"],
  inline: ["nothing"],
};

for (const [entry, sources] of Object.entries(SOURCES)) {
  for (const source of sources) {
    test(`backorder/${entry}, given ${source}`, async () => {
      await blank.visit(async (open) => {
        const page = await open();
        const found = await page.evaluate(
          async ([entry, source, wasm]) => {
            const { createEngine, init } = await import(`/backorder/${entry}.js`);
            const response = () => fetch(wasm);
            const given = {
              nothing: () => undefined,
              address: () => wasm,
              url: () => new URL(wasm, location.href),
              response,
              buffer: async () => (await response()).arrayBuffer(),
              bytes: async () => new Uint8Array(await (await response()).arrayBuffer()),
              module: async () => WebAssembly.compileStreaming(await response()),
            };
            const found = [];
            try {
              createEngine();
            } catch ({ code }) {
              found.push(code);
            }
            const argument = await given[source]();
            const { fetch: fetched } = globalThis;
            let fetches = 0;
            globalThis.fetch = (...asked) => ((fetches += 1), fetched(...asked));
            await Promise.all([init(argument), init()]);
            globalThis.fetch = fetched;
            found.push(fetches);
            const engine = createEngine();
            return [...found, engine.apply({ type: "defineItem", sku: "lamp" }, 1).status, engine.items().length];
          },
          [entry, source, WASM],
        );
        const fetches = ["address", "url"].includes(source) || (entry === "browser" && source === "nothing") ? 1 : 0;
        assert.deepEqual(found, ["NOT_INITIALISED", fetches, "applied", 1]);
      });
    });
  }
}

test("backorder/slim, given nothing, says what it wants, and takes it then", async () => {
  await blank.visit(async (open) => {
    const page = await open();
    const found = await page.evaluate(async (wasm) => {
      const { init, newId } = await import("/backorder/slim.js");
      const { code, message } = await init().catch((error) => error);
      await init(wasm);
      return [code, message, newId().length];
    }, WASM);
    const [code, message, length] = found;
    assert.deepEqual([code, length], ["NOT_INITIALISED", 36]);
    assert.match(message, /backorder\/slim has none of its own: give init its URL/);
  });
});
