// The page's plain functions: geometry of the picture, words, and the log's sums.

import assert from "node:assert/strict";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import { SITE } from "./harness.mjs";

// A site's .js files are modules to a browser by their script tag; Node needs a package.json beside them.
const folder = await mkdtemp(join(tmpdir(), "page-modules-"));
after(() => rm(folder, { recursive: true }));
await writeFile(join(folder, "package.json"), '{"type":"module"}');
for (const name of ["future.js", "news.js", "telling.js", "words.js"])
  await copyFile(join(SITE, name), join(folder, name));
const load = (name) => import(pathToFileURL(join(folder, name)).href);
const { curveOf, levelAt, mondays, suppose, ticks } = await load("future.js");
const { News } = await load("news.js");
const words = await load("words.js");

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
  assert.equal(levelAt(curve, NOW), -3);
  assert.equal(levelAt(curve, NOW + DAY), 2);
  assert.equal(levelAt(curve, NOW + 9 * DAY), 22);
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

test("a supposed change moves, shrinks or removes one supply", () => {
  assert.deepEqual(suppose(supplies, { type: "rescheduleSupply", supply: "B", due: NOW + 9 * DAY })[0], {
    supply: "B",
    open: 20,
    due: NOW + 9 * DAY,
  });
  assert.deepEqual(suppose(supplies, { type: "rescheduleSupply", supply: "B", quantity: 2 })[0], {
    supply: "B",
    open: 2,
    due: NOW + 3 * DAY,
  });
  assert.deepEqual(
    suppose(supplies, { type: "cancelSupply", supply: "B" }).map(({ supply }) => supply),
    ["A", "C"],
  );
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
    words.retold('4 of "X1" come on 2011-11-22, not "X".', "X1", "hand warmers", NOW),
    '4 of hand warmers come on Tue 22 Nov, not "X".',
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
    words.saying(quote(fields), fields.promise ?? null, NOW, { leadTimeDays: 21, overdue: false, ...source });
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
    /^132 units ahead of you\. .*lead time of 21 days/,
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
