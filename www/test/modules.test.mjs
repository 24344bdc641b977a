// The page's plain functions: geometry of the picture, words, and the log's sums.

import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { SITE } from "./server.mjs";

// A site's .js files are modules to a browser by their script tag; Node needs a package.json beside them.
const folder = await mkdtemp(join(tmpdir(), "page-modules-"));
after(() => rm(folder, { recursive: true }));
await writeFile(join(folder, "package.json"), '{"type":"module"}');
const MODULES = ["delay-words", "future", "local-time", "news", "place", "routine", "saying", "telling", "telling-delays", "words"];
for (const name of MODULES.map((module) => `${module}.js`))
  await copyFile(join(SITE, name), join(folder, name));
const load = (name) => import(pathToFileURL(join(folder, name)).href);
const { asksOf, bendsOf, curveOf, depthsOf, mondays, risesOf, ticks, totalOf } = await load("future.js");
const { News } = await load("news.js");
const delays = await load("delay-words.js");
const saying = await load("saying.js");
const words = await load("words.js");
const time = await load("local-time.js");
const place = await load("place.js");
const { nextDispatch } = await load("routine.js");

const DAY = 86_400_000;
const NOW = Date.UTC(2011, 10, 14, 8);
const shelf = { onHand: 10, allocated: 4, held: 1, safetyStock: 8 };
const supplies = [
  { supply: "B", open: 20, due: NOW + 3 * DAY },
  { supply: "A", open: 5, due: NOW - 2 * DAY },
  { supply: "C", open: 0, due: NOW + DAY },
];

test("the curve begins with the debt of the buffer and rises with each supply", () => {
  const curve = curveOf(shelf, supplies, { offsetDays: 1 }, NOW);
  assert.equal(curve.start, -3);
  assert.deepEqual(
    curve.steps.map(({ supply, at, level, overdue }) => [supply, (at - NOW) / DAY, level, overdue]),
    [
      ["A", 1, 2, true],
      ["B", 3, 22, false],
    ],
  );
  assert.equal(totalOf(curve), 22);
  assert.equal(totalOf({ start: 7, steps: [] }), 7);
});

test("what is overdue for too long no longer counts", () => {
  assert.deepEqual(
    curveOf(shelf, supplies, { offsetDays: 0, ignoreAfterDays: 1 }, NOW).steps.map(({ supply }) => supply),
    ["B"],
  );
  assert.deepEqual(
    curveOf(shelf, supplies, { offsetDays: 0, ignoreAfterDays: 2 }, NOW).steps.map(({ supply }) => supply),
    ["A", "B"],
  );
});

test("the places that are asked for hold both sides of every step", () => {
  const curve = curveOf(shelf, supplies, { offsetDays: 1 }, NOW);
  assert.deepEqual(depthsOf(curve, 22, 4), [2, 3, 6, 12, 18, 22]);
  assert.deepEqual(depthsOf({ start: 0, steps: [] }, 0, 4), []);
  assert.ok(depthsOf({ start: 0, steps: [] }, 1e6, 120).length <= 122);
});

test("places before the customer are asked for as the first, those behind as the customer", () => {
  const asks = asksOf([1, 5, 6, 9], { ahead: 5, priority: 100 }, 0);
  assert.deepEqual([...asks.quantity], [1, 5, 1, 4]);
  assert.deepEqual([...asks.priority], [0, 0, 100, 100]);
  const column = (...values) => Float64Array.from(values);
  const date = column(NOW, NOW, NOW + DAY, Number.NaN);
  const bends = bendsOf(asks.quantity, { ahead: column(0, 0, 5, 5), p50: date, p80: date, p95: date });
  assert.deepEqual(
    bends.map(({ depth }) => depth),
    [1, 5, 6, 9],
  );
  assert.deepEqual(risesOf(bends, "p80"), [
    { at: NOW, level: 5 },
    { at: NOW + DAY, level: 6 },
  ]);
});

test("the curve never goes back in time", () => {
  const at = (depth, days) => ({ depth, p50: NOW + days * DAY, p80: NaN, p95: NaN });
  assert.deepEqual(risesOf([at(1, 3), at(2, 2), at(3, 4)], "p50"), [
    { at: NOW + 3 * DAY, level: 2 },
    { at: NOW + 4 * DAY, level: 3 },
  ]);
  assert.deepEqual(risesOf([at(1, 3)], "p80"), []);
});

