import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { createEngine } from "../dist/node.js";
import { DEFAULT_MAX_AGE, SheetError, openSheet } from "../dist/sheet.js";
import { DAY, applied, chain, days, order, random, shop } from "./shop.mjs";

const golden = (name) => new Uint8Array(readFileSync(new URL(`../../tests/golden/sheets/${name}`, import.meta.url)));

/** What a sheet's quote must be for what the engine says to be the same; what the sheet does not say is left out. */
function agree(engine, sheet, request, now, location) {
  const { state, why, refused, asOf, ...said } = sheet.quote(request, now);
  const { sku } = sheet;
  const at = location === undefined ? {} : { locations: [location] };
  const quote = engine.quote({ sku, ...request, ...at }, now);
  const place = `${request.quantity} of ${sku} at ${location}, priority ${request.priority}, ${now}`;
  assert.notEqual(state, "stale", place);
  assert.equal(asOf, sheet.asOf);
  if (state === "undated") {
    assert.deepEqual([said.ahead, said.promise, said.ships.p80, said.ships.basis], [null, null, null, "none"], place);
    assert.equal(typeof why, "string");
  }
  const parts = sheet.location === null ? said.parts : quote.parts;
  const known = state === "undated" ? { ships: said.ships, promise: null, ahead: null } : {};
  const ahead = said.ahead === null ? { ahead: null } : {};
  const offered = state === "undated" ? { incentive: said.incentive } : { incentive: quote.incentive };
  // Of a kit at several places the sheet knows only of what would be refused wherever it waits.
  const availability = (why === "kit" || why === "calendar") && sheet.location === null && quote.availability === "outOfStock" ? said.availability : quote.availability;
  const expected = { ...quote, ...known, ...ahead, availability, parts, alternatives: [], ...offered };
  assert.deepEqual({ ...said, incentive: said.incentive }, expected, place);
  const { refused: reason } = engine.quoteOrder({ lines: [{ sku, quantity: request.quantity, ...at }], priority: request.priority }, now);
  if (why === undefined && state === "current" && sheet.location !== null && refused !== undefined) {
    assert.equal(refused, reason?.reason, place);
  }
  return state;
}

/** Days of their own, for places in the first weeks of 1970. */
const CALENDARS = [
  {
    ...{ workdays: [1, 2, 3, 4, 5], cutoff: "14:00", holidays: ["1970-01-06"] },
    transitions: [{ from: 0, utcOffset: 60 }, { from: 4 * DAY + 1, utcOffset: 120 }, { from: 11 * DAY, utcOffset: 60 }],
  },
  { workdays: [1, 3, 6], utcOffset: -300, handlingDays: 2 },
  { workdays: [1, 2, 3, 4, 5, 6, 7], cutoff: "00:00", utcOffset: 345 },
];

const PRIORITIES = [0, 49, 50, 51, 100, 150, 255];

test("on random histories a sheet says what the engine says, at any quantity and priority", () => {
  const states = { current: 0, undated: 0 };
  let promised = 0;
  for (let seed = 1; seed <= 16; seed += 1) {
    const [engine, below] = [createEngine({ seed: BigInt(seed) }), random(seed)];
    const places = seed % 2 === 0 ? ["east", "west"] : [];
    for (const [turn, [command, now]] of [...days(seed, 120)].entries()) {
      engine.apply(command, now, { events: "drop" });
      for (const [place, location] of turn === 1 ? places.entries() : []) {
        const calendar = CALENDARS[(seed / 2 + place) % CALENDARS.length];
        applied(engine.apply({ type: "defineLocation", location, calendar }, now));
      }
      if (turn % 20 !== 19) continue;
      for (const { sku, settings } of engine.items()) {
        for (const location of [undefined, "east", "west"]) {
          const sheet = openSheet(engine.quoteSheet(sku, now, location), { maxAge: Infinity });
          for (let asked = 0; asked < 30; asked += 1) {
            const quantity = below(20) === 0 ? Number.MAX_SAFE_INTEGER - below(9) : 1 + below(60);
            const priority = PRIORITIES[below(PRIORITIES.length)];
            const later = below(2) * below(DAY);
            const fits = sheet.location !== null && settings.components === undefined && settings.wholeLines !== "skip";
            const at = fits && (sheet.staleAt === null || now + later < sheet.staleAt) ? now + later : now;
            states[agree(engine, sheet, { quantity, priority }, at, location)] += 1;
            promised += sheet.quote({ quantity, priority }, at).promise === null ? 0 : 1;
          }
        }
      }
    }
  }
  assert.ok(states.current > 10_000 && states.undated > 1_000 && promised > 2_000, JSON.stringify({ states, promised }));
});

