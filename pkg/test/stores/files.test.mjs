// Files: killed in between, left in every state that a crash can leave, and written by earlier releases.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { fileStore, openStored } from "backorder/store";
import { DAY, order, random } from "../shop.mjs";

const GOLDEN = fileURLToPath(new URL("../../../tests/golden/", import.meta.url));
const digestIn = (facts) => /^digest ([0-9a-f]{32})$/m.exec(facts)[1];

let root;
let count = 0;
before(async () => {
  root = await mkdtemp(join(tmpdir(), "backorder-"));
});
after(() => rm(root, { recursive: true }));
const directory = () => join(root, `${(count += 1)}`);

async function use(where, act, options) {
  const shop = await openStored(fileStore(where), options);
  try {
    return await act(shop);
  } finally {
    await shop.close();
  }
}

/** Runs a shop in a process, kills it at some moment, and gives what was printed. */
async function killed(where, afterLines, checkpointEvery) {
  const child = spawn(process.execPath, [fileURLToPath(new URL("shop-process.mjs", import.meta.url)), where, `${checkpointEvery}`], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.on("data", (text) => {
    printed += text;
    if (printed.split("\n").length > afterLines) child.kill("SIGKILL");
  });
  const signal = await new Promise((resolve) => child.on("close", (_, signal) => resolve(signal)));
  assert.equal(signal, "SIGKILL", printed);
  const [begins, ...acknowledged] = printed.trim().split("\n");
  return { begins: Number(/^begins at (\d+)$/.exec(begins)[1]), acknowledged: acknowledged.map(Number) };
}

test("killed again and again: all that was acknowledged is there, once, and no more than was asked", async () => {
  const [where, below] = [directory(), random(11)];
  let [last, acknowledged] = [-1, 0];
  for (let round = 0; round < 12; round += 1) {
    const told = await killed(where, 2 + below(60), [3, 7, 1_000][round % 3]);
    assert.ok(told.begins > last, `round ${round}: ${told.begins} orders, of which ${last} was acknowledged`);
    assert.ok(told.begins <= last + 1 + 4, "no more than were on their way");
    last = told.acknowledged.at(-1) ?? told.begins - 1;
    acknowledged += told.acknowledged.length;
  }
  await use(where, async (shop) => {
    const orders = shop.orders({ limit: 1e6 });
    assert.ok(orders.length > last && orders.length <= last + 5);
    orders.forEach((id, number) => {
      const [line] = shop.order(id, 1e9).lines;
      assert.deepEqual([id, line.quantity], [`A-${number}`, 1 + (number % 5)]);
    });
  });
  console.log(`killed 12 times by SIGKILL: ${acknowledged} orders acknowledged, none lost, none twice`);
});

test("a crash at any step between log and snapshot loses nothing", async () => {
  const complete = directory();
  await use(complete, async (shop) => {
    await shop.apply({ type: "defineItem", sku: "lamp" }, 0);
    await shop.apply(order("A", 1), 1);
    await shop.checkpoint();
    await shop.apply(order("B", 1), 2);
  });
  assert.deepEqual((await readdir(complete)).sort(), ["log-2.bkol", "snapshot-2.bkor"]);
  const next = directory();
  await use(complete, (shop) => shop.checkpoint());
  await mkdir(next);
  for (const name of ["log-3.bkol", "snapshot-3.bkor"]) await copyFile(join(complete, name), join(next, name));

  const older = directory();
  await use(older, async (shop) => {
    await shop.apply({ type: "defineItem", sku: "lamp" }, 0);
    await shop.apply(order("A", 1), 1);
    await shop.checkpoint();
    await shop.apply(order("B", 1), 2);
  });
  const [log, snapshot] = await Promise.all([readFile(join(next, "log-3.bkol")), readFile(join(next, "snapshot-3.bkor"))]);
  for (const [left, step] of [
    [{}, "before anything"],
    [{ "log-3.bkol": log.subarray(0, 9) }, "in the log's head"],
    [{ "log-3.bkol": log }, "after the log's head"],
    [{ "log-3.bkol": log, "snapshot-3.bkor.new": snapshot.subarray(0, 50) }, "in the snapshot"],
    [{ "log-3.bkol": log, "snapshot-3.bkor.new": snapshot }, "before it has its name"],
    [{ "log-3.bkol": log, "snapshot-3.bkor": snapshot }, "before the old ones are gone"],
  ]) {
    const where = directory();
    await mkdir(where);
    for (const name of ["log-2.bkol", "snapshot-2.bkor"]) await copyFile(join(older, name), join(where, name));
    for (const [name, content] of Object.entries(left)) await writeFile(join(where, name), content);
    await use(where, async (shop) => {
      assert.deepEqual(shop.orders(), ["A", "B"], step);
      await shop.apply(order("C", 1), 3);
      await shop.checkpoint();
    });
    assert.equal((await readdir(where)).length, 2, `${step}: what it left is swept`);
    await use(where, (shop) => assert.deepEqual(shop.orders(), ["A", "B", "C"], step));
  }
});

test("a record torn anywhere is cut off, and the log goes on behind it", async () => {
  for (const cut of [1, 20, 60]) {
    const where = directory();
    await use(where, async (shop) => {
      await shop.apply({ type: "defineItem", sku: "lamp" }, 0);
      await shop.apply(order("A", 1), 1);
      await shop.apply(order("B", 1), 1);
    });
    const log = join(where, "log-1.bkol");
    await truncate(log, (await readFile(log)).length - cut);
    await use(where, async (shop) => {
      assert.deepEqual([shop.orders(), shop.recovered.records, shop.recovered.tornBytes > 0], [["A"], 2, true]);
      await shop.apply(order("C", 1), 2);
    });
    await use(where, (shop) => {
      assert.deepEqual([shop.orders(), shop.recovered], [["A", "C"], { records: 3, tornBytes: 0 }]);
    });
  }
});

test("what earlier releases and the Rust crate wrote is read, gone on with, and kept in the newest form", async () => {
  let read = 0;
  for (const version of await readdir(GOLDEN).then((names) => names.filter((name) => /^v\d+$/.test(name)))) {
    const names = (await readdir(join(GOLDEN, version))).filter((name) => name.endsWith(".log"));
    for (const name of names.map((file) => file.slice(0, -".log".length))) {
      const where = directory();
      await mkdir(where);
      await copyFile(join(GOLDEN, version, `${name}.bin`), join(where, "snapshot-1.bkor"));
      await copyFile(join(GOLDEN, version, `${name}.log`), join(where, "log-1.bkol"));
      const after = digestIn(await readFile(join(GOLDEN, version, `${name}.after`), "utf8"));
      await use(where, async (shop) => {
        assert.equal(shop.digest(), after, `${version} ${name}`);
        await shop.apply({ type: "tick" }, shop.lastInstant() + DAY);
        await shop.checkpoint();
        await shop.apply({ type: "defineItem", sku: "another" }, shop.lastInstant());
      });
      await use(where, (shop) => assert.equal(shop.recovered.records, 1));
      read += 1;
    }
  }
  assert.ok(read >= 4);
});

test("one process writes: a second is told so, and one that was killed holds nothing", async () => {
  const where = directory();
  const first = await openStored(fileStore(where));
  await assert.rejects(openStored(fileStore(pathToFileURL(where))), { code: "NOT_WRITER" });
  await first.close();
  const child = spawn(process.execPath, [fileURLToPath(new URL("shop-process.mjs", import.meta.url)), where, "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  await assert.rejects(openStored(fileStore(where)), { code: "NOT_WRITER", message: new RegExp(`process ${child.pid} `) });
  const gone = new Promise((resolve) => child.on("close", resolve));
  child.kill("SIGKILL");
  await gone;
  const again = await openStored(fileStore(where));
  await again.close();
  await assert.rejects(fileStore(where).append(new Uint8Array(1)), { code: "FAILED" });
});
