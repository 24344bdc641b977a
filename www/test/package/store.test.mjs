// Engines kept in IndexedDB, in real pages: two at once, killed, without room, without a database, of another release.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Blank, NAME } from "./blank.mjs";

let blank;
before(async () => {
  blank = await Blank.begin();
});
after(() => blank.end());

const lamps = (id, quantity = 1) => ({ type: "placeOrder", order: id, lines: [{ sku: "lamp", quantity }] });

/** Opens the page's shop, as `shop`. */
const opened = (page, options = {}) =>
  page.evaluate(async (options) => {
    const { indexedDbStore, openStored } = await import("/backorder/store-browser.js");
    const shop = await openStored(indexedDbStore("shop"), options);
    globalThis.shop = shop;
    globalThis.changes = 0;
    shop.subscribe(() => (globalThis.changes += 1));
    return { role: shop.role, ...shop.recovered, orders: shop.orders() };
  }, options);

/** The status of a command, or the code of what it threw. */
const applied = (page, command, now = 1) =>
  page.evaluate(
    ([command, now]) => shop.apply(command, now).then(({ status }) => status, ({ code }) => code),
    [command, now],
  );
const state = (page) => page.evaluate(() => ({ role: shop.role, orders: shop.orders(), digest: shop.digest() }));
const until = (page, orders) => page.until((orders) => shop.orders().length === orders, orders);

test("one page writes, the other follows, and goes on when the first is killed", async () => {
  await blank.visit(
    async (open) => {
      const [first, second] = [await open(), await open()];
      assert.equal((await opened(first, { checkpointEvery: 7 })).role, "writer");
      assert.equal((await opened(second, { checkpointEvery: 7 })).role, "reader");
      assert.equal(await applied(first, { type: "defineItem", sku: "lamp" }), "applied");
      // Through checkpoints, too.
      for (let index = 0; index < 20; index += 1) assert.equal(await applied(first, lamps(`A${index}`)), "applied");
      await until(second, 20);
      assert.deepEqual((await state(second)).digest, (await state(first)).digest);
      assert.equal(await applied(second, lamps("B")), "NOT_WRITER");
      assert.ok((await second.evaluate(() => changes)) >= 20);

      // Killed in the middle of things: what was answered is there, and of the rest no part.
      await first.evaluate(() => {
        globalThis.safe = [];
        for (let index = 0; ; index += 1) {
          if (index === 3_000) break;
          const lines = [{ sku: "lamp", quantity: 1 }, { sku: "lamp", quantity: 2 }];
          shop.apply({ type: "placeOrder", order: `K${index}`, lines }, 1).then(() => safe.push(index));
        }
      });
      await first.until(() => safe.length > 0);
      const safe = await first.evaluate(() => safe.length);
      await first.kill();
      await second.until(() => shop.role === "writer");
      const { orders } = await state(second);
      assert.ok(orders.length >= 20 + safe, `${orders.length} of at least ${20 + safe}`);
      const whole = await second.evaluate(() => shop.orders({ limit: 1e6 }).every((id) => /^A/.test(id) || shop.order(id, 1).lines.length === 2));
      assert.ok(whole);
      assert.equal(await applied(second, lamps("B")), "applied");

      const third = await open();
      const found = await opened(third);
      assert.equal(found.role, "reader");
      assert.deepEqual((await state(third)).digest, (await state(second)).digest);
      await second.close();
      await third.until(() => shop.role === "writer");
      assert.equal(await applied(third, lamps("B", 1)), "exists");
    },
  );
});

test("a page that follows may come first, and one that missed something reads it all anew", async () => {
  await blank.visit(async (open) => {
    const [first, second] = [await open(), await open()];
    // The lock is taken and nothing is kept yet.
    await first.evaluate(async () => {
      const { indexedDbStore } = await import("/backorder/store-browser.js");
      globalThis.store = indexedDbStore("shop");
      await store.peers.claim(() => {});
    });
    const waiting = opened(second);
    await first.evaluate(async () => {
      const { openStored } = await import("/backorder/store-browser.js");
      globalThis.shop = await openStored({ ...methods(store), peers: { ...methods(store.peers), claim: async () => true } });
      function methods(of) {
        const names = [...Object.keys(of), ...Object.getOwnPropertyNames(Object.getPrototypeOf(of))];
        return Object.fromEntries(names.filter((name) => typeof of[name] === "function").map((name) => [name, (...given) => of[name](...given)]));
      }
    });
    assert.deepEqual((await waiting).orders, []);
    await applied(first, { type: "defineItem", sku: "lamp" });
    await applied(first, lamps("A"));
    await until(second, 1);
    // A message that never comes, and then one that tells of more than is there.
    await first.evaluate(() => {
      const { postMessage } = BroadcastChannel.prototype;
      BroadcastChannel.prototype.postMessage = () => {};
      globalThis.speak = () => (BroadcastChannel.prototype.postMessage = postMessage);
    });
    assert.equal(await applied(first, lamps("B")), "applied");
    assert.deepEqual((await state(second)).orders, ["A"]);
    await first.evaluate(() => speak());
    assert.equal(await applied(first, lamps("C")), "applied");
    await until(second, 3);
    assert.equal((await state(second)).digest, (await state(first)).digest);
  });
});