test("learned dates, their evidence, and the day on which they may change", () => {
  for (const promising of ["queue", "protect"]) {
    const engine = shop(3, { promising, promiseQuantile: 0.9 });
    const lateness = [0, 0, 0, 1, 0, -1, 0, 3, 0, 0, 0, 2, 0, 0, 1, 0, 0, 0, 5, 0];
    applied(engine.apply({ type: "defineSupplier", supplier: "acme", lateness }, 0));
    for (const number of [1, 2, 3]) {
      const due = number * 5 * DAY + number;
      applied(engine.apply({ type: "scheduleSupply", supply: `PO-${number}`, sku: "lamp", quantity: 10, due, supplier: "acme" }, 0));
    }
    applied(engine.apply(order("A-1", 8), 1));
    const sheet = openSheet(engine.quoteSheet("lamp", 2), { maxAge: 9 * DAY });
    for (let quantity = 1; quantity < 40; quantity += 1) agree(engine, sheet, { quantity, priority: 100 }, 3 * DAY, undefined);
    const { p50, p95, evidence } = sheet.quote({ quantity: 5 }, 2).ships;
    assert.ok(p50 < p95 && evidence === 20);
    assert.equal(sheet.staleAt, 6 * DAY, "from then on PO-1 is overdue, and what remains of its lateness is asked");
    assert.equal(sheet.quote({ quantity: 5 }, 6 * DAY - 1).state, "current");
    assert.equal(sheet.quote({ quantity: 5 }, 6 * DAY).state, "stale");
  }
});

test("what is there leaves at the next dispatch, on both sides of a cut-off and of a change of the clock", () => {
  const hour = DAY / 24;
  // Thursday; on Sunday at 01:00 UTC Berlin puts its clock back.
  const start = Date.UTC(2024, 9, 24, 9);
  const [friday, monday] = [Date.UTC(2024, 9, 25, 12), Date.UTC(2024, 9, 28, 13)];
  for (const promising of ["queue", "protect"]) {
    const engine = createEngine();
    const calendar = { timeZone: "Europe/Berlin", workdays: [1, 2, 3, 4, 5], cutoff: "14:00", holidays: ["2024-11-01"] };
    applied(engine.apply({ type: "defineLocation", location: "default", calendar }, start));
    const incentives = [{ fromDelayDays: 4, offer: "a card" }];
    applied(engine.apply({ type: "defineItem", sku: "lamp", promising, incentives, replenishment: { leadTimeDays: 7 } }, start));
    applied(engine.apply({ type: "receive", sku: "lamp", quantity: 2 }, start));
    applied(engine.apply({ type: "scheduleSupply", supply: "PO-1", sku: "lamp", quantity: 3, due: friday + 1 }, start));
    const sheet = openSheet(engine.quoteSheet("lamp", start), { maxAge: Infinity });
    const promise = (quantity, now) => sheet.quote({ quantity }, now).promise;
    assert.deepEqual([promise(1, start), promise(1, friday), promise(1, friday + 1)], [start + 3 * hour, friday, monday]);
    assert.equal(promise(4, start), monday, "what comes after the cut-off of Friday");
    assert.equal(promise(6, start), Date.UTC(2024, 9, 31, 13), "and by the lead time");
    assert.equal(promise(6, friday), Date.UTC(2024, 10, 4, 13), "which ends on a Friday off");
    for (let now = start; now < start + 9 * DAY; now += hour) {
      for (const at of [now - 1, now, now + 1].filter((at) => at >= start)) {
        for (let quantity = 1; quantity < 8; quantity += 1) agree(engine, sheet, { quantity, priority: 100 }, at, undefined);
      }
    }
  }
});

test("who is overtaken by better priorities still to come is dated by them, until the day ends", () => {
  const engine = shop(0, { overtaking: "learn", promiseQuantile: 0.9 });
  applied(engine.apply({ type: "scheduleSupply", supply: "PO-1", sku: "lamp", quantity: 200, due: 60 * DAY }, 0));
  applied(engine.apply({ type: "scheduleSupply", supply: "PO-2", sku: "lamp", quantity: 200, due: 90 * DAY }, 0));
  for (let day = 1; day <= 30; day += 1) {
    for (const [at, priority] of [50, 100, 150].entries()) {
      applied(engine.apply(order(`O-${day}-${priority}`, 1 + (day % 3), { priority }), day * DAY + at));
    }
  }
  const now = 30 * DAY + 5;
  const sheet = openSheet(engine.quoteSheet("lamp", now), { maxAge: Infinity });
  assert.equal(sheet.staleAt, 31 * DAY);
  for (const priority of [0, 49, 50, 51, 100, 101, 150, 151, 255]) {
    for (let quantity = 1; quantity < 420; quantity += 13) {
      assert.equal(agree(engine, sheet, { quantity, priority }, now + 7 * (DAY / 24), undefined), "current");
    }
  }
  const promise = (priority) => sheet.quote({ quantity: 1, priority }, now).promise;
  assert.deepEqual([promise(50), promise(151)], [60 * DAY, null], "behind nobody to come, and behind more than all that comes");
});

