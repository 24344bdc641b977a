import assert from "node:assert/strict";
import { test } from "node:test";
import { cloudEvent } from "backorder/formats";
import { DeliveryError, openOutbox } from "backorder/outbox";
import { memoryStore, openStored } from "backorder/store";
import { Due } from "../../dist/outbox/due.js";
import { order, random } from "../shop.mjs";
import { Disk, killedAt } from "./disk.mjs";

const EVENTS = { engine: "shop", typePrefix: "com.example" };
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const NEVER = new Promise(() => undefined);

/** A shop and an outbox whose clock stands where it is put, and whose chance is none. */
async function world(destinations, { disks = [new Disk(), new Disk()], clock = { now: 0 }, chance = 0 } = {}) {
  const shop = await openStored(disks[0].store(), { events: "keep" });
  const outbox = await openOutbox(shop, disks[1].store(), {
    events: EVENTS,
    destinations,
    now: () => clock.now,
    random: () => chance,
  });
  const again = (others = destinations) => world(others, { disks, clock, chance });
  return { shop, outbox, disks, clock, again };
}

/** A sender that keeps what it was asked to send, and does what it is told to with it. */
function recorder(act = () => undefined) {
  const asked = [];
  const send = async (delivery) => {
    asked.push(delivery);
    await act(delivery);
  };
  // A destination has no options but its own.
  return Object.assign(Object.create({ asked, seqs: () => asked.map(({ event }) => event.data.seq) }), { send });
}

const isOf = (id) => ({ event }) => event.data.order === id;
const failing = (which, options) => (delivery) => {
  if (which(delivery)) throw new DeliveryError("no", options);
};

async function lampShop(shop) {
  await shop.applyAll([{ type: "defineItem", sku: "lamp" }, { type: "receive", sku: "lamp", quantity: 1 }], 0);
}

test("events of commands become CloudEvents, each to the destinations that want it, once", async () => {
  const [all, orders] = [recorder(), recorder()];
  const { shop, outbox } = await world({ all, orders: { send: orders.send, types: ["orderPlaced"] } });
  await lampShop(shop);
  await shop.apply(order("A", 2), 5);
  await shop.apply(order("B", 1), 6, { events: "drop" });
  const kept = await shop.keptEvents(99);
  assert.deepEqual(kept.map(({ type }) => type), ["stockReceived", "orderPlaced", "lineAllocated", "lineBackordered"]);
  await outbox.deliver();
  await outbox.deliver();
  assert.deepEqual(all.asked.map(({ event }) => event).sort(bySeq), kept.map((event) => cloudEvent(event, EVENTS)));
  const [{ key, attempt, now }] = orders.asked;
  assert.deepEqual([orders.seqs(), key, attempt, now], [[2], "shop-2", 1, 0]);
  assert.deepEqual(await shop.keptEvents(99), [], "the engine lets go of them");
  assert.deepEqual(outbox.status(), [
    { destination: "all", waiting: 0, dead: 0 },
    { destination: "orders", waiting: 0, dead: 0 },
  ]);
});

const bySeq = (one, other) => one.data.seq - other.data.seq;

test("an order that fails holds up its own events, and no other's", async () => {
  let healed = false;
  const all = recorder(failing((delivery) => !healed && isOf("A")(delivery)));
  const { shop, outbox, clock } = await world({ all });
  await lampShop(shop);
  await shop.apply(order("A", 2), 1);
  await shop.apply(order("B", 2), 2);
  await shop.apply({ type: "cancelOrder", order: "A" }, 3);
  await outbox.deliver();
  const [mine, others] = [all.asked.filter(isOf("A")), all.asked.filter((one) => !isOf("A")(one))];
  assert.deepEqual(mine.map(({ event }) => event.data.seq), [2], "only the first of its order was tried");
  assert.deepEqual(others.map(({ event }) => event.data.type).sort(), ["lineBackordered", "orderPlaced", "stockReceived", ...LATER_OF_B].sort());
  healed = true;
  clock.now = outbox.nextAttemptAt();
  await outbox.deliver();
  const seqs = all.asked.filter(isOf("A")).map(({ event }) => event.data.seq);
  assert.deepEqual(seqs, [2, 2, ...seqs.slice(2)]);
  assert.deepEqual(seqs, [...seqs].sort((one, other) => one - other));
  assert.equal(outbox.nextAttemptAt(), null);
});

