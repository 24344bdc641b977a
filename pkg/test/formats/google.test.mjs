// There is no package of Google's product data specification; these tables restate support.google.com/merchants/answer/
// 6324448 (availability: the four values, and which need a date) and 6324470 (availability_date: YYYY-MM-DDThh:mm[±hhmm]
// or YYYY-MM-DDThh:mmZ, 1 to 25 characters, up to a year ahead).

import assert from "node:assert/strict";
import { test } from "node:test";
import { GOOGLE_TSV_HEADER, googleAvailability, googleTsvRow, instantOf } from "backorder/formats";
import { DAY, random } from "../shop.mjs";
import { NOW, QUOTES, quote, refusedAt, undated } from "./quotes.mjs";

const VALUES = ["in_stock", "out_of_stock", "preorder", "backorder"];
const WITH_DATE = ["preorder", "backorder"];
const DATE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(Z|([+-]\d\d)(\d\d))$/;

test("each availability in Google's words; what waits without a date is not offered", () => {
  for (const [availability, value, date] of [
    ["inStock", "in_stock"],
    ["limited", "backorder", "2026-03-12T12:00Z"],
    ["backorder", "backorder", "2026-03-12T12:00Z"],
    ["preorder", "preorder", "2026-04-07T12:00Z"],
    ["outOfStock", "out_of_stock"],
    ["discontinued", "out_of_stock"],
  ]) {
    const expected = date === undefined ? { availability: value } : { availability: value, availability_date: date };
    assert.deepEqual(googleAvailability(QUOTES[availability], NOW), expected);
    const dateless = date === undefined ? value : "out_of_stock";
    assert.deepEqual(googleAvailability(undated(QUOTES[availability]), NOW), { availability: dateless });
  }
});

test("the date is late by default, in the shop's zone, to the minute and never too early", () => {
  const date = (options, of = QUOTES.backorder) => googleAvailability(of, NOW, options).availability_date;
  assert.equal(date({ date: "promise" }), "2026-03-10T00:00Z");
  assert.equal(date({ timeZone: "America/New_York" }), "2026-03-12T08:00-0400");
  assert.equal(date({ timeZone: "Asia/Kolkata" }), "2026-03-12T17:30+0530");
  assert.equal(date({}, quote("backorder", 0, 5, NOW + 1)), "2026-02-26T12:01Z");
});

test("a year ahead, and not a minute more; nothing that has passed", () => {
  const value = (date) => googleAvailability(quote("backorder", 0, 5, date), NOW).availability;
  assert.equal(value(NOW + 365 * DAY), "backorder");
  assert.equal(value(NOW + 365 * DAY + 1), "out_of_stock");
  assert.equal(value(2 ** 53 - 1), "out_of_stock");
  assert.equal(value(NOW), "backorder");
  assert.equal(value(NOW - 1), "out_of_stock");
});

test("of any quote: a value of the list, and with it the date that it needs and no other", () => {
  const below = random(3);
  for (let turn = 0; turn < 2_000; turn += 1) {
    const kind = Object.keys(QUOTES)[below(6)];
    const known = below(4) > 0;
    const asked = quote(kind, 0, 5, known ? NOW - DAY + below(400) * DAY + below(DAY) : null);
    const timeZone = ["UTC", "America/St_Johns", "Pacific/Auckland"][below(3)];
    const { availability, availability_date } = googleAvailability(asked, NOW, { timeZone });
    assert.ok(VALUES.includes(availability));
    assert.equal(availability_date !== undefined, WITH_DATE.includes(availability));
    const late = asked.ships.p95;
    const may = ["limited", "backorder", "preorder"].includes(kind) && known && late >= NOW && late <= NOW + 365 * DAY;
    // Within the last minute of the year the text, which is rounded up, may be over it.
    if (late === null || Math.abs(late - NOW - 365 * DAY) > 60_000) assert.equal(availability_date !== undefined, may);
    if (availability_date === undefined) continue;
    const [, local, , hours, minutes] = DATE.exec(availability_date);
    assert.ok(availability_date.length <= 25);
    const stated = instantOf(`${local}:00${hours === undefined ? "Z" : `${hours}:${minutes}`}`);
    assert.ok(stated >= late && stated < late + 60_000);
  }
});

test("a feed's lines have the columns of its header", () => {
  assert.equal(GOOGLE_TSV_HEADER, "id\tavailability\tavailability_date");
  assert.equal(googleTsvRow("lamp", googleAvailability(QUOTES.backorder, NOW)), "lamp\tbackorder\t2026-03-12T12:00Z");
  assert.equal(googleTsvRow("lamp", googleAvailability(QUOTES.inStock, NOW)), "lamp\tin_stock\t");
  for (const id of ["", "a\tb", "a\nb", "a\rb", 7]) {
    assert.throws(() => googleTsvRow(id, { availability: "in_stock" }), refusedAt("id"));
  }
});

test("what cannot be right is refused with its path", () => {
  for (const [path, options] of [
    ["options.date", { date: "p80" }],
    ["options.zone", { zone: "UTC" }],
    ["options.timeZone", { timeZone: "Mars/Olympus" }],
    ["options", null],
  ]) {
    assert.throws(() => googleAvailability(QUOTES.inStock, NOW, options), refusedAt(path));
  }
  assert.throws(() => googleAvailability(QUOTES.inStock), refusedAt("now"));
});