test("a sheet that is too old says no date, and what there was", () => {
  const engine = shop(2);
  applied(engine.apply({ type: "scheduleSupply", supply: "PO-1", sku: "lamp", quantity: 9, due: 5 * DAY }, 0));
  const bytes = engine.quoteSheet("lamp", 1_000);
  const sheet = openSheet(bytes);
  assert.equal(DEFAULT_MAX_AGE, 15 * 60_000);
  assert.equal(sheet.staleAt, 1_000 + DEFAULT_MAX_AGE + 1);
  assert.equal(sheet.quote({ quantity: 5 }, sheet.staleAt - 1).promise, 5 * DAY);
  const none = { p50: null, p80: null, p95: null, basis: "none", evidence: 0 };
  assert.deepEqual(sheet.quote({ quantity: 5 }, sheet.staleAt), {
    ...{ sku: "lamp", quantity: 5, parts: [{ location: "default", now: 2, waits: 3 }], availability: "limited", now: 2 },
    ...{ state: "stale", ahead: null, ships: none, promise: null, alternatives: [], asOf: 1_000 },
  });
  assert.equal(openSheet(bytes, { maxAge: 0 }).quote({ quantity: 1 }, 1_001).state, "stale");
  assert.equal(openSheet(bytes, { maxAge: 0 }).quote({ quantity: 1 }, 1_000).state, "current");
  assert.equal(openSheet(bytes, { maxAge: Infinity }).staleAt, null);
  assert.equal(sheet.quote({ quantity: 1 }, 0).promise, 1_000, "a clock that runs behind");
});

test("what a sheet can't say it names", () => {
  const places = chain(3, 4);
  const all = openSheet(places.quoteSheet("lamp", 0));
  const { state, why, now, promise, ahead } = all.quote({ quantity: 8 }, 0);
  assert.deepEqual([state, why, now, promise, ahead], ["undated", "severalLocations", 7, null, null]);
  assert.equal(all.quote({ quantity: 7 }, 0).promise, 0);
  assert.equal(openSheet(places.quoteSheet("lamp", 0, "east")).quote({ quantity: 8 }, 0).state, "current");
  applied(places.apply({ type: "defineLocation", location: "west", calendar: { workdays: [1], utcOffset: 0 } }, 0));
  const byDays = openSheet(places.quoteSheet("lamp", 0)).quote({ quantity: 1 }, 0);
  assert.deepEqual([byDays.why, byDays.now, byDays.promise], ["calendar", 1, null], "each place has days of its own");
  const named = (settings) => openSheet(shop(1, settings).quoteSheet("lamp", 0)).quote({ quantity: 2 }, 0).why;
  assert.equal(named({ wholeLines: "skip" }), "wholeLines");
  const many = shop(0);
  for (let number = 1; number <= 201; number += 1) {
    applied(many.apply({ type: "scheduleSupply", supply: `PO-${number}`, sku: "lamp", quantity: 1, due: number * DAY }, 0));
  }
  const beyond = openSheet(many.quoteSheet("lamp", 0));
  assert.equal(beyond.quote({ quantity: 200 }, 0).promise, 200 * DAY);
  assert.deepEqual([beyond.quote({ quantity: 201 }, 0).why, beyond.quote({ quantity: 201 }, 0).promise], ["beyondCurve", null]);
  const unknown = openSheet(many.quoteSheet("rug", 0)).quote({ quantity: 1 }, 0);
  assert.deepEqual([unknown.availability, unknown.refused, unknown.parts], ["outOfStock", "unknownItem", []]);
  assert.equal(openSheet(many.quoteSheet("lamp", 0, "moon")).quote({ quantity: 1 }, 0).refused, "unknownLocation");
  const offer = { fromDelayDays: 0, offer: "x".repeat(2_000) };
  const long = openSheet(shop(0, { incentives: [offer], substitutes: ["rug"] }).quoteSheet("lamp", 0));
  assert.deepEqual(long.leavesOut, ["alternatives", "incentives"]);
});