/** What the cancellation of A gives B. */
const LATER_OF_B = ["lineAllocated"];

test("delays grow as they are set, a part is added by chance, and Retry-After counts where it is longer", async () => {
  let retryAfterMs = 0;
  const all = recorder(() => {
    throw new DeliveryError("no", { retryAfterMs });
  });
  const destination = { send: all.send, delaysMs: [10 * SECOND, MINUTE, MINUTE, MINUTE] };
  const { shop, outbox, clock, again } = await world({ all: destination }, { chance: 0.5 });
  await lampShop(shop);
  const next = async () => {
    await outbox.deliver();
    const at = outbox.nextAttemptAt();
    const waited = at - clock.now;
    clock.now = at - 1;
    const tried = all.asked.length;
    await outbox.deliver();
    assert.equal(all.asked.length, tried, "not a millisecond before");
    clock.now = at;
    return waited;
  };
  assert.equal(await next(), 11 * SECOND);
  assert.equal(await next(), 66 * SECOND);
  retryAfterMs = 2 * HOUR;
  assert.equal(await next(), 2 * HOUR);
  retryAfterMs = 999 * HOUR;
  assert.equal(await next(), 24 * HOUR);
  await outbox.deliver();
  assert.deepEqual(all.asked.map(({ attempt }) => attempt), [1, 2, 3, 4, 5]);
  assert.equal(outbox.nextAttemptAt(), null);
  const [letter] = outbox.deadLetters();
  assert.deepEqual(
    [letter.destination, letter.key, letter.attempts, letter.at, letter.error, letter.event.data.seq],
    ["all", "shop-1", 5, clock.now, "no", 1],
  );
  const { outbox: later } = await again();
  assert.deepEqual(later.deadLetters(), [letter]);
});

