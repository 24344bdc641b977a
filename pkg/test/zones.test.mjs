import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { BackorderError, createEngine, restoreEngine } from "../dist/node.js";
import { resolveZone } from "../dist/zones.js";

const stored = JSON.parse(readFileSync(new URL("../../tests/zones.json", import.meta.url), "utf8"));
const NOW = Date.UTC(2024, 0, 1);

const location = (calendar) => ({ type: "defineLocation", location: "east", calendar: { workdays: [1], ...calendar } });

/** A calendar whose zone was found is refused for nothing. */
const FOUND = undefined;
const UNKNOWN = "calendar.timeZone";

/** The same through every door that takes commands: the path at which it is refused, if it is. */
function refusedAt(command) {
  const outcomes = [
    createEngine().apply(command, NOW),
    createEngine().applyAll([{ type: "tick" }, command], NOW)[1],
    JSON.parse(createEngine().applyJson(JSON.stringify(command), NOW)),
    JSON.parse(createEngine().applyJson(` [{"type":"tick"}, ${JSON.stringify(command)}]`, NOW))[1],
  ];
  for (const { status, reason } of outcomes) assert.ok(status === "applied" || reason === "invalidCommand");
  const paths = outcomes.map(({ path }) => path);
  try {
    // What is read and then refused changes no promise, and is no error here.
    assert.deepEqual(createEngine().whatIf([command], NOW), []);
  } catch (error) {
    assert.ok(error instanceof BackorderError, error);
    paths.push(error.path.replace("commands[0].", ""));
  }
  assert.equal(new Set(paths).size, 1, paths.join(" "));
  return paths[0];
}

/** Zones whose rules were changed in 2023, and whether this host has heard of that: zones are its own (WebKitGTK takes the system's). */
const CHANGED = ["Africa/Cairo", "Africa/Casablanca"];
const JULY = Date.UTC(2023, 6, 1);
const isUpToDate = new Intl.DateTimeFormat("en", { timeZone: "Africa/Cairo", hour: "numeric", hourCycle: "h23" }).format(JULY) === "03";

test("zones resolve to what the Rust crate finds", () => {
  const checked = stored.zones.filter(({ timeZone }) => isUpToDate || !CHANGED.includes(timeZone));
  assert.ok(checked.length >= 20);
  for (const { timeZone, now, transitions } of checked) {
    const found = resolveZone(timeZone, now).map(({ from, utcOffset }) => [from, utcOffset]);
    assert.deepEqual(found, transitions, `${timeZone} at ${now}`);
  }
});

test("what names no zone is an error of resolveZone's", () => {
  for (const timeZone of [...stored.unknown, 5, null, undefined, {}]) {
    assert.throws(() => resolveZone(timeZone, NOW), { name: "BackorderError", code: "INVALID_ARGUMENT", path: "timeZone" });
  }
  assert.throws(() => resolveZone("UTC", -1), { path: "now" });
});

test("any instant is a beginning", () => {
  for (const now of [0, 1, 253_399_622_400_000, Number.MAX_SAFE_INTEGER]) {
    const transitions = resolveZone("America/New_York", now);
    assert.equal(transitions[0].from, now);
    transitions.reduce((one, next) => (assert.ok(one.from < next.from), next));
  }
});

test("a list that was handed out is the caller's own", () => {
  const first = resolveZone("Europe/Berlin", NOW);
  first[0].utcOffset = 7;
  first.length = 1;
  assert.equal(resolveZone("Europe/Berlin", NOW)[0].utcOffset, 60);
  assert.equal(resolveZone("Europe/Berlin", NOW).length, 21);
});

test("a calendar's zone is found by every door", () => {
  assert.equal(refusedAt(location({ timeZone: "Europe/Berlin" })), FOUND);
  assert.equal(refusedAt(location({ timeZone: "UTC", cutoff: "14:00" })), FOUND);
});

