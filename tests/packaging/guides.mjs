// The documents that are followed to the letter, in a throw-away directory: see follow.mjs.

import assert from "node:assert/strict";
import { join } from "node:path";

/** Quick ones are followed by `cargo xtask test`, too. SCREENSHOT: where to put a picture of the page. */
export const GUIDES = [
  {
    name: "guide: a product page",
    path: "docs/guides/product-page.md",
    isQuick: true,
    async inPage(page) {
      const { shows } = await import("./follow.mjs");
      if (process.env.SCREENSHOT !== undefined) await page.screenshot({ path: process.env.SCREENSHOT });
      const button = page.locator("button");
      for (let press = 0; press < 3; press += 1) await button.click();
      await shows(page, "Brass lamp\nShips by Mon, December 7 · 95% sure · 1 unit ahead\nSomebody orders one");
    },
    async atEnd(reader) {
      const { wasmIn } = await import("./workshop.mjs");
      await reader.type("npm run build");
      assert.equal(wasmIn(join(reader.directory, "dist")), 0);
    },
  },
  {
    name: "guide: checkout at the edge",
    path: "docs/guides/checkout.md",
    from: { "edge/checkout-worker": "examples/checkout-worker" },
  },
];
