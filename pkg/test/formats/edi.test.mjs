// There is no package of these code lists. The table restates X12 668 and 368 (004010), EDIFACT 1229 (D.97B), EANCOM's
// ORDRSP and the qualifiers, from the pages that EDI_CODES names.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CLOUDEVENT_TYPES, EDI_CODES, EDI_STATUSES, ediOfEvent, ediOfLine, ediOfQuote } from "backorder/formats";
import { DAY, applied, order, shop } from "../shop.mjs";
import { NOW, QUOTES, line, refusedAt, undated } from "./quotes.mjs";

/** Status: X12 668, X12 368, EDIFACT 1229, EANCOM 1229. */
const TABLE = {
  accepted: ["IA", "AV", "5", "5"],
  scheduled: ["IA", "AS", "5", "5"],
  reduced: ["IQ", "AV", "6", "3"],
  reducedScheduled: ["IQ", "AS", "6", "3"],
  backordered: ["IB", "BO", "6", "3"],
  partlyBackordered: ["BP", "BP", "6", "3"],
  partlyBackorderedUndated: ["BP", "BO", "6", "3"],
  preordered: ["IA", "ED", "6", "3"],
  preorderedUndated: ["SP", undefined, "6", "3"],
  rescheduled: ["DR", "ED", "6", "3"],
  substituted: ["IS", "IS", "6", "3"],
  shipped: ["AC", "CL", "5", "5"],
  shippedReduced: ["AC", "CL", "6", "3"],
  cancelled: ["ID", "IC", "2", undefined],
  outOfStock: ["IR", "DS", "7", "7"],
  discontinued: ["IR", "DI", "7", "7"],
};

test("the table says what the lists say, and each of its codes is explained once, with a source", () => {
  const own = Object.entries(EDI_STATUSES).map(([status, { lineStatus, orderStatus, action, eancomAction }]) => {
    return [status, [lineStatus, orderStatus, action, eancomAction]];
  });
  assert.deepEqual(Object.fromEntries(own), TABLE);

  const used = new Set(["X12 355 EA", "X12 374 079", "EDIFACT 2005 11", "EDIFACT 2379 102"]);
  for (const quantity of [12, 21, 83]) used.add(`EDIFACT 6063 ${quantity}`);
  for (const [x668, x368, action, eancom] of Object.values(TABLE)) {
    used.add(`X12 668 ${x668}`).add(`EDIFACT 1229 ${action}`);
    if (x368 !== undefined) used.add(`X12 368 ${x368}`);
    if (eancom !== undefined) used.add(`EDIFACT 1229 ${eancom}`);
  }
  const listed = EDI_CODES.map(({ standard, element, code }) => `${standard} ${element} ${code}`);
  assert.deepEqual(listed.sort(), [...used].sort());
  for (const { meaning, source } of EDI_CODES) {
    assert.notEqual(meaning, "");
    assert.doesNotThrow(() => new URL(source));
  }
});

test("a quote: the answer to an order of it", () => {
  const [dated, promise] = ["20260310", QUOTES.backorder.promise];
  for (const [kind, status, without, waits, day] of [
    ["inStock", "scheduled", "accepted", 0, "20260226"],
    ["limited", "partlyBackordered", "partlyBackorderedUndated", 3, dated],
    ["backorder", "backordered", "backordered", 5, dated],
    ["preorder", "preordered", "preorderedUndated", 5, "20260402"],
    ["outOfStock", "outOfStock", "outOfStock", 0, undefined],
    ["discontinued", "discontinued", "discontinued", 0, undefined],
  ]) {
    coded(ediOfQuote(QUOTES[kind]), status, { ordered: 5, waits, day });
    coded(ediOfQuote(undated(QUOTES[kind])), without, { ordered: 5, waits });
  }
  assert.deepEqual(ediOfQuote({ ...QUOTES.limited, promise: NOW + 12 * DAY }, { timeZone: "Asia/Tokyo", unit: "CA" }), {
    status: "partlyBackordered",
    x12: {
      lineStatus: "BP",
      orderStatus: "BP",
      backordered: { quantity: 3, unit: "CA" },
      date: { qualifier: "079", value: "20260310" },
    },
    edifact: {
      action: "6",
      eancomAction: "3",
      quantities: [
        { qualifier: "21", quantity: 5 },
        { qualifier: "83", quantity: 3 },
      ],
      date: { qualifier: "11", value: "20260310", format: "102" },
    },
  });
  assert.ok(promise !== null);
});

