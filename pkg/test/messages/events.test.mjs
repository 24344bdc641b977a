import assert from "node:assert/strict";
import { test } from "node:test";
import { en, eventMessage, substituteMessage } from "../../dist/messages.js";
import { createEngine } from "../../dist/node.js";
import { DAY, applied, days, random, shop } from "../shop.mjs";
import { LANGUAGES, ORDER, html, options, orderWith, plain, sentence } from "./said.mjs";

const HEAD = { seq: 1, at: 5, order: "A-1", line: "1", sku: "lamp", location: "default", cause: { command: "tick" } };
const at = (day) => Date.parse(`${day}T12:00:00Z`);
const [BEFORE, AFTER] = ["2026-10-02", "2026-10-09"];
const made = (to) => ({ ...HEAD, type: "promiseMade", to, cause: { command: "scheduleSupply" } });
const moved = (command, more) => ({ ...HEAD, type: "promiseMoved", from: at(BEFORE), to: at(AFTER), cause: { command }, ...more });

/** Event, what differs in its line, options; then what is said, or nothing. */
const CASES = [
  [made(at(AFTER)), { promised: at(AFTER) }, {}, [["promised", { day: AFTER }]]],
  [made(at(AFTER)), { promised: at(BEFORE) }, {}, undefined],
  [{ ...made(at(AFTER)), at: 0, cause: { command: "placeOrder" } }, { promised: at(AFTER) }, {}, undefined],
  [{ ...made(at(AFTER)), at: 0 }, { promised: at(AFTER) }, {}, [["promised", { day: AFTER }]]],
  [moved("rescheduleSupply"), { promised: at(AFTER) }, {},
    [["promiseMoved", { day: AFTER, before: BEFORE }], ["reasonSupplyChanged"], "apology"]],
  [moved("cancelSupply"), { promised: at(AFTER) }, {},
    [["promiseMoved", { day: AFTER, before: BEFORE }], ["reasonSupplyCancelled"], "apology"]],
  [moved("count"), { promised: at(AFTER) }, {}, [["promiseMoved", { day: AFTER, before: BEFORE }], ["reasonCount"], "apology"]],
  [moved("tick"), { promised: at(AFTER) }, {}, [["promiseMoved", { day: AFTER, before: BEFORE }], "apology"]],
  [moved("count"), { promised: at(AFTER) }, { reason: "A flood" },
    [["promiseMoved", { day: AFTER, before: BEFORE }], "apology", ["reason", { reason: "A flood" }]]],
  [moved("count", { to: null }), {}, {}, [["promiseLost", { before: BEFORE }], ["reasonCount"], "apology"]],
  // Within one day of the buyer's, taken back, ended, or told by a notice.
  [moved("count", { to: at(BEFORE) + 1 }), { promised: at(BEFORE) + 1 }, {}, undefined],
  [moved("count"), { promised: at(BEFORE) }, {}, undefined],
  [moved("count"), { promised: at(AFTER), backordered: 0, shipped: 3 }, {}, undefined],
  [moved("count"), { promised: at(AFTER), notice: { notice: "N1", state: "due" } }, {}, undefined],
  [{ ...HEAD, type: "promiseBroken", to: at(BEFORE) }, { promised: at(BEFORE) }, {}, [["promiseBroken", { day: BEFORE }], "apology"]],
  [{ ...HEAD, type: "promiseKept", to: at(BEFORE) }, {}, {}, undefined],
  [{ ...HEAD, type: "lineReady", quantity: 3 }, { backordered: 0, allocated: 3 }, {}, [["ready", { units: 3 }]]],
  [{ ...HEAD, type: "lineReady", quantity: 1 }, {}, {}, [["ready", { units: 1 }]]],
  [{ ...HEAD, type: "lineShipped", quantity: 3 }, { backordered: 0, shipped: 3 }, {}, [["shipped", { units: 3 }]]],
  [{ ...HEAD, type: "lineShipped", quantity: 2 }, { backordered: 1, shipped: 2 }, {}, [["shipped", { units: 2 }], ["remaining", { units: 1 }]]],
  [{ ...HEAD, type: "lineShipped", quantity: 1 }, { backordered: 2, shipped: 1, promised: at(AFTER) }, {},
    [["shipped", { units: 1 }], ["remaining", { units: 2 }], ["promised", { day: AFTER }]]],
  [{ ...HEAD, type: "lineReturned", quantity: 2 }, {}, {}, [["returned", { units: 2 }]]],
  [{ ...HEAD, type: "lineSubstituted", quantity: 3 }, {}, {}, [["substituted"]]],
  [{ ...HEAD, type: "lineCancelled", quantity: 1 }, { backordered: 2, cancelled: 1 }, {}, [["cancelledUnits", { units: 1 }]]],
  [{ ...HEAD, type: "lineCancelled", quantity: 3 }, { backordered: 0, cancelled: 3, notice: { notice: "N1" } }, {}, undefined],
  [{ ...HEAD, type: "noticeDue", notice: "N1", to: 9 }, { notice: { notice: "N2" } }, {}, undefined],
  [{ ...HEAD, type: "refundDue", notice: "N1", to: 9 }, { notice: { notice: "N1", state: "cancelled", refundBy: BEFORE } }, {}, undefined],
  [{ ...HEAD, type: "refundDue", notice: "N1", to: 5 }, { notice: { notice: "N1", state: "refunded", refundBy: BEFORE } }, {}, undefined],
  [{ ...HEAD, type: "lineAllocated", quantity: 1 }, {}, {}, undefined],
  [{ ...HEAD, type: "lineReady", quantity: 1, order: undefined, hold: "H" }, {}, {}, undefined],
  [{ seq: 1, at: 5, type: "stockReceived", sku: "lamp", location: "x", quantity: 1, cause: { command: "receive" } }, {}, {}, undefined],
];