test("dates follow the zone's clock, whichever door the calendar came by", () => {
  const berlin = {
    ...location({ timeZone: "Europe/Berlin", workdays: [1, 2, 3, 4, 5, 6, 7], cutoff: "14:00" }),
    transitDays: { FR: 2 },
  };
  const doors = [
    (engine) => engine.apply(berlin, NOW),
    (engine) => engine.applyAll([berlin], NOW),
    (engine) => engine.applyJson(JSON.stringify(berlin), NOW),
    (engine) => engine.applyJson(JSON.stringify([berlin]), NOW),
  ];
  const digests = doors.map((apply) => {
    const engine = createEngine();
    apply(engine);
    engine.apply({ type: "defineItem", sku: "lamp" }, NOW);
    engine.apply({ type: "receive", sku: "lamp", quantity: 3 }, NOW);
    // The clock is put forward at 01:00 UTC on 31 March.
    const ships = (now) => engine.quote({ sku: "lamp", quantity: 1 }, now).ships.p80;
    assert.equal(ships(Date.UTC(2024, 2, 30, 13)), Date.UTC(2024, 2, 30, 13));
    assert.equal(ships(Date.UTC(2024, 2, 30, 14)), Date.UTC(2024, 2, 31, 12));
    const { delivers } = engine.quote({ sku: "lamp", quantity: 1, shipTo: "FR" }, Date.UTC(2024, 2, 29, 9));
    assert.equal(delivers.p80, Date.UTC(2024, 2, 31, 12));
    const placed = { type: "placeOrder", order: "A", lines: [{ sku: "lamp", quantity: 1 }], shipTo: "FR" };
    engine.apply(placed, Date.UTC(2024, 2, 30, 9));
    const [line] = engine.order("A", Date.UTC(2024, 2, 30, 9)).lines;
    assert.equal(line.promised, Date.UTC(2024, 2, 30, 13));
    assert.equal(line.delivers.p95, Date.UTC(2024, 3, 1, 12));
    // Its day ends at midnight in Berlin.
    assert.equal(engine.nextWakeAt(), Date.UTC(2024, 2, 30, 23));
    const again = restoreEngine(engine.snapshot());
    assert.equal(again.digest(), engine.digest());
    assert.equal(again.nextWakeAt(), engine.nextWakeAt());
    return engine.digest();
  });
  assert.equal(new Set(digests).size, 1);
});

test("a name that is none is refused as a command's content is", () => {
  for (const timeZone of stored.unknown.filter((name) => name !== "")) {
    assert.equal(refusedAt(location({ timeZone })), UNKNOWN, timeZone);
    assert.throws(() => createEngine().whatIf([location({ timeZone })], NOW), { path: `commands[0].${UNKNOWN}` });
  }
  for (const timeZone of ["", 5, null, ["UTC"]]) assert.equal(refusedAt(location({ timeZone })), UNKNOWN);
  const { message } = createEngine().apply(location({ timeZone: "Europe/Belin" }), NOW);
  assert.equal(message, 'calendar.timeZone "Europe/Belin" is no time zone that is known here');
});

test("what else is wrong is told as it is without a zone", () => {
  assert.equal(refusedAt(location({ timeZone: "UTC", cutoff: "noon" })), "calendar.cutoff");
  assert.equal(refusedAt(location({ timeZone: "UTC", utcOffset: 0 })), "calendar.utcOffset");
  assert.equal(refusedAt({ ...location({ timeZone: "UTC" }), location: 7 }), "location");
});

test("transitions that are given stay, whatever the name", () => {
  const transitions = [{ from: 0, utcOffset: 60 }];
  assert.equal(refusedAt(location({ timeZone: "Mars/Olympus", transitions })), FOUND);
  assert.equal(refusedAt(location({ timeZone: "UTC", transitions: [] })), "calendar.transitions");
});

test("JSON is read as it is, escapes and fields that come twice included", () => {
  const engine = createEngine();
  const path = (text) => JSON.parse(engine.applyJson(text, NOW)).path;
  const command = (calendar) => `{"type":"defineLocation","location":"east","calendar":{"workdays":[1],${calendar}}}`;
  assert.equal(path(command('"\\u0074imeZone":"Europe\\/Berlin"')), FOUND);
  assert.equal(path(command('"timeZone":"UTC","timeZone":"UTC"')), UNKNOWN);
});

test("the caller's object is left as it is", () => {
  const freeze = (value) => (typeof value === "object" ? Object.freeze(Object.values(value).forEach(freeze) ?? value) : value);
  const command = freeze(location({ timeZone: "Europe/Berlin" }));
  const before = JSON.stringify(command);
  assert.equal(refusedAt(command), FOUND);
  assert.equal(JSON.stringify(command), before);
});

test("Intl is asked for each zone once, and never for a command without one", () => {
  const { DateTimeFormat } = Intl;
  let made = 0;
  let asked = 0;
  Intl.DateTimeFormat = class extends DateTimeFormat {
    constructor(...given) {
      super(...given);
      made += 1;
      Object.defineProperty(this, "format", { value: (at) => ((asked += 1), super.format(at)) });
    }
  };
  try {
    const engine = createEngine();
    engine.apply({ type: "defineItem", sku: "lamp" }, NOW);
    engine.apply({ type: "defineLocation", location: "east" }, NOW);
    engine.apply(location({ utcOffset: 60 }), NOW);
    engine.apply(location({ timeZone: "Pacific/Auckland", transitions: [{ from: 0, utcOffset: 720 }] }), NOW);
    engine.applyJson('[{"type":"tick","key":"timeZone"}]', NOW);
    assert.deepEqual([made, asked], [0, 0]);
    engine.applyAll(Array(3).fill(location({ timeZone: "Pacific/Auckland" })), NOW);
    const once = asked;
    assert.ok(made === 1 && once > 0);
    engine.apply(location({ timeZone: "Pacific/Auckland" }), NOW);
    assert.deepEqual([made, asked], [1, once]);
    engine.apply(location({ timeZone: "Pacific/Auckland" }), NOW + 1);
    assert.ok(made === 1 && asked > once);
  } finally {
    Intl.DateTimeFormat = DateTimeFormat;
  }
});