test("a line: how it stands", () => {
  const promised = Date.UTC(2026, 2, 12, 23);
  const day = "20260312";
  for (const [figures, status, { waits = 0, shipped = 0, date = day } = {}] of [
    [{ allocated: 5 }, "scheduled"],
    [{ allocated: 4, cancelled: 1 }, "reducedScheduled"],
    [{ allocated: 3, shipped: 2 }, "scheduled", { shipped: 2 }],
    [{ backordered: 5 }, "backordered", { waits: 5 }],
    [{ backordered: 4, cancelled: 1 }, "backordered", { waits: 4 }],
    [{ allocated: 2, backordered: 3 }, "partlyBackordered", { waits: 3 }],
    [{ shipped: 2, backordered: 3 }, "partlyBackordered", { waits: 3, shipped: 2 }],
    [{ shipped: 5 }, "shipped", { shipped: 5, date: null }],
    [{ shipped: 4, cancelled: 1 }, "shippedReduced", { shipped: 4, date: null }],
    [{ cancelled: 5 }, "cancelled", { date: null }],
  ]) {
    coded(ediOfLine(line({ ...figures, promised })), status, { ordered: 5, waits, shipped, day: date ?? undefined });
  }
  for (const [figures, status, waits] of [
    [{ allocated: 5 }, "accepted", 0],
    [{ allocated: 4, cancelled: 1 }, "reduced", 0],
    [{ backordered: 5 }, "backordered", 5],
    [{ allocated: 2, backordered: 3 }, "partlyBackorderedUndated", 3],
  ]) {
    for (const promised of [null, 2 ** 53 - 1]) {
      coded(ediOfLine(line({ ...figures, promised })), status, { ordered: 5, waits });
    }
  }
});

test("an event: what it says by itself, and nothing where it says too little", () => {
  const head = { seq: 1, at: NOW, cause: { command: "tick" }, line: "1", sku: "lamp", location: "default" };
  const [from, to] = [NOW, NOW + 14 * DAY];
  coded(ediOfEvent({ ...head, type: "lineBackordered", order: "A", quantity: 3 }), "backordered", { waits: 3 });
  coded(ediOfEvent({ ...head, type: "lineReady", order: "A", quantity: 3 }), "accepted", {});
  coded(ediOfEvent({ ...head, type: "promiseMoved", order: "A", from, to }), "rescheduled", { day: "20260312" });
  coded(ediOfEvent({ ...head, type: "promiseMoved", order: "A", from, to: null }), "backordered", {});
  coded(ediOfEvent({ ...head, type: "lineSubstituted", order: "A", quantity: 3 }), "substituted", {});

  const told = ["lineBackordered", "lineReady", "promiseMoved", "lineSubstituted"];
  for (const type of Object.keys(CLOUDEVENT_TYPES)) {
    if (!told.includes(type)) assert.equal(ediOfEvent({ ...head, type, order: "A", quantity: 3, to }), undefined, type);
  }
  for (const type of ["lineBackordered", "lineReady", "promiseMoved"]) {
    assert.equal(ediOfEvent({ ...head, type, hold: "H", quantity: 3, from, to }), undefined, `${type} of a hold`);
  }
});

test("of a shop: the answer to an order is that of its quote", () => {
  for (const [stock, quantity, status] of [
    [5, 5, "scheduled"],
    [2, 5, "partlyBackordered"],
    [0, 5, "backordered"],
    [2, 60, "partlyBackorderedUndated"],
  ]) {
    const lamps = shop(stock);
    applied(lamps.apply({ type: "scheduleSupply", supply: "PO-77", sku: "lamp", quantity: 50, due: NOW + 11 * DAY }, NOW));
    const answer = ediOfQuote(lamps.quote({ sku: "lamp", quantity }, NOW));
    applied(lamps.apply(order("A", quantity), NOW));
    assert.equal(answer.status, status);
    assert.deepEqual(ediOfLine(lamps.order("A", NOW).lines[0]), answer);
  }
});

test("what cannot be right is refused with its path", () => {
  assert.throws(() => ediOfQuote(QUOTES.inStock, { unit: "each" }), refusedAt("options.unit"));
  assert.throws(() => ediOfQuote(QUOTES.outOfStock, { timeZone: "Mars/Olympus" }), refusedAt("options.timeZone"));
  assert.throws(() => ediOfLine(line({ allocated: 5 }), { zone: "UTC" }), refusedAt("options.zone"));
});

function coded(edi, status, { ordered, waits = 0, shipped = 0, day }) {
  const [lineStatus, orderStatus, action, eancomAction] = TABLE[status];
  assert.equal(edi.status, status);
  assert.deepEqual([edi.x12.lineStatus, edi.x12.orderStatus], [lineStatus, orderStatus], status);
  assert.deepEqual([edi.edifact.action, edi.edifact.eancomAction], [action, eancomAction], status);
  assert.deepEqual(edi.x12.backordered, waits > 0 ? { quantity: waits, unit: "EA" } : undefined, status);
  const all = [
    { qualifier: "21", quantity: ordered ?? 0 },
    { qualifier: "83", quantity: waits },
    { qualifier: "12", quantity: shipped },
  ];
  assert.deepEqual(edi.edifact.quantities, all.filter(({ quantity }) => quantity > 0), status);
  assert.deepEqual(edi.x12.date, day && { qualifier: "079", value: day }, status);
  assert.deepEqual(edi.edifact.date, day && { qualifier: "11", value: day, format: "102" }, status);
}