test("each event says what happened, once, in each language, as text, HTML and SMS", () => {
  for (const language of LANGUAGES) {
    for (const [event, line, more, needs] of CASES) {
      const said = eventMessage(event, orderWith(line), options(language, more));
      const of = `${language.tag} ${event.type} ${event.cause.command}`;
      if (needs === undefined) {
        assert.equal(said, undefined, of);
        continue;
      }
      assert.deepEqual(said.says, ["about", ...needs.map((need) => (need === "apology" ? need : need[0]))], of);
      for (const [id, values] of [["about"], ...needs.filter((need) => need !== "apology")]) {
        const text = sentence(language, id, values);
        assert.ok(said.text.includes(text), `${of}: ${text}`);
        assert.ok(said.html.includes(html(text)), `${of}: ${text}`);
        assert.ok(plain(said.sms.text).includes(plain(text)), `${of}: ${text}`);
      }
      assert.ok(said.subject.includes("A-1") && said.subject.includes("Lamp"), said.subject);
    }
  }
});

test("a promised instant is the buyer's day", () => {
  const to = Date.parse("2026-10-09T02:00:00Z");
  const day = (timeZone) => eventMessage(made(to), orderWith({ promised: to }), options(en, { timeZone })).text;
  assert.match(day("America/New_York"), /by October 8, 2026/);
  assert.match(day("UTC"), /by October 9, 2026/);
  const move = { ...moved("tick"), from: to, to: to + 3 * 3_600_000 };
  const said = (timeZone) => eventMessage(move, orderWith({ promised: move.to }), options(en, { timeZone }));
  assert.equal(said("UTC"), undefined);
  assert.match(said("America/New_York").text, /by October 9, 2026, not by October 8, 2026/);
});

test("an order is told with what is there, what waits, and until when", () => {
  const order = orderWith({ quantity: 5, allocated: 1, shipped: 1, backordered: 3, promised: at(AFTER) });
  order.lines.push({ ...order.lines[0], line: "3", sku: "vase", allocated: 0, shipped: 0, backordered: 2, promised: null });
  const event = { seq: 1, at: 0, type: "orderPlaced", order: "A-1", cause: { command: "placeOrder" } };
  for (const language of LANGUAGES) {
    const { subject, text, html: page, says } = eventMessage(event, order, options(language));
    assert.equal(subject, sentence(language, "subjectPlaced"));
    assert.deepEqual(says, ["placed", "placedReady", "placedBy", "placedReady", "placedUndated"]);
    const items = [
      ["placedReady", { quantity: 2 }], ["placedBy", { quantity: 3, day: AFTER }],
      ["placedReady", { quantity: 1, product: "Vase" }], ["placedUndated", { quantity: 2, product: "Vase" }],
    ].map(([id, values]) => sentence(language, id, values));
    assert.ok(text.includes(`${sentence(language, "placed")}\n\n- ${items.join("\n- ")}\n\n`), text);
    assert.ok(page.includes(`<ul><li>${items.join("</li><li>")}</li></ul>`), page);
  }
  const gone = { ...ORDER, lines: [{ ...ORDER.lines[0], backordered: 0, cancelled: 3 }] };
  assert.equal(eventMessage(event, gone, options(en)), undefined);
});

test("what could be had instead is listed with its dates", () => {
  const alternatives = [
    { sku: "vase", availability: "inStock", promise: 0 },
    { sku: "lamp", availability: "backorder", promise: at(AFTER) },
    { sku: "vase", availability: "preorder", promise: null },
  ];
  for (const language of LANGUAGES) {
    const links = { substitute: "https://shop.example/other" };
    const { subject, text, says } = substituteMessage("1", alternatives, ORDER, options(language, { links }));
    assert.equal(subject, sentence(language, "subjectSubstitutes"));
    assert.deepEqual(says, ["about", "substitutes", "substituteReady", "substituteBy", "substituteUndated", "substituteChoice"]);
    const items = [["substituteReady", { product: "Vase" }], ["substituteBy", { day: AFTER }], ["substituteUndated", { product: "Vase" }]];
    assert.ok(text.includes(`\n\n- ${items.map(([id, values]) => sentence(language, id, values)).join("\n- ")}\n\n`), text);
    assert.ok(text.includes(`${sentence(language, "linkSubstitute")}\n${links.substitute}\n`));
  }
  for (const [path, line, offered] of [["alternatives", "1", []], ["line", "9", alternatives]]) {
    assert.throws(() => substituteMessage(line, offered, ORDER, options(en)), { code: "INVALID_ARGUMENT", path });
  }
});

