import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { played, shop, WORKERD } from "./host.mjs";
import { bodyText } from "./node_modules/backorder/dist/durable/body.js";

console.log(`workerd ${WORKERD}`);

let host;
before(async () => {
  host = await shop();
  await applied({ type: "defineItem", sku: "lamp" });
});
after(() => host.end());

/** Each test has an item of its own, in one shop that lives through all of them. */
let tests = 0;
let sku;
beforeEach(async () => {
  tests += 1;
  sku = `item-${tests}`;
  await applied({ type: "defineItem", sku });
  await applied({ type: "receive", sku, quantity: 10 });
});

const call = (...given) => host.call(...given);
const order = (id, quantity = 1) => ({ type: "placeOrder", order: `${sku}-${id}`, lines: [{ sku, quantity }] });

async function applied(command) {
  const outcome = await call("apply", command);
  assert.equal(outcome.status, "applied", JSON.stringify(outcome));
  return outcome;
}

/** What is stored is the engine that answers, and is so after a crash. */
async function asStored() {
  const digest = await call("digest");
  assert.equal(played(await call("stored")).digest(), digest);
  host.kill();
  await host.restart();
  assert.equal(await call("digest"), digest);
}

async function rows() {
  return (await call("stored")).rows.log.at(-1)[0];
}

