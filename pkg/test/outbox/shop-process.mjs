// A shop with an outbox in a process of its own, which is killed. It plays commands as fast as they are safe and what waits
// for delivery allows, or, told to finish, none: then it ends when all is delivered. What its engine's store lets go of is
// copied to "archive" first.

import { copyFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { openOutbox, webhookSender } from "backorder/outbox";
import { fileStore, openStored } from "backorder/store";
import { random } from "../shop.mjs";
import { SECRET } from "./receiver.mjs";

const [directory, url, seed, finish] = process.argv.slice(2);
const [engineFiles, archive] = [join(directory, "engine"), join(directory, "archive")];
const MOST_WAITING = 40;
const ORDERS_ONLY = ["orderPlaced", "lineShipped", "lineCancelled", "promiseMade", "promiseMoved"];

const below = random(Number(seed));
const pick = (list) => list[below(list.length)];
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A store on a disk that takes its time before it begins, so that a kill often comes between two writes. */
function slow(store) {
  return {
    load: () => store.load(),
    async append(records) {
      await pause(below(8));
      await store.append(records);
    },
    save: (snapshot, head) => store.save(snapshot, head),
    truncate: (bytes) => store.truncate(bytes),
    close: () => store.close(),
    peers: store.peers,
  };
}

/** One that leaves a copy of what it is about to replace. */
function archiving(store) {
  return {
    ...store,
    async save(snapshot, head) {
      await mkdir(archive, { recursive: true });
      for (const name of await readdir(engineFiles)) {
        if (/^(snapshot|log)-\d+\.bko[rl]$/.test(name)) await copyFile(join(engineFiles, name), join(archive, name));
      }
      await store.save(snapshot, head);
    },
  };
}

const shop = await openStored(archiving(slow(fileStore(engineFiles))), { events: "keep", checkpointEvery: 25 });
const retried = { delaysMs: [5, 10, 20, ...Array(60).fill(40)], timeoutMs: 300 };
const outbox = await openOutbox(shop, slow(fileStore(join(directory, "outbox"))), {
  events: { engine: "kill.test", typePrefix: "com.example" },
  destinations: {
    all: { send: webhookSender({ url: `${url}/all`, secret: SECRET }), ...retried },
    orders: { send: webhookSender({ url: `${url}/orders`, secret: SECRET }), types: ORDERS_ONLY, atOnce: 2, ...retried },
  },
});
outbox.start((error) => {
  throw error;
});

const waiting = () => outbox.status().reduce((sum, { waiting }) => sum + waiting, 0);

if (finish === "finish") {
  await outbox.deliver();
  while (waiting() > 0) await pause(2);
  if (outbox.deadLetters().length > 0) throw new Error(`dead letters: ${JSON.stringify(outbox.deadLetters())}`);
  await outbox.close();
  await shop.close();
  process.exit(0);
}

if (shop.items().length === 0) {
  for (const sku of ["lamp", "vase"]) await shop.apply({ type: "defineItem", sku }, 0);
}
const orders = shop.orders({ limit: 1e6 });
for (;;) {
  while (waiting() > MOST_WAITING) await pause(2);
  const [now, sku, known] = [shop.lastInstant() + below(3_600_000), pick(["lamp", "vase"]), pick([...orders.slice(-6), "none"])];
  const order = `order ${orders.length}`;
  const lines = Array.from({ length: 1 + below(2) }, () => ({ sku: pick(["lamp", "vase"]), quantity: 1 + below(3) }));
  const command = pick([
    { type: "placeOrder", order, lines },
    { type: "placeOrder", order, lines, priority: below(3) * 50 },
    { type: "receive", sku, quantity: 1 + below(4) },
    { type: "receive", sku, quantity: 1 + below(4) },
    { type: "scheduleSupply", supply: `supply ${seed}-${now}`, sku, quantity: 1 + below(9), due: now + below(900_000_000) },
    { type: "ship", order: known },
    { type: "cancelOrder", order: known },
    { type: "reprioritise", order: known, priority: below(256) },
    { type: "tick" },
  ]);
  if (command.type === "placeOrder") orders.push(order);
  // Several are on their way at once now and then.
  const answered = shop.apply(command, now);
  if (below(3) === 0) await answered;
}