test("three days of attempts where nothing is said", async () => {
  const all = recorder(() => {
    throw new Error("down");
  });
  const { shop, outbox, clock } = await world({ all });
  await lampShop(shop);
  const at = [];
  for (;;) {
    await outbox.deliver();
    const next = outbox.nextAttemptAt();
    if (next === null) break;
    at.push((next - clock.now) / SECOND);
    clock.now = next;
  }
  assert.deepEqual(at, [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
  assert.equal(outbox.deadLetters()[0].error, "down");
});

test("a dead letter lets later events go on, and is sent again or let go when told so", async () => {
  let refused = true;
  const all = recorder(failing(({ event }) => refused && event.data.type === "orderPlaced", { outcome: "deadLetter" }));
  const { shop, outbox, again } = await world({ all });
  await lampShop(shop);
  await shop.apply(order("A", 1), 1);
  await shop.apply(order("B", 1), 1);
  await outbox.deliver();
  assert.deepEqual(all.asked.filter(isOf("A")).map(({ event }) => event.data.type).slice(0, 2), ["orderPlaced", "lineAllocated"]);
  const other = `shop-${all.asked.find((one) => isOf("B")(one)).event.data.seq}`;
  assert.deepEqual(outbox.deadLetters().map(({ key, attempts }) => [key, attempts]), [["shop-2", 1], [other, 1]]);
  await outbox.discard("all", other);
  await outbox.redeliver("all", other);
  await outbox.redeliver("all", "shop-2");
  await outbox.deliver();
  assert.deepEqual(outbox.deadLetters().map(({ key }) => key), ["shop-2"], "it failed again, and the other is gone");
  refused = false;
  await outbox.redeliver("all", "shop-2");
  for (const key of ["shop-2", other, "shop-99", "other-2", "shop-x"]) await outbox.redeliver("all", key);
  await outbox.deliver();
  assert.deepEqual(all.seqs().slice(-1), [2]);
  assert.deepEqual(outbox.deadLetters(), []);
  const count = all.asked.length;
  const { outbox: later } = await again();
  await later.deliver();
  assert.deepEqual([all.asked.length, later.deadLetters()], [count, []]);
});

test("a dead letter that is sent again waits for nobody, and nobody for it", async () => {
  let refused = true;
  const all = recorder(({ event }) => {
    if (event.data.type === "orderPlaced" && refused) throw new DeliveryError("no", { outcome: "deadLetter" });
    if (event.data.type === "lineAllocated") throw new DeliveryError("later");
  });
  const { shop, outbox, again } = await world({ all });
  await lampShop(shop);
  await shop.apply(order("A", 1), 1);
  await outbox.deliver();
  refused = false;
  const waiting = outbox.status()[0].waiting;
  await outbox.redeliver("all", outbox.deadLetters()[0].key);
  await outbox.deliver();
  assert.equal(all.asked.at(-1).event.data.type, "orderPlaced");
  assert.deepEqual(outbox.status(), [{ destination: "all", waiting, dead: 0 }]);
  assert.deepEqual((await again()).outbox.status(), outbox.status());
});

test("what a sender stops waits, over a restart too, until it is resumed; other destinations go on", async () => {
  let gone = true;
  const [hook, mail] = [recorder(failing(() => gone, { outcome: "stop" })), recorder()];
  const { shop, outbox, again, clock } = await world({ hook, mail });
  await lampShop(shop);
  await shop.apply(order("A", 1), 1);
  await outbox.deliver();
  const tried = hook.asked.length;
  clock.now = 9 * HOUR;
  await outbox.deliver();
  const { outbox: later } = await again();
  await later.deliver();
  assert.deepEqual([hook.asked.length, later.nextAttemptAt()], [tried, null]);
  assert.deepEqual(later.status()[0], { destination: "hook", waiting: mail.asked.length, dead: 0, stopped: "no" });
  gone = false;
  await later.resume("hook");
  await later.resume("mail");
  await later.deliver();
  assert.deepEqual(hook.asked.slice(tried).map(({ attempt }) => attempt), mail.asked.map(() => 1));
  assert.equal(later.status()[0].stopped, undefined);
});

test("an attempt that takes too long has failed, also where its sender does not listen", async () => {
  let hangs = true;
  const all = recorder(() => (hangs ? NEVER : undefined));
  const { shop, outbox, clock } = await world({ all: { send: all.send, timeoutMs: 5 } });
  await lampShop(shop);
  await outbox.deliver();
  assert.ok(all.asked[0].signal.aborted);
  assert.equal(outbox.status()[0].waiting, 1);
  hangs = false;
  clock.now = outbox.nextAttemptAt();
  await outbox.deliver();
  assert.deepEqual([all.asked.map(({ attempt }) => attempt), outbox.status()[0].waiting], [[1, 2], 0]);
  assert.ok(!all.asked[1].signal.aborted);
});

test("so many at once, each about something else", async () => {
  const [flying, most] = [new Set(), []];
  const send = async ({ event }) => {
    const about = event.subject.split("/")[1];
    assert.ok(!flying.has(about), "one after the other");
    flying.add(about);
    most.push(flying.size);
    await new Promise((resolve) => setImmediate(resolve));
    flying.delete(about);
  };
  for (const [atOnce, options] of [[3, { atOnce: 3 }], [8, {}]]) {
    most.length = 0;
    const { shop, outbox } = await world({ all: { send, ...options } });
    await lampShop(shop);
    await shop.applyAll(Array.from({ length: 99 }, (_, index) => order(`A-${index}`, 1)), 1);
    const events = await shop.keptEvents(9_999);
    await outbox.deliver();
    assert.deepEqual([Math.max(...most), most.length], [atOnce, events.length]);
  }
});

test("closing ends what is on its way without a note, and the next process sends it as if for the first time", async () => {
  let began;
  const first = new Promise((resolve) => (began = resolve));
  const all = recorder(({ signal }) => {
    began();
    return new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
  });
  const { shop, outbox, again } = await world({ all });
  await lampShop(shop);
  const delivering = outbox.deliver();
  await first;
  await outbox.close();
  await delivering;
  await outbox.close();
  await assert.rejects(outbox.deliver(), { code: "CLOSED" });
  await assert.rejects(outbox.redeliver("all", "shop-1"), { code: "CLOSED" });
  const next = recorder();
  const { outbox: later } = await again({ all: next });
  await later.deliver();
  assert.deepEqual(next.asked.map(({ key, attempt }) => [key, attempt]), [["shop-1", 1]]);
});

/** Plays a day of a shop, some of whose deliveries fail, as far as the process lives; gives what receivers took. */
async function day(disks, taken, seed) {
  const below = random(seed);
  const clock = { now: 0 };
  const send = async ({ key, event }) => {
    if (below(4) === 0) throw new DeliveryError("no");
    taken.push({ key, event });
    // Taken, and not heard so.
    if (below(4) === 0) throw new DeliveryError("lost");
  };
  const { shop, outbox } = await world({ all: { send, delaysMs: Array(99).fill(1), atOnce: 3 } }, { disks, clock });
  const at = shop.lastInstant() + 1;
  const commands = [
    { type: "defineItem", sku: "lamp" },
    { type: "receive", key: "r1", sku: "lamp", quantity: 2 },
    order("A", 3),
    order("B", 1),
    { type: "scheduleSupply", supply: "S", sku: "lamp", quantity: 9, due: 1_000 },
    { type: "cancelOrder", key: "c1", order: "A" },
    order("C", 1),
  ];
  for (const [index, command] of commands.entries()) {
    await shop.apply(command, at + index);
    if (index % 2 === 1) await outbox.deliver();
    if (index === 4) await shop.checkpoint();
  }
  while (outbox.status()[0].waiting > 0 || (await shop.keptEvents(1)).length > 0) {
    clock.now += 1;
    await outbox.deliver();
  }
}

test("a process that dies at any write, before it is safe or after, loses nothing and overtakes nothing", async () => {
  let [deaths, repeated, writes] = [0, 0, 1];
  for (let live = false; !live; writes += 1) {
    for (const when of ["before", "after"]) {
      const [disks, taken] = [[new Disk(), new Disk()], []];
      const process = killedAt(disks, writes, when);
      await day(disks, taken, writes).catch(() => undefined);
      live = !process.dead;
      if (live) break;
      deaths += 1;
      process.revive();
      await day(disks, taken, writes + 1);
      repeated += taken.length - holds(taken, `${when} write ${writes}`);
    }
  }
  assert.ok(deaths > 60 && repeated > 60, `${deaths} deaths, ${repeated} repetitions`);
});

/** What was taken is each event there is, those of a lane in their order, twice only by the same key. */
function holds(taken, message) {
  const byKey = new Map();
  for (const { key, event } of taken) {
    assert.deepEqual(byKey.get(key) ?? event, event, message);
    byKey.set(key, event);
  }
  const seqs = [...byKey.values()].map(({ data }) => data.seq).sort((one, other) => one - other);
  assert.deepEqual(seqs, seqs.map((_, index) => index + 1), `${message}: none is missing`);
  const last = new Map();
  for (const { event } of taken) {
    const lane = event.subject.split("/", 2).join("/");
    assert.ok((last.get(lane) ?? 0) <= event.data.seq, `${message}: ${lane} in order`);
    last.set(lane, event.data.seq);
  }
  return byKey.size;
}

test("a store that fails is an error of the call, sends nothing more, and the next call goes on", async () => {
  const all = recorder();
  const { shop, outbox, disks } = await world({ all });
  await lampShop(shop);
  await shop.apply(order("A", 1), 1);
  disks[1].before = () => {
    throw Object.assign(new Error("full"), { name: "QuotaExceededError" });
  };
  await assert.rejects(outbox.deliver(), { name: "StoreError", code: "QUOTA" });
  assert.equal(all.asked.length, 0, "what could not be taken over is not sent");
  let writes = 0;
  disks[1].before = () => {
    writes += 1;
    if (writes > 1) throw new Error("worn out");
  };
  await assert.rejects(outbox.deliver(), { name: "StoreError", code: "FAILED" });
  const sent = all.asked.length;
  assert.equal(sent, 2, "one of each lane, whose deliveries could not be noted");
  disks[1].before = () => undefined;
  await outbox.deliver();
  assert.deepEqual(all.asked.slice(sent).map(({ key }) => key).slice(0, 2).sort(), all.asked.slice(0, 2).map(({ key }) => key).sort());
  holds(all.asked, "after all");
});

test("what a store wrote, and says it did not, counts once", async () => {
  const all = recorder(failing(({ event, attempt }) => event.data.type === "orderPlaced" && attempt < 3));
  const { shop, outbox, disks, clock, again } = await world({ all: { send: all.send, delaysMs: [1, 1] } });
  await lampShop(shop);
  await shop.apply(order("A", 1), 1);
  let writes = 0;
  const everyOther = () => {
    writes += 1;
    if (writes % 2 === 1) throw new Error("answered too late");
  };
  for (let delivered = false; !delivered; ) {
    disks[1].after = everyOther;
    delivered = await outbox.deliver().then(() => outbox.nextAttemptAt() === null, () => false);
    clock.now += 1;
    disks[1].after = () => undefined;
    const { outbox: later } = await again();
    assert.ok(later.status()[0].waiting <= outbox.status()[0].waiting || writes < 2);
  }
  assert.ok(writes > 8, `${writes} writes`);
  holds(all.asked, "each once but for repetitions");
  const { outbox: later } = await again();
  assert.deepEqual(later.status(), outbox.status());
});

test("a log torn anywhere is cut off; what was altered anywhere is refused", async () => {
  const all = recorder(failing(isOf("A")));
  const { shop, outbox, disks } = await world({ all });
  await lampShop(shop);
  await shop.apply(order("A", 1), 1);
  await outbox.deliver();
  const whole = disks[1].kept;
  const opened = async (log, snapshot = whole.snapshot) => {
    const disk = new Disk();
    disk.kept = { snapshot, log };
    const state = await openOutbox(shop, disk.store(), { events: EVENTS, destinations: { all } });
    return { waiting: state.status()[0].waiting, bytes: disk.kept.log.length };
  };
  const { waiting, bytes } = await opened(whole.log);
  assert.deepEqual([waiting, bytes], [4, whole.log.length]);
  for (let cut = 8; cut < whole.log.length; cut += 1) {
    const torn = await opened(whole.log.slice(0, cut));
    assert.ok(torn.bytes <= cut && torn.waiting <= 5, `cut at ${cut}`);
    const zeros = Buffer.from(whole.log);
    zeros.fill(0, cut);
    const filled = await opened(zeros);
    assert.deepEqual(filled, torn, `zeros from ${cut} on`);
  }
  const altered = (bytes, at) => bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));
  for (const at of whole.log.keys()) await assert.rejects(opened(altered(whole.log, at)), { code: "CORRUPT" }, `log, ${at}`);
  const { snapshot } = whole;
  for (const at of snapshot.keys()) {
    await assert.rejects(opened(whole.log, altered(snapshot, at)), { code: "CORRUPT" }, `snapshot, ${at}`);
  }
  for (const wrong of [snapshot.slice(0, -1), Uint8Array.of(...snapshot, 0), new Uint8Array(9), new Uint8Array()]) {
    await assert.rejects(opened(whole.log, wrong), { code: "CORRUPT" });
  }
  await assert.rejects(opened(whole.log, snapshot.with(4, 2)), { code: "NEWER" });
});