test("the axes have round marks", () => {
  assert.deepEqual(ticks(100, 4), [0, 50, 100]);
  assert.deepEqual(ticks(7, 4), [0, 2, 4, 6]);
  assert.deepEqual(ticks(0.5, 4), [0]);
  assert.deepEqual(
    mondays(NOW, NOW + 15 * DAY, 9).map((at) => new Date(at).toISOString().slice(5, 10)),
    ["11-21", "11-28"],
  );
  assert.equal(mondays(NOW, NOW + 70 * DAY, 4).length <= 4, true);
});

test("dates are said as a person would", () => {
  assert.equal(words.on(NOW, NOW), "today");
  assert.equal(words.on(Date.UTC(2011, 10, 15, 23), NOW), "tomorrow");
  assert.equal(words.on(Date.UTC(2011, 10, 22), NOW), "Tue 22 Nov");
  assert.equal(words.on(Date.UTC(2012, 0, 3), NOW), "Tue 3 Jan 2012");
  assert.equal(words.dateOr(null, NOW), "no date");
  assert.equal(words.many(1, "order"), "1 order");
  assert.equal(words.units(1240), "1,240 units");
  assert.equal(words.percent(null), "–");
});

test("the engine's sentences are retold with names and days", () => {
  assert.equal(
    words.retold('4 of "X1" by "S" come on 2011-11-22, not "X".', [["X1", "hand warmers"], ["S", "Textiles"]], NOW),
    '4 of hand warmers by Textiles come on Tue 22 Nov, not "X".',
  );
});

const estimate = (basis, date) => ({ p50: date, p80: date, p95: date, basis, evidence: 0 });
const quote = (fields) => ({
  sku: "X",
  quantity: 10,
  parts: [],
  now: 0,
  ahead: 0,
  alternatives: [],
  promise: null,
  ships: estimate("none", null),
  ...fields,
});

test("each availability has its saying", () => {
  const say = (fields, source) =>
    saying.saying(quote(fields), fields.promise ?? null, NOW, {
      leadTimeDays: 21,
      overdue: false,
      supplier: "Tinware",
      quantile: 0.8,
      ...source,
    });
  assert.deepEqual(say({ availability: "inStock", now: 10, promise: NOW, ships: estimate("stock", NOW) }), {
    tone: "good",
    headline: "Ships today",
    note: "All 10 are on the shelf.",
  });
  const later = Date.UTC(2011, 10, 22);
  assert.equal(
    say({ availability: "limited", now: 4, ahead: 0, promise: later, ships: estimate("supply", later) }).headline,
    "Complete Tue 22 Nov",
  );
  assert.match(
    say({ availability: "limited", now: 4, promise: later, ships: estimate("supply", later) }).note,
    /^4 now, the other 6 later\./,
  );
  assert.match(
    say({ availability: "backorder", ahead: 132, promise: later, ships: estimate("replenishment", later) }).note,
    /^132 ahead of you\. .*lead time of 21 days/,
  );
  assert.match(
    say({ availability: "backorder", promise: later, ships: estimate("supply", later) }).note,
    /supplier’s date/,
  );
  assert.match(
    say({ availability: "backorder", promise: later, ships: estimate("supply", later) }, { overdue: true }).note,
    /overdue: this is when it is expected now/,
  );
  assert.equal(say({ availability: "backorder" }).headline, "No date yet");
  assert.equal(say({ availability: "preorder", promise: later }).headline, "Preorder: ships Tue 22 Nov");
  assert.equal(say({ availability: "outOfStock", now: 3 }).headline, "Only 3 left");
  assert.equal(say({ availability: "discontinued" }).headline, "Sold out for good");
});

const LEARNED = { p50: NOW + 4 * DAY, p80: NOW + 8 * DAY, p95: NOW + 14 * DAY, basis: "supply", evidence: 23 };