test("without locks the page opened last writes, and the one before is told so and loses nothing of the other's", async () => {
  await blank.visit(async (open) => {
    const [first, second] = [await open(), await open()];
    for (const page of [first, second]) {
      await page.evaluate(() => Object.defineProperty(navigator, "locks", { value: undefined }));
      assert.equal((await opened(page)).role, "writer");
    }
    assert.equal(await applied(second, { type: "defineItem", sku: "lamp" }), "applied");
    assert.equal(await applied(first, { type: "tick" }, 9), "NOT_WRITER");
    assert.equal((await state(first)).role, "reader");
    assert.equal(await applied(second, lamps("A")), "applied");
    await until(first, 1);
  });
});

/** Only Chromium lets a test say how much room there is. */
const full = NAME !== "Chromium" && `${NAME} lets nobody say how much room there is`;
test("where there is no room, the command is refused and not there; with room again it goes on", { skip: full }, async () => {
  await blank.visit(async (open, { origin }) => {
    const page = await open();
    const quota = (quotaSize) => page.ofChromium("Storage.overrideQuotaForOrigin", { origin, ...(quotaSize && { quotaSize }) });
    await quota(200_000);
    await opened(page, { checkpointEvery: 0 });
    await applied(page, { type: "defineItem", sku: "lamp" });
    const [code, placed] = await page.evaluate(async () => {
      let [code, placed] = ["applied", 0];
      for (; code === "applied" && placed < 5_000; placed += 1) {
        const command = { type: "placeOrder", order: `A${placed}`, lines: [{ sku: "lamp", quantity: 1 }] };
        code = await shop.apply(command, 1).then(({ status }) => status, ({ code }) => code);
      }
      return [code, placed];
    });
    assert.equal(code, "QUOTA");
    const { orders, role } = await state(page);
    assert.deepEqual([orders.length, role], [placed - 1, "writer"]);
    assert.equal(await page.evaluate(() => shop.checkpoint().then(() => "done", ({ code }) => code)), "QUOTA");
    await quota();
    assert.equal(await applied(page, lamps("B")), "applied");
    await page.reload();
    assert.equal((await opened(page)).orders.length, placed);
  });
});

test("a window without IndexedDB is told so, and may do with memory", async () => {
  await blank.visit(async (open) => {
    const page = await open();
    const told = await page.evaluate(async () => {
      const { indexedDbStore, memoryStore, openStored } = await import("/backorder/store-browser.js");
      const codes = [];
      const attempt = () => openStored(indexedDbStore("shop")).catch(({ code }) => void codes.push(code));
      IDBFactory.prototype.open = () => {
        throw new DOMException("A private window", "SecurityError");
      };
      await attempt();
      Object.defineProperty(globalThis, "indexedDB", { value: undefined });
      await attempt();
      const shop = await openStored(memoryStore());
      return [...codes, shop.role];
    });
    assert.deepEqual(told, ["UNAVAILABLE", "UNAVAILABLE", "writer"]);
  });
});

const golden = (name) => [...readFileSync(new URL(`../../../tests/golden/${name}`, import.meta.url))];

test("what the last release kept is read, kept in the newest form, and a later database is left alone", async () => {
  await blank.visit(async (open) => {
    const page = await open();
    const digest = /^digest (\w+)$/m.exec(readFileSync(new URL("../../../tests/golden/v2/corner-shop.after", import.meta.url), "utf8"))[1];
    const [snapshot, log] = [golden("v2/corner-shop.bin"), golden("v2/corner-shop.log")];
    const found = await page.evaluate(
      async ([snapshot, log]) => {
        const database = await new Promise((resolve) => {
          const request = indexedDB.open("shop", 1);
          request.onupgradeneeded = () => {
            request.result.createObjectStore("state");
            request.result.createObjectStore("log", { autoIncrement: true });
          };
          request.onsuccess = () => resolve(request.result);
        });
        const transaction = database.transaction(["state", "log"], "readwrite");
        const bytes = Uint8Array.from(log);
        transaction.objectStore("state").put({ snapshot: Uint8Array.from(snapshot), head: bytes.slice(0, 32) }, "snapshot");
        // As a crash may leave it, however unlikely here.
        for (let at = 32; at < bytes.length; at += 100) transaction.objectStore("log").add(bytes.slice(at, at + 100));
        transaction.objectStore("log").add(Uint8Array.of(9, 0, 0, 0, 0));
        await new Promise((resolve) => (transaction.oncomplete = resolve));
        database.close();
        const { indexedDbStore, openStored } = await import("/backorder/store-browser.js");
        const shop = await openStored(indexedDbStore("shop"));
        const found = { digest: shop.digest(), ...shop.recovered };
        await shop.apply({ type: "defineItem", sku: "another" }, shop.lastInstant());
        await shop.checkpoint();
        await shop.apply({ type: "tick" }, shop.lastInstant() + 1);
        const kept = shop.digest();
        await shop.close();
        const again = await openStored(indexedDbStore("shop"));
        const same = again.digest() === kept && again.recovered.records === 1;
        await again.close();
        const later = indexedDB.open("shop", 99);
        await new Promise((resolve) => (later.onsuccess = resolve));
        later.result.close();
        const code = await openStored(indexedDbStore("shop")).catch(({ code }) => code);
        return { ...found, same, code };
      },
      [snapshot, log],
    );
    assert.deepEqual([found.digest, found.tornBytes, found.same, found.code], [digest, 5, true, "NEWER"]);
  });
});