test("a long log gives way to a snapshot of what waits, what is dead and what is stopped", async () => {
  const [all, hook] = [recorder(failing(isOf("A"))), recorder(failing(() => true, { outcome: "stop" }))];
  const dead = recorder(failing(() => true, { outcome: "deadLetter" }));
  const destinations = { all, hook: { send: hook.send, types: ["orderPlaced"] }, dead: { send: dead.send, types: ["orderPlaced"] } };
  const { shop, outbox, disks, again } = await world(destinations);
  let saves = 0;
  disks[1].before = (name) => (saves += name === "save" ? 1 : 0);
  await lampShop(shop);
  for (let count = 0; saves < 2; count += 1) {
    await shop.applyAll([order(count === 0 ? "A" : `B-${count}`, 1), { type: "cancelOrder", order: `B-${count}` }], count);
    await outbox.deliver();
  }
  const { outbox: later } = await again();
  assert.deepEqual(later.status(), outbox.status());
  assert.deepEqual(later.deadLetters(), outbox.deadLetters());
  assert.equal(later.nextAttemptAt(), outbox.nextAttemptAt());
  assert.ok(disks[1].kept.log.length < 150_000);
});

test("a snapshot that failed, and counts or does not, loses nothing that is noted after it", async () => {
  for (const counts of [true, false]) {
    /** As files are: the highest number counts, and who writes goes on where he last looked or saved. */
    const generations = [];
    let failing = 0;
    const files = () => {
      let at = -1;
      return {
        async load() {
          at = generations.length - 1;
          return generations[at] && { ...generations[at] };
        },
        append: async (records) => void (generations[at].log = Buffer.concat([generations[at].log, records])),
        async save(snapshot, head) {
          if (failing > 0 && !counts) throw new Error("no room");
          generations.push({ snapshot, log: head });
          if (failing > 0) throw new Error("who knows");
          at = generations.length - 1;
        },
        truncate: async () => assert.fail("nothing is torn"),
        close: async () => undefined,
      };
    };
    const all = recorder(everyHundredth);
    const shop = await openStored(memoryStore(), { events: "keep" });
    const options = { events: EVENTS, destinations: { all } };
    const outbox = await openOutbox(shop, files(), options);
    await lampShop(shop);
    failing = 1;
    for (let count = 0; all.asked.length < 1_500; count += 1) {
      await shop.applyAll(Array.from({ length: 50 }, (_, index) => order(`A-${count}-${index}`, 1)), count);
      await outbox.deliver();
    }
    failing = 0;
    const later = await openOutbox(shop, files(), options);
    assert.deepEqual([later.status(), later.deadLetters()], [outbox.status(), outbox.deadLetters()]);
    assert.ok(later.deadLetters().length > 9);
  }
});

