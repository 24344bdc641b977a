import assert from "node:assert/strict";
import { test } from "node:test";
import { civilDay, dateTime, instantOf, startOfDay } from "backorder/formats";
import { DAY, random } from "../shop.mjs";
import { refusedAt } from "./quotes.mjs";

const ZONES = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Apia",
  "America/Sao_Paulo",
  "Africa/Monrovia",
  "Pacific/Kiritimati",
];

test("an instant is written with the offset that its zone has at that time", () => {
  for (const [instant, zone, written] of [
    [Date.UTC(2026, 2, 12, 5), undefined, "2026-03-12T05:00:00Z"],
    [Date.UTC(2026, 2, 12, 5), "UTC", "2026-03-12T05:00:00Z"],
    [Date.UTC(2026, 2, 12, 5), "America/New_York", "2026-03-12T01:00:00-04:00"],
    [Date.UTC(2026, 2, 1, 5), "America/New_York", "2026-03-01T00:00:00-05:00"],
    [Date.UTC(2026, 2, 1, 5), "Asia/Kolkata", "2026-03-01T10:30:00+05:30"],
    [Date.UTC(2026, 0, 1), "Europe/London", "2026-01-01T00:00:00+00:00"],
    [1, "UTC", "1970-01-01T00:00:00.001Z"],
    // Forty-four minutes and thirty seconds behind: as near as an offset can say.
    [0, "Africa/Monrovia", "1969-12-31T23:16:00-00:44"],
  ]) {
    assert.equal(dateTime(instant, zone), written);
    assert.equal(instantOf(written), instant);
  }
});

test("a text becomes an instant, or is refused", () => {
  for (const [text, instant] of [
    ["1970-01-01T00:00:00Z", 0],
    ["2026-03-12t00:00:00.5-05:00", Date.UTC(2026, 2, 12, 5, 0, 0, 500)],
    ["2026-03-12 00:00:00.1239+00:00", Date.UTC(2026, 2, 12, 0, 0, 0, 123)],
    ["2024-02-29T23:59:60Z", Date.UTC(2024, 2, 1)],
  ]) {
    assert.equal(instantOf(text), instant, text);
  }
  for (const text of [
    "2026-03-12",
    "2026-03-12T00:00:00",
    "2026-03-12T00:00Z",
    "2026-02-30T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-03-12T24:00:00Z",
    "2026-03-12T00:00:00+24:00",
    "1969-12-31T23:59:59Z",
    " 2026-03-12T00:00:00Z",
    "",
    0,
    null,
  ]) {
    assert.throws(() => instantOf(text), refusedAt("text"), String(text));
  }
});

test("days begin where the clocks are changed at midnight, and a day that was left out is refused", () => {
  for (const [day, zone, start] of [
    ["2026-03-12", undefined, "2026-03-12T00:00:00Z"],
    ["2026-03-12", "America/New_York", "2026-03-12T00:00:00-04:00"],
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T01:00:00-02:00"],
    ["2018-02-18", "America/Sao_Paulo", "2018-02-18T00:00:00-03:00"],
    ["2011-12-31", "Pacific/Apia", "2011-12-31T00:00:00+14:00"],
  ]) {
    assert.equal(startOfDay(day, zone), instantOf(start), `${day} ${zone}`);
  }
  assert.throws(() => startOfDay("2011-12-30", "Pacific/Apia"), refusedAt("day"));
  assert.throws(() => startOfDay("1970-01-01", "Asia/Kolkata"), refusedAt("day"));
  for (const day of ["2026-02-29", "2026-3-1", "2026-03-01T00:00:00Z", 20260301, undefined]) {
    assert.throws(() => startOfDay(day), refusedAt("day"), String(day));
  }
});

test("in any zone: written and read is the same instant, and a day begins with its first five minutes", () => {
  const below = random(1);
  for (let turn = 0; turn < 500; turn += 1) {
    const zone = ZONES[below(ZONES.length)];
    const instant = 2 * DAY + below(60 * 365) * DAY + below(DAY);
    assert.equal(instantOf(dateTime(instant, zone)), instant);
    const day = civilDay(instant, zone);
    assert.equal(dateTime(instant, zone).slice(0, 10), day);
    assert.equal(startOfDay(day, zone), slowStart(instant, day, zone), `${day} ${zone}`);
  }
});

/** Looks at every five minutes; but for Liberia's, offsets are whole fives. */
function slowStart(instant, day, zone) {
  const step = 5 * 60_000;
  if (zone === "Africa/Monrovia" && instant < Date.UTC(1972, 0, 10)) return startOfDay(day, zone);
  const formatted = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" });
  let start = Math.floor(instant / step) * step;
  for (let back = start; back > start - 2 * DAY; back -= step) if (formatted.format(back) === day) start = back;
  return start;
}

test("what is no instant, no zone, or beyond the years of four digits is refused", () => {
  for (const wrong of [-1, 1.5, NaN, "0", null, undefined, 2 ** 53, 253_402_300_800_000]) {
    assert.throws(() => dateTime(wrong), refusedAt("instant"), String(wrong));
    assert.throws(() => civilDay(wrong, "Europe/Berlin"), refusedAt("instant"), String(wrong));
  }
  for (const zone of ["Mars/Olympus", "", null, 5]) {
    assert.throws(() => dateTime(0, zone), refusedAt("timeZone"), String(zone));
    assert.throws(() => startOfDay("2026-03-12", zone), refusedAt("timeZone"), String(zone));
  }
  assert.equal(dateTime(253_402_250_399_999, "Pacific/Kiritimati"), "9999-12-31T23:59:59.999+14:00");
});
