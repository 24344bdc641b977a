// Outboxes kept in IndexedDB, in real pages, of which the one that delivers is killed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Blank } from "./blank.mjs";

let blank;
before(async () => {
  blank = await Blank.begin();
});
after(() => blank.end());

/** Opens the page's shop and its outbox, which tells everything to `/receive`. */
const opened = (page) =>
  page.evaluate(async () => {
    const { indexedDbStore, openStored } = await import("/backorder/store-browser.js");
    const { openOutbox } = await import("/backorder/outbox.js");
    globalThis.shop = await openStored(indexedDbStore("shop"), { events: "keep", checkpointEvery: 9 });
    const send = async ({ key, event }) => {
      const answer = await fetch("/receive", { method: "POST", body: JSON.stringify({ key, event }) });
      if ((await answer.text()) !== "taken") throw new Error("no");
    };
    globalThis.outbox = await openOutbox(shop, indexedDbStore("outbox"), {
      events: { engine: "shop", typePrefix: "com.example" },
      destinations: { all: { send, delaysMs: Array(50).fill(1) } },
    });
    outbox.start();
    return shop.role;
  });

test("the page that writes delivers; when it is killed another does, with nothing lost or overtaken", async () => {
  const taken = [];
  let requests = 0;
  /** Takes half; of every fifth request it takes the event and says that it did not. */
  const receive = (sent) => {
    const { key, event } = JSON.parse(sent);
    requests += 1;
    const takes = requests % 2 === 0;
    const lies = requests % 5 === 0;
    if (takes || lies) taken.push({ key, event });
    return takes && !lies ? "taken" : "failed";
  };
  await blank.visit(
    async (open, site) => {
      site.hear("/receive", receive);
      const pages = [await open(), await open(), await open()];
      assert.deepEqual([await opened(pages[0]), await opened(pages[1]), await opened(pages[2])], ["writer", "reader", "reader"]);
      for (let killed = 0; pages.length > 1; killed += 1) {
        const writing = await Promise.any(pages.map(async (page) => (await page.until(() => shop.role === "writer"), page)));
        await writing.evaluate(async (killed) => {
          await shop.apply({ type: "defineItem", sku: "lamp" }, 0);
          for (let index = 0; index < 20; index += 1) {
            await shop.apply({ type: "placeOrder", order: `${killed}-${index}`, lines: [{ sku: "lamp", quantity: 1 }] }, 1);
          }
        }, killed);
        const enough = requests + 7;
        while (requests < enough) await new Promise((resolve) => setTimeout(resolve, 1));
        await writing.kill();
        pages.splice(pages.indexOf(writing), 1);
      }
      const [last] = pages;
      await last.until(() => shop.role === "writer");
      const orders = await last.evaluate(async () => {
        await outbox.deliver();
        while (outbox.status()[0].waiting > 0) await new Promise((resolve) => setTimeout(resolve, 1));
        return shop.orders({ limit: 1_000 });
      });
      assert.equal(orders.length, 40);
      const byKey = new Map();
      const latest = new Map();
      for (const { key, event } of taken) {
        assert.deepEqual(byKey.get(key) ?? event, event, "twice only what is the same");
        byKey.set(key, event);
        const lane = event.subject.split("/", 2).join("/");
        assert.ok((latest.get(lane) ?? 0) <= event.data.seq, `${lane} in order`);
        latest.set(lane, event.data.seq);
      }
      const seqs = [...byKey.values()].map(({ data }) => data.seq).sort((one, other) => one - other);
      assert.deepEqual(seqs, seqs.map((_, index) => index + 1), "none is missing");
      assert.deepEqual([...new Set([...byKey.values()].map(({ data }) => data.order))].sort(), [...orders].sort());
    },
    { expects: /crash/i },
  );
});
