import assert from "node:assert/strict";
import { test } from "node:test";
import { createEngine, restoreEngine } from "../dist/node.js";
import { recordCsv, recordJson, recorder } from "../dist/record.js";
import { memoryStore, openStored } from "../dist/store-node.js";
import { DAY, applied, days, random, shop } from "./shop.mjs";

const on = (date) => Date.parse(`${date}T12:00:00Z`);
const lines = [{ sku: "lamp", quantity: 1 }];
const PROMISED = ["promiseMade", "promiseMoved", "promiseKept", "promiseBroken"];
const NOTICED = ["noticeDue", "orderDeemedCancelled", "refundDue"];
const OF_EVENTS = new Set(["orderPlaced", ...PROMISED, ...NOTICED, "lineShipped", "lineCancelled"]);

/** An engine with its record, and what both did last. */
function recorded(engine = shop()) {
  const record = recorder(engine);
  const entries = [];
  const apply = (command, now, shown) => {
    const outcome = engine.apply(command, now);
    const made = record.after(command, outcome, now, shown === undefined ? {} : { shown });
    entries.push(...made);
    return made;
  };
  return { engine, entries, apply };
}

const what = (entries) => entries.map(({ what }) => what);

test("the way of an order: what was known, shown, told and answered", () => {
  const { engine, entries, apply } = recorded();
  apply({ type: "defineSupplier", supplier: "acme", lateness: [0, 1, 2, 3, 0, 1, 4] }, on("2026-08-01"));
  apply({ type: "scheduleSupply", supply: "PO-1", sku: "lamp", quantity: 5, due: on("2026-08-20"), supplier: "acme" }, on("2026-08-01"));
  const terms = { regime: "ftc", statedShipBy: "2026-08-25", buyerZone: { utcOffset: -240 }, payment: "card" };
  const [placed, promised] = apply({ type: "placeOrder", order: "A", lines, ...terms }, on("2026-08-02"), { page: "/lamp", date: "2026-08-24" });
  assert.deepEqual([placed.what, placed.terms, placed.shown], ["orderPlaced", terms, { page: "/lamp", date: "2026-08-24" }]);
  const [line] = engine.order("A", on("2026-08-02")).lines;
  const { known, shown } = promised;
  assert.deepEqual([known.quantile, known.at, known.ships, known.ahead, shown], [0.8, on("2026-08-02"), line.ships, 0, undefined]);
  assert.deepEqual(known.supplies, [{ supply: "PO-1", quantity: 1, due: on("2026-08-20") }]);
  assert.ok(known.ships.evidence === 7 && known.why.some((why) => why.includes("7 past receipts")), known.why);

  const [later] = apply({ type: "defineItem", sku: "lamp", promiseQuantile: 0.9 }, on("2026-08-09"));
  assert.deepEqual([later.what, later.from, later.known.quantile], ["promiseMoved", promised.to, 0.9]);
  const slip = { type: "rescheduleSupply", supply: "PO-1", due: on("2026-09-20") };
  const [moved, due] = apply(slip, on("2026-08-10"));
  assert.deepEqual([moved.what, moved.known.quantile, due.what, due.says], ["promiseMoved", 0.9, "noticeDue", engine.notices()[0]]);
  assert.equal(moved.from, later.to);

  const notice = due.notice;
  const [lacking] = apply({ type: "noticeSent", notice, offersCancel: false }, on("2026-08-11"));
  assert.deepEqual([lacking.sent, lacking.says.state], [{ offersCancel: false, counts: false }, "due"]);
  const [sent] = apply({ type: "noticeSent", notice, reason: "a strike" }, on("2026-08-12"), { channel: "email", sha256: "af09" });
  assert.deepEqual([sent.sent, sent.says.state], [{ offersCancel: true, reason: "a strike", counts: true }, "sent"]);
  assert.deepEqual([sent.order, sent.line, sent.sku, sent.shown], ["A", "1", "lamp", { channel: "email", sha256: "af09" }]);
  const [yes] = apply({ type: "respond", order: "A", answer: "consent", until: "indefinite" }, on("2026-08-13"));
  assert.deepEqual([yes.what, yes.answer, yes.until, yes.says.state], ["answered", "consent", "indefinite", "consented"]);
  assert.deepEqual(apply({ type: "respond", order: "A", answer: "consent" }, on("2026-08-13")), []);
  assert.deepEqual(what(apply({ type: "respond", order: "A", answer: "cancel" }, on("2026-08-14"))), ["answered", "refundDue", "lineCancelled"]);
  const [paid] = apply({ type: "refunded", order: "A" }, on("2026-08-15"));
  assert.deepEqual([paid.what, paid.at, paid.notice, paid.says.state], ["refunded", on("2026-08-15"), notice, "refunded"]);
  assert.equal(new Set(entries.map(({ id }) => id)).size, entries.length);
});