test("a date that was learned says by when, how surely, who is ahead and from how much", () => {
  const fields = { availability: "backorder", ahead: 132, promise: LEARNED.p80, ships: LEARNED };
  const source = { leadTimeDays: undefined, overdue: false, supplier: "Tinware", quantile: 0.8 };
  const said = saying.saying(quote(fields), LEARNED.p80, NOW, source);
  assert.equal(said.headline, "Ships by Tue 22 Nov (8 in 10 chance)");
  assert.equal(
    said.note,
    "132 ahead of you. 5 in 10 by Fri 18 Nov, 8 in 10 by Tue 22 Nov. Learned from 23 past deliveries by Tinware.",
  );
  assert.match(
    saying.saying(quote(fields), LEARNED.p95, NOW, { ...source, quantile: 0.95 }).headline,
    /Mon 28 Nov \(19 in 20 chance\)/,
  );
  assert.deepEqual(saying.sureness(LEARNED, "Tinware", NOW), [
    "5 in 10: by Fri 18 Nov.",
    "8 in 10: by Tue 22 Nov.",
    "19 in 20: by Mon 28 Nov.",
    "Learned from 23 past deliveries by Tinware.",
  ]);
  assert.equal(saying.brief(quote(fields), NOW).text, "Ships by Tue 22 Nov");
});

test("without a history it is the supplier's date, and without a date that is said", () => {
  const later = Date.UTC(2011, 10, 22);
  assert.deepEqual(saying.sureness(estimate("supply", later), "Games", NOW), [
    "The supplier’s date: nothing is known yet of how punctual Games is.",
  ]);
  assert.equal(saying.windowOf({ ...LEARNED, p50: null, p80: null, p95: null }, NOW), "No date can be said.");
  assert.match(saying.windowOf({ ...LEARNED, p80: null }, NOW), /^5 in 10 by Fri 18 Nov; how much later can’t be said/);
  assert.equal(saying.windowOf({ ...LEARNED, p80: LEARNED.p50 }, NOW), "5 in 10 and 8 in 10 by Fri 18 Nov.");
  assert.match(saying.sureness({ ...LEARNED, p95: null }, "Tinware", NOW)[2], /^19 in 20: no date can be said/);
  assert.deepEqual(saying.sureness(estimate("stock", NOW), "Games", NOW), []);
  assert.match(
    saying.saying(quote({ availability: "backorder" }), null, NOW, { supplier: "Games", quantile: 0.8 }).note,
    /No date can be said/,
  );
});

test("chances are said in whole numbers", () => {
  assert.deepEqual([0.5, 0.8, 0.9, 0.95, 0.99, 0.999].map(saying.chance), [
    "5 in 10",
    "8 in 10",
    "9 in 10",
    "19 in 20",
    "99 in 100",
    "999 in 1,000",
  ]);
});

const world = {
  name: (sku) => `item ${sku}`,
  supplier: () => "its supplier",
  skuOf: () => "X",
  isMine: (order) => order.startsWith("W-"),
};
const event = (type, fields, command = "receive") => ({
  seq: 1,
  at: NOW,
  type,
  sku: "X",
  cause: { command },
  ...fields,
});
const applied = (...events) => ({ status: "applied", events });

test("what comes many times a day is one entry that adds up", () => {
  const news = new News();
  const place = (order, quantity, atOnce) =>
    news.note(
      { type: "placeOrder", order, lines: [{ sku: "X", quantity }] },
      applied(
        event("orderPlaced", { order }, "placeOrder"),
        ...(atOnce > 0 ? [event("lineAllocated", { order, quantity: atOnce }, "placeOrder")] : []),
      ),
      NOW,
      world,
    );
  place("1", 10, 10);
  place("2", 5, 2);
  news.note(
    { type: "placeOrder", order: "3", lines: [{ sku: "X", quantity: 9 }] },
    { status: "rejected", reason: "outOfStock", message: "", events: [] },
    NOW,
    world,
  );
  assert.equal(news.entries.length, 1);
  assert.equal(news.entries[0].title, "3 orders came in");
  assert.deepEqual(news.entries[0].details, [
    "15 units: 12 set aside at once, 3 wait.",
    "1 order refused: nothing left, and no backorders taken.",
  ]);
  place("W-1", 3, 0);
  assert.equal(news.entries.length, 2, "one's own is told by itself");
});