/** Every hundredth event can't be told. */
const everyHundredth = failing(({ event }) => event.data.seq % 100 === 0, { outcome: "deadLetter" });

test("an engine that was set back, or another one, is not taken for the one that was", async () => {
  const { shop, outbox, disks } = await world({ all: recorder() });
  await lampShop(shop);
  await shop.apply(order("A", 1), 1);
  await outbox.deliver();
  for (const commands of [[], [order("A", 1), order("B", 1)]]) {
    const { shop: other, outbox: still } = await world({ all: recorder() }, { disks: [new Disk(), disks[1]] });
    await lampShop(other);
    await other.applyAll(commands, 2);
    await assert.rejects(still.deliver(), { code: "CORRUPT", message: /set back/ });
  }
});

test("a reader delivers nothing; who becomes the writer claims the store, and begins when it is given", async () => {
  const [listeners, all] = [[], recorder()];
  const event = { seq: 1, at: 0, type: "orderPlaced", order: "A", cause: { command: "placeOrder" } };
  const engine = {
    events: "keep",
    role: "reader",
    kept: [event],
    keptEvents: () => engine.kept,
    drainEvents: () => (engine.kept = []),
    subscribe: (listener) => {
      listeners.push(listener);
      return () => listeners.pop();
    },
  };
  let [claims, granted] = [0, undefined];
  const peers = {
    claim: async (given) => {
      claims += 1;
      granted = given;
      return false;
    },
    tell() {},
    hear() {},
  };
  const outbox = await openOutbox(engine, { ...memoryStore(), peers }, { events: EVENTS, destinations: { all } });
  outbox.start();
  await outbox.deliver();
  assert.deepEqual([claims, all.asked.length, outbox.status()], [0, 0, []]);
  engine.role = "writer";
  listeners[0]({ events: [], role: "writer" });
  await outbox.deliver();
  await outbox.deliver();
  assert.deepEqual([claims, all.asked.length], [1, 0]);
  granted();
  await outbox.deliver();
  assert.deepEqual([claims, all.seqs()], [1, [1]]);
  await outbox.close();
  assert.equal(listeners.length, 0);
});