test("an answer is that of the lines that it was for", () => {
  const { apply } = recorded();
  const two = [{ sku: "lamp", quantity: 1 }, { sku: "lamp", quantity: 2 }];
  apply({ type: "placeOrder", order: "A", lines: two, regime: "ftc", statedShipBy: "2026-08-25" }, on("2026-08-02"));
  for (const notice of ["N1", "N2"]) apply({ type: "noticeSent", notice, reason: "a strike" }, on("2026-08-03"));
  const answered = (command, date) => apply({ type: "respond", order: "A", ...command }, on(date)).filter(({ what }) => what === "answered");
  assert.deepEqual(answered({ line: "2", answer: "consent", until: "2026-10-01" }, "2026-08-04").map(({ line }) => line), ["2"]);
  assert.deepEqual(answered({ answer: "consent" }, "2026-08-05").map(({ line }) => line), ["1"]);
  assert.deepEqual(answered({ answer: "consent", until: "indefinite" }, "2026-08-05").map(({ line }) => line), ["2"]);
  assert.deepEqual(answered({ answer: "cancel" }, "2026-08-06").map(({ line }) => line), ["1", "2"]);
  assert.deepEqual(what(apply({ type: "refunded", order: "A", line: "2" }, on("2026-08-07"))), ["refunded"]);
  assert.deepEqual(apply({ type: "refunded", order: "A" }, on("2026-08-07")).map(({ line }) => line), ["1"]);
});

test("what time ended on the way is ended by no answer", () => {
  const { apply } = recorded();
  const two = [{ sku: "lamp", quantity: 1 }, { sku: "lamp", quantity: 2 }];
  apply({ type: "placeOrder", order: "A", lines: two, regime: "ftc", statedShipBy: "2026-08-25" }, on("2026-08-02"));
  apply({ type: "noticeSent", notice: "N1", reason: "a strike" }, on("2026-08-03"));
  const made = apply({ type: "respond", order: "A", answer: "cancel" }, on("2026-08-26"));
  const of = (line) => what(made.filter((entry) => entry.line === line));
  assert.deepEqual(of("2"), ["orderDeemedCancelled", "refundDue", "lineCancelled"]);
  assert.ok(of("1").includes("answered") && !of("1").includes("orderDeemedCancelled"), of("1"));
});

/** A busy shop under several laws, whose customers answer, by seed; wrong commands among them. */
function* busy(seed, count) {
  const below = random(seed + 77);
  const pick = (list) => list[below(list.length)];
  const orders = ["order"];
  for (const [command, now] of days(seed, count)) {
    if (command.type === "placeOrder" || command.type === "confirmHold") {
      orders.push(command.order);
      const buyerZone = pick([undefined, { utcOffset: -300 }, { timeZone: "Europe/Berlin" }]);
      yield [{ ...command, ...(buyerZone && { buyerZone }), regime: pick(["none", "ftc", "ftc", "uk", "own"]) }, now];
    } else yield [command, now];
    if (orders.length === 1) yield [{ type: "defineRegime", regime: "own", base: "ftc", settings: { periodDays: 3, delayDays: 2 } }, now];
    const order = pick(orders.slice(-12));
    if (below(3) === 0) yield [{ type: "noticeSent", notice: `N${1 + below(orders.length * 2)}`, ...pick([{}, { reason: "late" }, { offersCancel: false }]) }, now];
    if (below(4) === 0) yield [{ type: "respond", order, ...pick([{}, { line: "1" }]), answer: pick(["consent", "consent", "cancel"]) }, now];
    if (below(6) === 0) yield [{ type: "refunded", order }, now];
  }
}

