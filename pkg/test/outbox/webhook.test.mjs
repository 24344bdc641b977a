// Webhooks against a real receiver, which verifies each by the package `standardwebhooks`.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { cloudEvent } from "backorder/formats";
import { openOutbox, webhookHeaders, webhookSender } from "backorder/outbox";
import { memoryStore, openStored } from "backorder/store";
import { Webhook } from "standardwebhooks";
import { order } from "../shop.mjs";
import { Receiver, SECRET } from "./receiver.mjs";

const OTHER = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
const EVENTS = { engine: "shop (main).v1", sourceBase: "https://shop.example/", typePrefix: "com.example" };
const KEY = "shop%20%28main%29%2Ev1";

let receiver;
let url;
let behaviour;
let requests;
before(async () => {
  receiver = new Receiver((request) => {
    requests.push(request);
    return behaviour(request);
  });
  url = await receiver.listen();
});
after(() => receiver.end());
beforeEach(() => {
  behaviour = () => "ok";
  requests = [];
  receiver.taken.length = 0;
});

/** A shop with an order, and an outbox that goes to the receiver, by a clock that begins now: the verifier has its own. */
async function world(options = {}, destination = {}) {
  const clock = { now: Date.now() };
  const shop = await openStored(memoryStore(), { events: "keep" });
  await shop.apply({ type: "defineItem", sku: "lamp" }, 0);
  await shop.apply(order("A", 1), 1);
  const outbox = await openOutbox(shop, memoryStore(), {
    events: EVENTS,
    destinations: {
      hook: { send: webhookSender({ url, secret: SECRET, ...options }), types: ["orderPlaced"], ...destination },
    },
    now: () => clock.now,
    random: () => 0,
  });
  const waited = async () => {
    await outbox.deliver();
    const next = outbox.nextAttemptAt();
    return next === null ? null : next - clock.now;
  };
  return { shop, outbox, clock, waited };
}

test("a signed CloudEvent as structured JSON, whose id is the delivery's key", async () => {
  const { shop, outbox } = await world();
  const [made] = (await shop.keptEvents(9)).filter(({ type }) => type === "orderPlaced");
  await outbox.deliver();
  const [{ id, event }] = receiver.taken;
  assert.deepEqual([id, event], [`${KEY}-${made.seq}`, cloudEvent(made, EVENTS)]);
  assert.match(requests[0].headers["content-type"], /^application\/cloudevents\+json/);
});

test("the signature is that of standardwebhooks, with each secret while it is changed", async () => {
  for (const [key, now, body] of [["shop-1", 1_700_000_000_999, '{"a":"ä.€"}'], [`${KEY}-2`, 0, ""]]) {
    const headers = await webhookHeaders(key, now, body, [SECRET, OTHER]);
    const at = new Date(Math.floor(now / 1_000) * 1_000);
    assert.deepEqual(headers, {
      "webhook-id": key,
      "webhook-timestamp": String(at.getTime() / 1_000),
      "webhook-signature": [SECRET, OTHER].map((secret) => new Webhook(secret).sign(key, at, body)).join(" "),
    });
  }
  const { outbox } = await world({ secret: [OTHER, SECRET] });
  await outbox.deliver();
  assert.equal(receiver.taken.length, 1);
});

test("each attempt is signed at its own time, with the same id and body", async () => {
  behaviour = () => (requests.length === 1 ? "fail" : "ok");
  const { outbox, clock, waited } = await world();
  assert.equal(await waited(), 5_000);
  clock.now += 5_000;
  await outbox.deliver();
  const [first, second] = requests;
  assert.deepEqual([second.headers["webhook-id"], second.event], [first.headers["webhook-id"], first.event]);
  const times = [first, second].map(({ headers }) => Number(headers["webhook-timestamp"]));
  assert.equal(times[1] - times[0], 5);
  assert.notEqual(first.headers["webhook-signature"], second.headers["webhook-signature"]);
});

test("what fails in any way is tried again: answers, redirects, resets, no answer, and an answer that is lost", async () => {
  const redirect = { takes: false, answer: (response) => response.writeHead(307, { location: `${url}/elsewhere` }).end() };
  const endless = {
    takes: true,
    answer(response) {
      response.writeHead(200);
      response.write("and so on");
    },
  };
  const ways = ["fail", "reset", "hang", redirect, "takeAndDrop", "takeAndHang", endless];
  behaviour = () => ways.shift() ?? "ok";
  const delaysMs = Array(9).fill(1);
  const { outbox, clock } = await world({}, { timeoutMs: 250, delaysMs });
  while (receiver.taken.length < 4 && outbox.deadLetters().length === 0 && ways.length > 0) {
    await outbox.deliver();
    clock.now += 1;
  }
  await outbox.deliver();
  assert.deepEqual(ways, []);
  assert.ok(requests.every(({ path }) => path === "/"), "no redirect is followed");
  assert.equal(new Set(receiver.taken.map(({ id }) => id)).size, 1);
  assert.deepEqual([outbox.status()[0].waiting, outbox.deadLetters()], [0, []]);
});

test("Retry-After counts as seconds and as a date, and is passed over where it is neither", async () => {
  let header;
  behaviour = () => ({ takes: false, answer: (response) => response.writeHead(429, { "retry-after": header }).end() });
  for (const [said, expected] of [
    [() => "7", 7_000],
    [() => "0", 1_000],
    [(now) => new Date(now + 60_000).toUTCString(), 60_000],
    [(now) => new Date(now - 60_000).toUTCString(), 1_000],
    [() => "soon", 1_000],
    [() => "-5", 1_000],
    [() => "9".repeat(30), 86_400_000],
  ]) {
    const { clock, waited } = await world({}, { delaysMs: [1_000] });
    header = said(clock.now);
    const ms = await waited();
    // A date has whole seconds.
    assert.ok(ms <= expected && ms > expected - 1_000 && ms >= 1_000, `${header}: ${ms}`);
  }
});

test("410 stops all that goes there", async () => {
  behaviour = () => ({ takes: false, answer: (response) => response.writeHead(410, { "retry-after": "1" }).end() });
  const { shop, outbox, clock } = await world();
  await outbox.deliver();
  await shop.apply(order("B", 1), 2);
  clock.now += 86_400_000;
  await outbox.deliver();
  assert.equal(requests.length, 1);
  assert.deepEqual(outbox.status(), [{ destination: "hook", waiting: 2, dead: 0, stopped: "the receiver answered with 410" }]);
});

test("secrets and URLs that can't be right are refused", () => {
  for (const secret of ["", "whsec_", "secret", SECRET.slice(6), `${SECRET}=`, `whsec_${Buffer.alloc(23).toString("base64")}`, []]) {
    assert.throws(() => webhookSender({ url, secret }), { code: "INVALID_ARGUMENT", path: "options.secret" }, String(secret));
  }
  assert.throws(() => webhookSender({ url: "/hook", secret: SECRET }), { code: "INVALID_ARGUMENT", path: "options.url" });
  assert.throws(() => webhookSender({ url, secret: `whsec_${Buffer.alloc(65).toString("base64")}` }), /24 to 64 bytes/);
});