test("bytes that are no sheet are an error by its code, and never anything else", () => {
  const engine = createEngine();
  for (const [command, now] of days(7, 90)) engine.apply(command, now, { events: "drop" });
  const now = engine.lastInstant();
  const sheets = engine.items().flatMap(({ sku }) => [engine.quoteSheet(sku, now, "east"), engine.quoteSheet(sku, now)]);
  applied(engine.apply({ type: "defineLocation", location: "east", calendar: CALENDARS[0] }, now));
  sheets.push(...["lamp", "bulb", "set"].map((sku) => engine.quoteSheet(sku, now, "east")));
  const below = random(3);
  let opened = 0;
  const open = (bytes) => {
    try {
      openSheet(bytes).quote({ quantity: 1 + below(9) }, now);
      opened += 1;
    } catch (error) {
      assert.ok(error instanceof SheetError && ["CORRUPT_SHEET", "UNSUPPORTED_SHEET"].includes(error.code), error);
    }
  };
  for (const sheet of sheets) {
    for (let length = 0; length < sheet.length; length += 1) open(sheet.subarray(0, length));
    for (let bit = 0; bit < 8 * sheet.length; bit += 1) {
      const altered = sheet.slice();
      altered[bit >> 3] ^= 1 << (bit & 7);
      open(altered);
      open(mended(altered));
    }
    open(mended(Uint8Array.of(...sheet, 0)));
  }
  assert.ok(opened > 0, "with a checksum that is right again some are sheets, of other content");
  for (let turn = 0; turn < 3_000; turn += 1) {
    const bytes = Uint8Array.from({ length: below(300) }, () => below(256));
    open(bytes);
    bytes.set([0x42, 0x4b, 0x51, 0x53, 1 + below(2), 0, 0, 0].slice(0, bytes.length));
    open(bytes);
    open(mended(bytes));
  }
  const newer = sheets[0].slice();
  newer[4] = 3;
  assert.throws(() => openSheet(newer), { name: "SheetError", code: "UNSUPPORTED_SHEET" });
  assert.throws(() => openSheet(sheets[0].subarray(0, 20)), { name: "SheetError", code: "CORRUPT_SHEET" });
});

/** The same with a checksum that is right, by a table. */
function mended(bytes) {
  const table = Array.from({ length: 256 }, (_, byte) => {
    for (let bit = 0; bit < 8; bit += 1) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
    return byte;
  });
  const crc = bytes.subarray(12).reduce((crc, byte) => (crc >>> 8) ^ table[(crc ^ byte) & 255], 0xffffffff);
  if (bytes.length >= 12) new DataView(bytes.buffer, bytes.byteOffset).setUint32(8, ~crc >>> 0, true);
  return bytes;
}

test("arguments that are none are refused with their path", () => {
  const bytes = shop(1).quoteSheet("lamp", 0);
  const sheet = openSheet(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  const refused = (call, path) => assert.throws(call, { name: "SheetError", code: "INVALID_ARGUMENT", path });
  for (const quantity of [0, -1, 1.5, "1", NaN, 2 ** 53, undefined]) refused(() => sheet.quote({ quantity }, 0), "quantity");
  for (const priority of [-1, 256, 1.5, "1", null]) refused(() => sheet.quote({ quantity: 1, priority }, 0), "priority");
  for (const now of [-1, 0.5, "0", undefined]) refused(() => sheet.quote({ quantity: 1 }, now), "now");
  for (const bytes of [undefined, null, "BKQS", [], {}]) refused(() => openSheet(bytes), "bytes");
  for (const maxAge of [-1, NaN, "x"]) refused(() => openSheet(bytes, { maxAge }), "options.maxAge");
  refused(() => sheet.quote({ quantity: 1, shipTo: "DE" }, 0), "shipTo");
  refused(() => sheet.quote(null, 0), "request");
  const engine = shop(1);
  for (const call of [() => engine.quoteSheet("", 0), () => engine.quoteSheet("lamp", -1), () => engine.quoteSheet("lamp", 0, 5)]) {
    assert.throws(call, { name: "BackorderError", code: "INVALID_ARGUMENT" });
  }
});

test("sheets of every version are read forever", () => {
  for (const { file, sku, now, said } of JSON.parse(new TextDecoder().decode(golden("said.json")))) {
    const sheet = openSheet(golden(file), { maxAge: Infinity });
    assert.equal(sheet.sku, sku);
    for (const { quantity, priority, quote } of said) {
      assert.deepEqual(JSON.parse(JSON.stringify(sheet.quote({ quantity, priority }, now))), quote, `${quantity} of ${file}`);
    }
  }
});

test("the example says what a page may", async () => {
  const page = fileURLToPath(new URL("../../examples/sheet/page.mjs", import.meta.url));
  const file = fileURLToPath(new URL("../../tests/golden/sheets/suppliers-lamp.v1", import.meta.url));
  const said = async (quantity, now) => (await promisify(execFile)(process.execPath, [page, file, quantity, String(now)])).stdout;
  const { asOf } = openSheet(golden("suppliers-lamp.v1"));
  assert.match(await said("2", asOf), /^lamp: Ships by \d{4}-\d\d-\d\d.*; \d+ ahead of you\.\n$/);
  assert.equal(await said("4", asOf + DAY), "lamp: See the price and the date at checkout.\n");
});