test("of a random shop each promise, notice and answer is in the record once, in order", () => {
  const seen = {};
  for (let seed = 1; seed <= 16; seed += 1) {
    const engine = createEngine();
    const record = recorder(engine);
    const ids = new Set();
    for (const [command, now] of busy(seed, 250)) {
      const before = new Map(engine.notices().map((notice) => [`${notice.order} ${notice.line}`, notice]));
      const outcome = engine.apply(command, now);
      const entries = record.after(command, outcome, now);
      const place = `${seed}: ${JSON.stringify(command)}`;
      const events = outcome.events.filter(({ type }) => OF_EVENTS.has(type));
      const ofEvents = entries.filter(({ id }) => id.startsWith("seq-"));
      assert.deepEqual(ofEvents.map(({ id, what, to }) => [id, what, to]), events.map(({ seq, type, to }) => [`seq-${seq}`, type, to]), place);
      for (const { what, order, line, known } of entries) {
        seen[what] = (seen[what] ?? 0) + 1;
        if (what !== "promiseMade" && what !== "promiseMoved") continue;
        if (order === undefined) continue;
        const view = engine.order(order, now).lines.find((view) => view.line === line);
        assert.deepEqual([known.ships, known.supplies, known.ahead], [view.ships, view.pegs, view.ahead], place);
      }
      const acts = entries.filter(({ id }) => !id.startsWith("seq-"));
      const deemed = new Set(events.filter(({ type }) => type === "orderDeemedCancelled").map(({ order, line }) => `${order} ${line}`));
      assert.deepEqual(acts.map(({ what, order, line }) => `${what} ${order} ${line}`), expectedActs(command, outcome, before, engine, now, deemed), place);
      for (const { id } of entries) assert.ok(!ids.has(id) && ids.add(id), id);
    }
  }
  for (const what of [...OF_EVENTS, "noticeSent", "answered", "refunded"]) assert.ok(seen[what] >= 6, `${what}: ${seen[what]}`);
});

/** What customers and sellers did, by comparing all notices before and after. */
function expectedActs({ type, order, line, notice, answer }, { status }, before, engine, now, deemed) {
  if (status !== "applied") return [];
  const name = { noticeSent: "noticeSent", respond: "answered", refunded: "refunded" }[type];
  if (name === undefined) return [];
  const after = engine.notices();
  if (type === "noticeSent") return after.filter((it) => it.notice === notice).map((it) => `${name} ${it.order} ${it.line}`);
  const state = type === "refunded" ? "refunded" : answer === "consent" ? "consented" : "cancelled";
  const did = after.filter((it) => {
    if (it.order !== order || it.state !== state || deemed.has(`${it.order} ${it.line}`)) return false;
    const was = before.get(`${it.order} ${it.line}`);
    return JSON.stringify(was) !== JSON.stringify(it) || it.line === line;
  });
  return did.map((it) => `${name} ${it.order} ${it.line}`);
}

test("a record goes on after a restart, and what was lost is made again from a snapshot and the commands since", () => {
  const history = [...busy(5, 200)];
  const { engine, entries, apply } = recorded(createEngine());
  let kept;
  for (const [index, [command, now]] of history.entries()) {
    if (index === 150) kept = { snapshot: engine.snapshot(), from: entries.length };
    apply(command, now);
  }
  const again = recorded(restoreEngine(kept.snapshot));
  for (const [command, now] of history.slice(150)) again.apply(command, now);
  assert.ok(again.entries.length > 50);
  assert.deepEqual(again.entries, entries.slice(kept.from));
});