/** Asks until there is an answer that is right: alarms come when they come. */
async function eventually(ask) {
  for (let asked = 0; asked < 1_000; asked += 1) {
    const answer = await ask();
    if (answer) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("it did not come");
}

test("commands are answered as by an engine, by calls and by POST, and survive a crash", async () => {
  const { events } = await applied(order("A", 12));
  assert.deepEqual(events.map(({ type }) => type), ["orderPlaced", "lineAllocated", "lineBackordered"]);
  const post = (body) => host.fetch("/fetch", { method: "POST", body: JSON.stringify(body) });
  assert.equal((await (await post(order("B"))).json()).status, "applied");
  const list = await (await post([order("B"), order("C"), { type: "ship", order: `${sku}-Z` }])).json();
  assert.deepEqual(list.map(({ status, reason }) => reason ?? status), ["exists", "applied", "unknownOrder"]);
  assert.deepEqual((await call("applyAll", [order("C"), order("D")])).map(({ status }) => status), ["exists", "applied"]);
  const { allocated, backordered } = await call("position", sku);
  assert.deepEqual([allocated, backordered], [10, 5]);
  await asStored();
  assert.equal((await call("order", `${sku}-A`)).lines[0].allocated, 10);
});

test("every read is the engine's, of the same state", async () => {
  await applied(order("A", 12));
  const engine = played(await call("stored"));
  for (const [method, ...args] of [
    ["position", sku],
    ["position", sku, "default"],
    ["queue", sku, { limit: 3 }],
    ["items", { limit: 2 }],
    ["orders", { state: "open" }],
    ["supplies", sku],
  ]) {
    assert.deepEqual(await call(method, ...args), engine[method](...args), method);
  }
  assert.equal((await call("quote", { sku, quantity: 2 })).ahead, 2);
  assert.equal((await call("quoteOrder", { lines: [{ sku, quantity: 2 }] })).lines.length, 1);
  assert.equal((await call("explain", `${sku}-A`, "1")).length > 0, true);
  const [change] = await call("whatIf", [{ type: "receive", sku, quantity: 9 }]);
  assert.deepEqual([change.order, change.before, change.after > 0], [`${sku}-A`, null, true]);
  assert.equal((await call("metrics")).units >= 12, true);
  assert.deepEqual(await call("reorders"), []);
  assert.deepEqual(await call("notices"), []);
  assert.equal(await call("hold", "none"), null);
  assert.equal(await call("snapshot"), Buffer.from(engine.snapshot()).toString("hex"));
});

test("what was refused leaves no command in the log, and what can't be a command leaves nothing", async () => {
  const many = { ...order("A"), lines: [{ sku, quantity: 1.5 }] };
  await call("apply", many);
  const before = (await call("stored")).log.length;
  assert.equal((await call("apply", { type: "ship", order: "no such order" })).reason, "unknownOrder");
  const { log } = await call("stored");
  // 24 bytes of head, an instant, a byte and a number, and 8 of the checksum: time alone.
  assert.ok(log.length - before <= 2 * 44, `${log.length - before}`);
  await assert.rejects(call("apply", "tick"), /must be an object/);
  await assert.rejects(call("applyAll", { type: "tick" }), /must be an array/);
  await assert.rejects(call("drainEvents", "all"), /max/);
  assert.equal((await call("stored")).log, log);
  await asStored();
});

test("a command whose record can't be stored has not happened", async () => {
  await applied(order("A"));
  const [digest, count] = [await call("digest"), await rows()];
  await call("fill", "backorder_log");
  for (let round = 0; round < 3; round += 1) {
    await assert.rejects(call("apply", order("B")), /storage is full/);
    assert.equal(await call("digest"), digest);
    assert.equal(await call("order", `${sku}-B`), null);
  }
  assert.equal((await call("position", sku)).allocated, 1);
  await call("fill");
  assert.equal(await rows(), count);
  await applied(order("B"));
  await asStored();
});

test("a snapshot that can't be stored takes nothing from the commands before it, nor their answers", async () => {
  await call("compact");
  await call("fill", "backorder_snapshot");
  for (let round = 0; round < 60; round += 1) await applied(order(round));
  await assert.rejects(call("compact"), /storage is full/);
  assert.ok((await rows()) >= 60);
  await asStored();
  await call("fill");
  await call("compact");
  assert.equal(await rows(), 0);
  await asStored();
});

for (const [method, ask] of [
  ["apply", () => call("apply", order("A"))],
  ["writeLog", () => call("apply", order("A"))],
  ["nextWakeAt", () => call("apply", order("A"))],
  ["position", () => call("position", sku)],
  ["snapshot", () => call("compact")],
]) {
  test(`an engine that fails inside "${method}" is made again within the request`, async () => {
    const beside = await call("digest");
    await call("wreck", method, 1);
    await ask();
    assert.equal((await call("order", `${sku}-A`)) !== null, method !== "position" && method !== "snapshot");
    if (method === "position" || method === "snapshot") assert.equal(await call("digest"), beside);
    assert.equal(played(await call("stored")).digest(), await call("digest"));
  });
}

test("a command on which the engine fails each time is refused as a defect, and is in no log", async () => {
  const digest = await call("digest");
  await call("wreck", "apply", 2);
  await assert.rejects(call("apply", order("A")), /failed inside/);
  assert.equal(await call("digest"), digest);
  await applied(order("A"));
  await asStored();
});

test("several commands sent as one are stored as one, or none of them happened", async () => {
  const both = [order("A", 2), order("B", 3)].map(({ order, lines }) => ({ order, lines }));
  const digest = await call("digest");
  await assert.rejects(call("bundle", both, true), /changed my mind/);
  assert.equal(await call("digest"), digest);
  await assert.rejects(call("later", both[0]), /can't be asynchronous/);
  assert.equal(await call("digest"), digest);
  assert.deepEqual(await call("bundle", both, false), ["applied", "applied"]);
  assert.equal((await call("position", sku)).allocated, 5);
  await asStored();
});

test("the log is cut by a snapshot when it has outgrown it, and by none before", async () => {
  await call("compact");
  let [longest, cuts, last] = [0, 0, 0];
  for (let round = 0; round < 100; round += 1) {
    await call("applyAll", Array.from({ length: 4 }, (_, nth) => order(`${round}-${nth}`)));
    const { rows } = await call("stored");
    const bytes = (table) => rows[table].reduce((sum, [, length]) => sum + length, 0);
    longest = Math.max(longest, bytes("log") - Math.max(4_000, bytes("snapshot")));
    cuts += Number(bytes("log") < last);
    last = bytes("log");
  }
  assert.ok(longest <= 0, `${longest} bytes too long`);
  assert.ok(cuts > 0 && cuts < 20, `${cuts} snapshots`);
  await asStored();
});

test("what is due comes by an alarm, as a command in the log, and is told", async () => {
  await applied({ type: "holdStock", hold: `${sku}-H`, lines: [{ sku, quantity: 4 }], ttl: 300 });
  assert.equal((await call("position", sku)).held, 4);
  // Nothing is asked of the engine meanwhile that would have it look at the time.
  const told = await eventually(async () => (await call("told")).find(({ hold }) => hold === `${sku}-H`));
  assert.deepEqual([told.type, told.cause.command], ["holdExpired", "tick"]);
  assert.equal((await call("position", sku)).held, 0);
  await asStored();
});

test("an alarm that was set before a crash comes after it", async () => {
  await applied({ type: "holdStock", hold: `${sku}-H`, lines: [{ sku, quantity: 4 }], ttl: 600 });
  host.kill();
  await host.restart();
  const told = await eventually(async () => (await call("told")).find(({ hold }) => hold === `${sku}-H`));
  assert.equal(told.type, "holdExpired");
  await asStored();
});

test("what is due in centuries sets an alarm that a host can set, and one before it is kept", async () => {
  const year = 366 * 86_400_000;
  await applied({ type: "holdStock", hold: `${sku}-far`, lines: [{ sku, quantity: 1 }], ttl: 900 * year });
  const far = await call("alarmAt");
  assert.ok(far > 0 && far < Date.now() + year);
  await applied({ type: "holdStock", hold: `${sku}-near`, lines: [{ sku, quantity: 1 }], ttl: 3_600_000 });
  const near = await call("alarmAt");
  assert.ok(near < Date.now() + 3_700_000);
  await applied({ type: "releaseHold", hold: `${sku}-near` });
  assert.equal(await call("alarmAt"), near, "it finds nothing to do and looks again, which costs less than another write");
});

test("kept events are in storage until they are fetched, once", async () => {
  const keeper = (method, ...args) => host.ask("keeper", method, args);
  await keeper("apply", { type: "defineItem", sku });
  assert.deepEqual((await keeper("apply", { type: "receive", sku, quantity: 1 })).events, []);
  await keeper("apply", order("A"));
  host.kill();
  await host.restart();
  assert.deepEqual((await keeper("drainEvents", 2)).map(({ type }) => type), ["stockReceived", "orderPlaced"]);
  host.kill();
  await host.restart();
  assert.deepEqual((await keeper("drainEvents")).map(({ type }) => type), ["lineAllocated", "lineReady", "promiseMade"]);
  assert.deepEqual(await keeper("drainEvents"), []);
  assert.equal(played(await keeper("stored")).digest(), await keeper("digest"));
});

test("fetch refuses what is no command, and a body that is too long, whatever its header says", async () => {
  const digest = await call("digest");
  const status = async (options) => (await host.fetch("/fetch", { method: "POST", ...options })).status;
  assert.equal((await host.fetch("/fetch")).status, 405);
  for (const body of ["", "{", "tick", "\u{fffd}", "[1]", "null", '"tick"', "7"]) assert.equal(await status({ body }), 400, body);
  const long = JSON.stringify({ ...order("A"), key: "x".repeat(1_000_000) });
  assert.equal(await status({ body: long }), 413);
  const streamed = () => new Blob([long]).stream();
  assert.equal(await status({ body: streamed(), duplex: "half" }), 413);
  assert.equal(await status({ body: JSON.stringify({ type: "nothing" }) }), 200, "a command that is refused has an outcome");
  assert.equal((await call("order", `${sku}-A`)) ?? digest, digest);
});

test("bodyText reads to its limit and no further", async () => {
  const text = async (body) => (await host.fetch("/body", { method: "POST", body, duplex: "half" })).text();
  assert.equal(await text("ten bytes!"), "ten bytes!");
  assert.equal(await text("eleven byte"), "too long");
  assert.equal(await text("äöüßä"), "äöüßä", "bytes are counted, and letters of several are whole");
  assert.equal(await text("äöüßäb"), "too long");
  assert.equal(await (await host.fetch("/body")).text(), "");
});

test("bodyText leaves unread what comes after its limit", async () => {
  let sent = 0;
  const body = new ReadableStream({
    pull(controller) {
      sent += 1;
      controller.enqueue(new Uint8Array(1_000));
    },
  });
  const request = new Request("http://shop.example", { method: "POST", body, duplex: "half" });
  assert.equal(await bodyText(request, 10_000), undefined);
  assert.ok(sent < 20, `${sent}`);
});

test("a large state is stored in chunks of at most a megabyte", async () => {
  await call("grow", 2_100_000);
  await call("compact");
  const { rows } = await call("stored");
  assert.ok(rows.snapshot.length >= 3, `${rows.snapshot.length}`);
  for (const [, bytes] of rows.snapshot) assert.ok(bytes <= 1_000_000);
  await applied(order("A"));
  const long = { ...order("B"), lines: Array.from({ length: 1_000 }, (_, line) => ({ line: `${line}-${"x".repeat(100)}`, sku, quantity: 1 })) };
  await applied(long);
  await asStored();
});