test("an event of another order is refused", () => {
  const event = { ...HEAD, type: "lineReturned", quantity: 1 };
  assert.throws(() => eventMessage({ ...event, order: "B" }, ORDER, options(en)), { code: "INVALID_ARGUMENT", path: "event.order" });
  assert.throws(() => eventMessage({ ...event, line: "9" }, ORDER, options(en)), { code: "INVALID_ARGUMENT", path: "event.line" });
});

test("from an engine's events a customer hears each thing once", () => {
  const engine = shop();
  const said = [];
  const run = (command, day) => {
    for (const event of applied(engine.apply(command, at(day)))) {
      const order = event.order && engine.order(event.order, at(day));
      const message = order && eventMessage(event, order, options(en, { reason: "A flood" }));
      if (message) said.push([event.type, message.says.filter((id) => id !== "about").join(" ")]);
      if (event.type === "noticeDue" && message) {
        applied(engine.apply({ type: "noticeSent", notice: event.notice, reason: "A flood" }, at(day)));
      }
    }
  };
  const terms = { regime: "ftc", statedShipBy: "2026-09-10" };
  run({ type: "scheduleSupply", supply: "S", sku: "lamp", quantity: 9, due: at("2026-09-08") }, "2026-09-01");
  for (const order of ["A", "B", "C"]) {
    run({ type: "placeOrder", order, lines: [{ sku: "lamp", quantity: 2 }], ...terms }, "2026-09-01");
  }
  run({ type: "rescheduleSupply", supply: "S", due: at("2026-09-20") }, "2026-09-05");
  run({ type: "respond", order: "A", answer: "cancel" }, "2026-09-06");
  run({ type: "cancelOrder", order: "B" }, "2026-09-06");
  run({ type: "rescheduleSupply", supply: "S", due: at("2026-12-01") }, "2026-09-07");
  run({ type: "tick" }, "2026-09-21");
  const option = "delayed revised apology reason choice silenceConsents answerFree";
  assert.deepEqual(said, [
    ["orderPlaced", "placed placedBy"], ["orderPlaced", "placed placedBy"], ["orderPlaced", "placed placedBy"],
    ["noticeDue", option], ["noticeDue", option], ["noticeDue", option],
    ["refundDue", "cancelledAsAsked refundBy"],
    ["noticeDue", "cancellation apology refundBy"],
    ["noticeDue", "delayedAgain revised apology reason choice silenceRejects answerFree"],
    ["refundDue", "refundLate apology"], ["refundDue", "refundLate apology"],
    ["orderDeemedCancelled", "deemedCancelled apology refundBy"],
  ]);
});

test("whatever a busy shop's engine tells of, there is something to say or nothing, and never an error", () => {
  const engine = createEngine();
  const below = random(7);
  const told = new Set();
  const isoDay = (instant) => new Date(instant).toISOString().slice(0, 10);
  const run = (command, now) => {
    for (const event of engine.apply(command, now).events) {
      const order = event.order && engine.order(event.order, now);
      if (!order) continue;
      const said = eventMessage(event, order, options(LANGUAGES[below(5)], { reason: "A flood", nameOf: undefined }));
      if (said === undefined) continue;
      told.add(event.type);
      assert.doesNotMatch(said.subject, /\n/);
      assert.equal(said.html.match(/<(?!br)\w/g).length, said.html.match(/<\//g).length);
      assert.ok(said.says.length > 1 && said.sms.segments > 0);
      const asks = event.type === "noticeDue" && !said.says.includes("cancellation");
      assert.equal(said.says.filter((id) => id.startsWith("silence")).length, asks ? 1 : 0);
    }
  };
  for (const [command, now] of days(12, 900)) {
    const terms = { regime: ["ftc", "eu", "none"][below(3)], statedShipBy: isoDay(now + below(4) * DAY) };
    run(command.type === "placeOrder" ? { ...command, ...terms } : command, now);
    for (const { notice, order, line, state } of engine.notices()) {
      if (state === "due" && below(8) === 0) run({ type: "noticeSent", notice, reason: "A flood" }, now);
      if (state === "sent" && below(8) === 0) run({ type: "respond", order, line, answer: ["consent", "cancel"][below(2)] }, now);
      if (state === "cancelled" && below(8) === 0) run({ type: "refunded", order, line }, now);
    }
  }
  for (const type of ["orderPlaced", "promiseMade", "promiseMoved", "noticeDue", "orderDeemedCancelled", "refundDue", "lineShipped"]) {
    assert.ok(told.has(type), type);
  }
});