test("a receipt says whom it served, a delay whom it moved, and one's own come first", () => {
  const news = new News();
  news.note(
    { type: "receive", sku: "X", quantity: 9, supply: "P" },
    applied(
      event("stockReceived", { quantity: 9 }),
      event("lineAllocated", { order: "7", quantity: 4 }),
      event("lineReady", { order: "7" }),
      event("lineAllocated", { order: "W-1", quantity: 5 }),
      event("lineReady", { order: "W-1" }),
    ),
    NOW,
    world,
  );
  assert.deepEqual(news.entries.at(-1).details, [
    "9 units went to 2 waiting orders; 2 order lines complete.",
    "Your order W-1 has all it waited for.",
  ]);
  const to = NOW + 7 * DAY;
  const moved = (order) => event("promiseMoved", { order, from: NOW, to }, "rescheduleSupply");
  news.note(
    { type: "rescheduleSupply", supply: "P", due: to },
    applied(
      event("supplyMoved", { supply: "P", quantity: 5, from: NOW, to }, "rescheduleSupply"),
      moved("8"),
      moved("W-1"),
    ),
    NOW,
    world,
  );
  assert.equal(news.entries.at(-1).title, "Supply P of item X is late: Mon 21 Nov instead of Mon 14 Nov");
  assert.deepEqual(news.entries.at(-1).details, [
    "2 promises moved to a later day.",
    "Your order W-1: today becomes Mon 21 Nov.",
    "Order 8: today becomes Mon 21 Nov.",
  ]);
});

test("a promised day that ends unkept is told, whatever command came upon it", () => {
  const news = new News();
  news.note(
    { type: "receive", sku: "X", quantity: 1 },
    applied(event("promiseBroken", { order: "7", from: NOW }, "tick"), event("stockReceived", { quantity: 1 })),
    NOW,
    world,
  );
  assert.deepEqual(
    news.entries.map(({ mark }) => mark),
    ["late", "supply"],
  );
  assert.equal(news.entries[0].title, "1 promise for Mon 14 Nov not kept: item X");
});

test("a log that was kept goes on with keys of its own", () => {
  const entry = { at: NOW, mark: "desk", title: "something", details: [], skus: [] };
  const first = new News();
  for (let count = 0; count < 250; count += 1) first.tell(entry);
  assert.equal(first.entries.length, 200, "old ones go");
  const second = new News([...first.entries]);
  for (let count = 0; count < 60; count += 1) second.tell(entry);
  assert.equal(new Set(second.entries.map(({ key }) => key)).size, 200);
});

test("every refusal has words of its own", () => {
  const reasons = [
    "unknownItem",
    "outOfStock",
    "backorderLimit",
    "maxPerOrder",
    "tooLate",
    "notReady",
    "timeWentBack",
    "invalidCommand",
    "limitExceeded",
    "supplyMismatch",
  ];
  assert.equal(new Set(reasons.map(words.refusal)).size, reasons.length);
});

/** New York, which puts its clock back on 6 November 2011 at 06:00 UTC, and forward on 11 March 2012 at 07:00. */
const NEW_YORK = [
  { from: 0, utcOffset: -240 },
  { from: Date.UTC(2011, 10, 6, 6), utcOffset: -300 },
  { from: Date.UTC(2012, 2, 11, 7), utcOffset: -240 },
];
const inNewYork = (act) => {
  time.tellTimeBy(NEW_YORK);
  try {
    act();
  } finally {
    time.tellTimeBy([]);
  }
};

test("days and times are those of the place, across changes of its clock", () => {
  inNewYork(() => {
    const day = time.dayNamed("2011-11-06");
    assert.equal(time.startOfDay(Date.UTC(2011, 10, 7, 4)), Date.UTC(2011, 10, 6, 4));
    assert.equal(time.instantOf(day + 1), Date.UTC(2011, 10, 7, 5), "a day of 25 hours");
    assert.equal(time.instantOf(day, 90 * time.MINUTE), Date.UTC(2011, 10, 6, 6, 30), "shown twice: the later");
    assert.equal(time.instantOf(time.dayNamed("2012-03-11"), 2.5 * time.HOUR), Date.UTC(2012, 2, 11, 7, 30), "skipped");
    const [before, after] = [Date.UTC(2011, 10, 7, 5) - 1, Date.UTC(2011, 10, 7, 5)];
    assert.deepEqual([before, after].map(time.dayOf), [day, day + 1]);
    assert.deepEqual([words.isoDay(before), words.timeOfDay(before)], ["2011-11-06", "23:59"]);
    assert.equal(words.on(after, before), "tomorrow");
    assert.deepEqual(mondays(before, after + 7 * DAY, 9), [after, after + 7 * DAY]);
    assert.match(words.retold("by 2011-11-07", [], before), /by Mon 7 Nov/);
  });
  assert.equal(words.isoDay(Date.UTC(2011, 10, 7, 5) - 1), "2011-11-07");
});