test("by itself: when commands come, when an attempt is due, and when its store is well again", async () => {
  const tries = [];
  let told;
  const send = async ({ event, attempt }) => {
    tries.push([event.data.order, attempt]);
    if (attempt === 1) throw new DeliveryError("no");
    told?.();
  };
  const disk = new Disk();
  const shop = await openStored(memoryStore(), { events: "keep" });
  const failures = [];
  const outbox = await openOutbox(shop, disk.store(), {
    events: EVENTS,
    destinations: { all: { send, types: ["orderPlaced"], delaysMs: [1] } },
  });
  await shop.apply({ type: "defineItem", sku: "lamp" }, 0);
  disk.before = () => {
    disk.before = () => undefined;
    throw new Error("once");
  };
  const twice = () => new Promise((resolve) => (told = resolve));
  let delivered = twice();
  outbox.start((error) => failures.push(error.code));
  outbox.start();
  await shop.apply(order("A", 1), 1);
  await delivered;
  delivered = twice();
  await shop.apply(order("B", 1), 2);
  await delivered;
  assert.deepEqual([tries, failures], [[["A", 1], ["A", 2], ["B", 1], ["B", 2]], ["FAILED"]]);
  await outbox.close();
  await shop.close();
});

test("lanes come out of the heap as out of a sorted list", () => {
  const [due, sorted, below] = [new Due(), [], random(3)];
  for (let turn = 0; turn < 5_000; turn += 1) {
    if (below(5) < 3) {
      const entry = { at: below(40), seq: turn, lane: `${turn}` };
      due.push(entry);
      sorted.push(entry);
      sorted.sort((one, other) => one.at - other.at || one.seq - other.seq);
    } else {
      due.shift();
      sorted.shift();
    }
    assert.equal(due.first, sorted[0]);
  }
});

