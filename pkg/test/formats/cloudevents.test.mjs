// Held to the official SDK, which brings the JSON schema of CloudEvents 1.0 compiled.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  CLOUDEVENT_BATCH_MEDIA_TYPE,
  CLOUDEVENT_MEDIA_TYPE,
  CLOUDEVENT_TYPES,
  batchMessage,
  cloudEvent,
  instantOf,
  structuredMessage,
} from "backorder/formats";
import { CloudEvent, HTTP } from "cloudevents";
import { createEngine } from "../../dist/node.js";
import { days } from "../shop.mjs";
import { refusedAt } from "./quotes.mjs";

const OPTIONS = { engine: "shop-7", sourceBase: "https://shop.example/engines/", typePrefix: "com.example.shop" };
const AT = Date.UTC(2026, 2, 1, 12);
const head = { seq: 184, at: AT, cause: { command: "tick" } };
const ordered = { order: "1001", line: "2", sku: "SKU-1", location: "east" };
const supplied = { supply: "PO-77", sku: "SKU-1", location: "east" };

/** One of every type, and its subject. */
const EVENTS = {
  orderPlaced: [{ order: "1001" }, "order/1001"],
  lineAllocated: [{ hold: "H-1", line: "2", sku: "SKU-1", location: "east", quantity: 1 }, "hold/H-1/line/2"],
  lineDeallocated: [{ ...ordered, quantity: 1 }, "order/1001/line/2"],
  lineBackordered: [{ ...ordered, quantity: 2 ** 53 - 1 }, "order/1001/line/2"],
  lineReady: [{ ...ordered, quantity: 1 }, "order/1001/line/2"],
  lineShipped: [{ ...ordered, quantity: 1 }, "order/1001/line/2"],
  lineCancelled: [{ ...ordered, quantity: 1 }, "order/1001/line/2"],
  lineReturned: [{ ...ordered, quantity: 1 }, "order/1001/line/2"],
  lineSubstituted: [{ ...ordered, quantity: 1 }, "order/1001/line/2"],
  promiseMade: [{ ...ordered, to: AT }, "order/1001/line/2"],
  promiseMoved: [{ ...ordered, from: AT, to: null }, "order/1001/line/2"],
  promiseKept: [{ ...ordered, to: AT }, "order/1001/line/2"],
  promiseBroken: [{ ...ordered, to: AT }, "order/1001/line/2"],
  holdPlaced: [{ hold: "H-1" }, "hold/H-1"],
  holdExpired: [{ hold: "H-1" }, "hold/H-1"],
  holdReleased: [{ hold: "H-1" }, "hold/H-1"],
  stockReceived: [{ ...supplied, quantity: 1 }, "sku/SKU-1/location/east"],
  stockCounted: [{ sku: "SKU-1", location: "east", quantity: 1 }, "sku/SKU-1/location/east"],
  supplyScheduled: [{ ...supplied, quantity: 1, to: AT }, "supply/PO-77"],
  supplyMoved: [{ ...supplied, quantity: 1, from: AT, to: AT + 1 }, "supply/PO-77"],
  supplyCancelled: [{ ...supplied, quantity: 1 }, "supply/PO-77"],
  noticeDue: [{ order: "1001", line: "2", notice: "N-1" }, "order/1001/line/2"],
  orderDeemedCancelled: [{ order: "1001" }, "order/1001"],
  refundDue: [{ order: "1001", line: "2" }, "order/1001/line/2"],
  reorderDue: [{ sku: "SKU-1", location: "east", quantity: 1 }, "sku/SKU-1/location/east"],
  stockLow: [{ sku: "SKU-1" }, "sku/SKU-1"],
};

const event = (type) => ({ ...head, type, ...EVENTS[type][0] });

test("every type of event has a name in reversed-domain form, of its own", () => {
  assert.deepEqual(Object.keys(CLOUDEVENT_TYPES).sort(), Object.keys(EVENTS).sort());
  const names = Object.values(CLOUDEVENT_TYPES);
  assert.equal(new Set(names).size, names.length);
  for (const name of names) assert.match(name, /^backorder(\.[a-z]+){2,3}\.v1$/);
  assert.equal(CLOUDEVENT_TYPES.promiseMoved, "backorder.promise.moved.v1");
});

