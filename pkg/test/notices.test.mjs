import assert from "node:assert/strict";
import { test } from "node:test";
import { restoreEngine } from "../dist/node.js";
import { applied, shop } from "./shop.mjs";

const on = (date) => Date.parse(`${date}T12:00:00Z`);

test("a customer is told of a delay, and silence cancels when the law says so", () => {
  const engine = shop();
  const lines = [{ sku: "lamp", quantity: 1 }];
  const settings = { regime: "ftc", statedShipBy: "2026-09-10", buyerZone: { timeZone: "America/New_York" } };
  applied(engine.apply({ type: "placeOrder", order: "A", lines, ...settings }, on("2026-09-01")));
  const [due] = engine.notices();
  assert.deepEqual(due, engine.order("A", on("2026-09-01")).lines[0].notice);
  assert.deepEqual(due, {
    notice: "N1", order: "A", line: "1", kind: "firstOption", revised: "indefinite", due: "2026-09-10",
    silence: "cancels", cancelsOn: "2026-10-10", refundBy: null, state: "due",
  });
  applied(engine.apply({ type: "noticeSent", notice: "N1", reason: "the maker is late" }, on("2026-09-08")));
  assert.equal(engine.nextWakeAt(), Date.parse("2026-10-11T00:00:00-04:00"));
  const again = restoreEngine(engine.snapshot());
  const events = applied(again.apply({ type: "tick" }, on("2026-10-12")));
  assert.deepEqual(events.map(({ type, notice }) => [type, notice]), [
    ["orderDeemedCancelled", "N1"], ["refundDue", "N1"], ["lineCancelled", undefined],
  ]);
  assert.equal(events[1].to, Date.parse("2026-10-22T00:00:00-04:00"));
  assert.equal(again.notices()[0].refundBy, "2026-10-21");
  applied(again.apply({ type: "refunded", order: "A" }, on("2026-10-13")));
  assert.equal(again.notices()[0].state, "refunded");
});

test("answers that nothing asks for are refused by name", () => {
  const engine = shop();
  const lines = [{ sku: "lamp", quantity: 1 }];
  applied(engine.apply({ type: "placeOrder", order: "A", lines }, 0));
  for (const [command, reason] of [
    [{ type: "noticeSent", notice: "N1" }, "unknownNotice"],
    [{ type: "respond", order: "A", answer: "cancel" }, "nothingDue"],
    [{ type: "refunded", order: "A" }, "nothingDue"],
    [{ type: "placeOrder", order: "B", lines, regime: "moon" }, "conflictingSettings"],
  ]) {
    assert.equal(engine.apply(command, 0).reason, reason);
  }
});