test("beside a stored engine, and where events are kept elsewhere", async () => {
  const stored = await openStored(memoryStore());
  await stored.apply({ type: "defineItem", sku: "lamp", replenishment: { leadTimeDays: 3 } }, 0);
  const record = recorder(stored);
  const command = { type: "placeOrder", order: "A", lines, regime: "uk" };
  const outcome = await stored.apply(command, DAY, { events: "keep" });
  assert.deepEqual(record.after(command, outcome, DAY), []);
  const made = record.after(command, outcome, DAY, { events: await stored.drainEvents() });
  assert.deepEqual(what(made), ["orderPlaced", "promiseMade"]);
  assert.deepEqual([made[1].known.ships.basis, made[1].known.at], ["replenishment", DAY]);
  // Where another command came between, the record says as of when it was read.
  const late = { ...command, order: "B" };
  const placed = await stored.apply(late, 2 * DAY);
  await stored.apply({ type: "defineItem", sku: "rug" }, 3 * DAY);
  const [, promise] = record.after(late, placed, 2 * DAY);
  assert.deepEqual([promise.at, promise.known.at], [2 * DAY, 3 * DAY]);
  await stored.close();
});

/** A reader of RFC 4180 that shares nothing with what is tested. */
function parsed(csv) {
  const rows = [[]];
  for (let at = 0; at < csv.length; ) {
    let cell = "";
    if (csv[at] === '"') {
      for (at += 1; csv[at] !== '"' || csv[at + 1] === '"'; at += 1) {
        assert.ok(at < csv.length, "a quote is open");
        if (csv[at] === '"') at += 1;
        cell += csv[at];
      }
      at += 1;
    } else for (; csv[at] !== "," && csv[at] !== "\r"; at += 1) {
      assert.ok(at < csv.length && csv[at] !== '"' && csv[at] !== "\n", "a bare character");
      cell += csv[at];
    }
    rows.at(-1).push(cell);
    if (csv[at] === ",") at += 1;
    else {
      assert.equal(csv.slice(at, at + 2), "\r\n");
      at += 2;
      if (at < csv.length) rows.push([]);
    }
  }
  return rows;
}

test("as CSV each entry is a row, whatever is in it, and no cell is a formula", () => {
  const nasty = ["=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "'=1", "'", "a,b", "a\"b\r\n\"c\"", "", "é ✓", " a "];
  const entries = nasty.map((text, at) => ({ id: `e${at}`, at, what: "noticeSent", order: text, sent: { offersCancel: true, reason: text, counts: true }, shown: { text } }));
  const [head, ...rows] = parsed(recordCsv(entries));
  assert.equal(rows.length, nasty.length);
  for (const [index, row] of rows.entries()) {
    assert.equal(row.length, head.length);
    for (const cell of row) assert.doesNotMatch(cell, /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/u);
    const cell = (name) => row[head.indexOf(name)].replace(/^'/, "");
    assert.deepEqual([cell("order"), cell("reason"), JSON.parse(cell("shown")).text], Array(3).fill(nasty[index]));
    assert.equal(cell("at"), new Date(index).toISOString());
  }
  assert.deepEqual(parsed(recordCsv([])), [head]);
});

test("JSON and CSV have all of a random shop's record", () => {
  const { entries, apply } = recorded(createEngine());
  for (const [command, now] of busy(9, 150)) apply(command, now, { page: "a,b" });
  const [head, ...rows] = parsed(recordCsv(entries));
  assert.deepEqual(rows.map((row) => row[0]), entries.map(({ id }) => id));
  const quantiles = rows.map((row) => row[head.indexOf("quantile")]);
  assert.deepEqual(quantiles, entries.map(({ known }) => (known === undefined ? "" : String(known.quantile))));
  const of = JSON.parse(recordJson(entries));
  const all = of.flatMap(({ entries, lines }) => [...entries, ...lines.flatMap(({ entries }) => entries)]);
  const byId = (one, other) => (one.id < other.id ? -1 : 1);
  assert.deepEqual(all.sort(byId), JSON.parse(JSON.stringify(entries)).sort(byId));
  for (const { order, hold, lines } of of) {
    for (const { line, entries } of lines) for (const entry of entries) assert.deepEqual([entry.order, entry.hold, entry.line], [order, hold, line]);
  }
});