test("the place sends on its days, at its cut-off", () => {
  const days = { workdays: [1, 2, 3, 4, 5], cutoff: "14:00", holidays: ["2011-11-24"], timeZone: "America/New_York" };
  assert.equal(nextDispatch(NOW), Date.UTC(2011, 10, 14, 21), "without days: in the evening");
  inNewYork(() => {
    const at = (...date) => Date.UTC(2011, 10, ...date);
    assert.deepEqual(
      [at(4, 17, 59), at(4, 18), at(7, 19), at(23, 19)].map((after) => nextDispatch(after, days)),
      [at(4, 18), at(7, 19), at(8, 19), at(25, 19)],
    );
    const { cutoff, ...open } = days;
    assert.equal(nextDispatch(at(11), open), at(11, 2), "at 21:00 there");
    assert.deepEqual(place.described({ ...days, handlingDays: 1 }, at(20)), [
      `Parcels leave on Monday to Friday, with what is ready by ${cutoff}.`,
      "Packing takes 1 more of these days.",
      "None leave on Thu 24 Nov.",
      "Times are those of America/New York.",
    ]);
    assert.equal(place.described(days, at(25, 6)).length, 2, "a day off that is over is not told");
  });
  assert.equal(place.parcelsLeave({ workdays: [1, 4, 6] }), "Parcels leave on Monday, Thursday and Saturday.");
  assert.equal(place.parcelsLeave({ workdays: [1, 2, 3, 4, 5, 6, 7] }), "Parcels leave every day.");
  assert.deepEqual(place.described(undefined, NOW), ["Parcels leave on any day, at any time."]);
});

test("what a notice asks, by when, and what silence means", () => {
  const notice = { kind: "firstOption", revised: "2011-12-20", due: "2011-11-17", silence: "consent", cancelsOn: null, refundBy: null, state: "sent" };
  const long = { ...notice, revised: "indefinite", silence: "cancels", cancelsOn: "2011-12-17" };
  const ended = { ...long, state: "cancelled", refundBy: "2011-12-29" };
  for (const [given, says, until] of [
    [{ ...notice, state: "due" }, /./, "Tell the customer by 2011-11-17"],
    [{ ...notice, state: "overdue" }, /./, "Tell the customer by 2011-11-17"],
    [notice, /^No answer means yes: the order waits until Tue 20 Dec\.$/, "Ship by 2011-12-20"],
    [long, /^If nobody answers by the end of Sat 17 Dec, the order is cancelled and paid back\.$/, "Answer by 2011-12-17"],
    [{ ...long, state: "consented" }, /agreed to wait, however long/, null],
    [{ ...notice, state: "consented" }, /agreed to wait until Tue 20 Dec\.$/, null],
    [ended, /^The order is cancelled, and paid back by Thu 29 Dec\.$/, "Pay back by 2011-12-29"],
    [{ ...ended, state: "overdue" }, /cancelled, and paid back by/, "Pay back by 2011-12-29"],
    [{ ...ended, refundBy: null }, /to be paid back soon/, null],
    [{ ...ended, state: "refunded" }, /cancelled and paid back\.$/, null],
    [{ ...notice, kind: "newDate", silence: null }, /^No answer is needed/, null],
  ]) {
    assert.match(delays.silenceText(given, NOW), says, JSON.stringify(given));
    const found = delays.deadline(given);
    assert.equal(found && `${found.what} ${found.date}`, until, JSON.stringify(given));
  }
  assert.equal(delays.timeLeft(NOW + 5 * DAY, NOW), "5 days left");
  assert.equal(delays.timeLeft(NOW + 1, NOW), "1 hour left");
  assert.equal(delays.timeLeft(NOW, NOW), "over");
});