for (const type of Object.keys(EVENTS)) {
  test(`${type}: the attributes, and the SDK reads back the same`, () => {
    const made = cloudEvent(event(type), OPTIONS);
    assert.deepEqual(made, {
      specversion: "1.0",
      id: "184",
      source: "https://shop.example/engines/shop-7",
      type: `com.example.shop.${CLOUDEVENT_TYPES[type]}`,
      subject: EVENTS[type][1],
      time: "2026-03-01T12:00:00Z",
      datacontenttype: "application/json",
      data: event(type),
    });
    held(made);
    same(HTTP.toEvent(structuredMessage(made)), made);
  });
}

test("structured and batched messages have their media types", () => {
  const all = Object.keys(EVENTS).map((type) => cloudEvent(event(type), OPTIONS));
  const [one, many] = [structuredMessage(all[0]), batchMessage(all)];
  assert.equal(one.headers["content-type"], `${CLOUDEVENT_MEDIA_TYPE}; charset=utf-8`);
  assert.equal(CLOUDEVENT_MEDIA_TYPE, "application/cloudevents+json");
  assert.equal(many.headers["content-type"], `${CLOUDEVENT_BATCH_MEDIA_TYPE}; charset=utf-8`);
  assert.equal(CLOUDEVENT_BATCH_MEDIA_TYPE, "application/cloudevents-batch+json");
  const read = HTTP.toEvent(many);
  assert.equal(read.length, all.length);
  read.forEach((got, index) => same(got, all[index]));
  assert.deepEqual(JSON.parse(batchMessage([]).body), []);
});

test("whatever busy shops bring about is valid, and no two events are one", () => {
  const types = new Set();
  for (let seed = 0; seed < 4; seed += 1) {
    const engine = createEngine();
    const ids = new Set();
    for (const [command, now] of days(seed, 300)) {
      for (const happened of engine.apply(command, now).events) {
        const made = cloudEvent(happened, OPTIONS);
        held(made);
        ids.add(`${made.source} ${made.id}`);
        types.add(happened.type);
        assert.equal(ids.size, happened.seq);
        assert.equal(instantOf(made.time), happened.at);
      }
    }
    engine.free();
  }
  assert.ok(types.size >= 20, `only ${types.size} types came about`);
});

test("ids of any letters stay one part of source and subject", () => {
  const made = cloudEvent({ ...event("lineReady"), order: "a/line/b", line: "é %" }, { ...OPTIONS, engine: "my shop/2" });
  assert.equal(made.subject, "order/a%2Fline%2Fb/line/%C3%A9%20%25");
  assert.equal(made.source, "https://shop.example/engines/my%20shop%2F2");
  held(made);
  const { source } = cloudEvent(event("lineReady"), { engine: "7", typePrefix: "com.example" });
  assert.equal(source, "/engines/7");
});

test("a time that has no text is left out, a number beyond 32 bits stays in the data", () => {
  const made = cloudEvent({ ...event("lineReady"), at: 2 ** 53 - 1, seq: 2 ** 53 - 1 }, OPTIONS);
  assert.equal("time" in made, false);
  assert.equal(made.id, "9007199254740991");
  const attributes = Object.entries(made).filter(([name]) => name !== "data");
  for (const [name, value] of attributes) {
    assert.match(name, /^[a-z0-9]{1,20}$/);
    assert.equal(typeof value, "string", name);
  }
});

test("what cannot be right is refused with its path", () => {
  for (const [path, more] of [
    ["options.engine", { engine: "" }],
    ["options.engine", { engine: undefined }],
    ["options.engine", { engine: "\ud800" }],
    ["options.sourceBase", { sourceBase: "https://shop.example/my engines/" }],
    ["options.sourceBase", { sourceBase: "/100%/" }],
    ["options.typePrefix", { typePrefix: "shop" }],
    ["options.typePrefix", { typePrefix: "com.Example" }],
    ["options.typePrefix", { typePrefix: undefined }],
    ["options.prefix", { prefix: "com.example" }],
  ]) {
    assert.throws(() => cloudEvent(event("lineReady"), { ...OPTIONS, ...more }), refusedAt(path), JSON.stringify(more));
  }
  for (const type of ["orderLost", "toString", undefined]) {
    assert.throws(() => cloudEvent({ ...head, type }, OPTIONS), refusedAt("event.type"));
  }
});

/** The SDK's constructor validates by the schema; what it takes for an extension would be a name too many. */
function held(made) {
  const read = new CloudEvent(made);
  assert.equal(read.validate(), true);
}

function same(read, made) {
  assert.deepEqual(JSON.parse(JSON.stringify(read)), JSON.parse(JSON.stringify({ ...made, time: sdkTime(made.time) })));
}

/** The SDK writes milliseconds. */
function sdkTime(time) {
  return new Date(time).toISOString();
}