test("arguments that can't be right are refused by name, before anything is opened", async () => {
  const store = { load: () => assert.fail("opened"), close: async () => undefined };
  const send = async () => undefined;
  const right = { events: EVENTS, destinations: { all: { send } } };
  const shop = await openStored(memoryStore(), { events: "keep" });
  for (const [path, engine, options] of [
    ["engine", await openStored(memoryStore()), right],
    ["options.event", shop, { ...right, event: EVENTS }],
    ["options.typePrefix", shop, { ...right, events: { engine: "shop", typePrefix: "Shop" } }],
    ["options.destinations", shop, { events: EVENTS }],
    ["options.destinations.all.send", shop, { ...right, destinations: { all: {} } }],
    ["options.destinations.all.delays", shop, { ...right, destinations: { all: { send, delays: [1] } } }],
    ["options.destinations.all.delaysMs[1]", shop, { ...right, destinations: { all: { send, delaysMs: [1, -1] } } }],
    ["options.destinations.all.timeoutMs", shop, { ...right, destinations: { all: { send, timeoutMs: 0 } } }],
    ["options.destinations.all.atOnce", shop, { ...right, destinations: { all: { send, atOnce: 0.5 } } }],
    ["options.destinations.all.types", shop, { ...right, destinations: { all: { send, types: ["orderSent"] } } }],
  ]) {
    await assert.rejects(openOutbox(engine, store, options), { code: "INVALID_ARGUMENT", path }, path);
  }
  await assert.rejects(openStored(memoryStore(), { events: "all" }), { path: "options.events" });
  await assert.rejects(shop.keptEvents("all"), { path: "max" });
});
