import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { promisify } from "node:util";
import { law } from "../dist/law.js";
import { DAY, applied, shop } from "./shop.mjs";

const { cases } = JSON.parse(readFileSync(new URL("../../tests/law.json", import.meta.url), "utf8"));

const hour = (at) => `${new Date(at).toISOString().slice(0, 10)} ${new Date(at).toISOString().slice(11, 13)}`;

for (const { id, text, steps } of cases) {
  test(`${id}, ${text}`, () => {
    const engine = shop();
    for (const step of steps) {
      const place = JSON.stringify(step);
      if (step.ask !== undefined) {
        assert.deepEqual(law(step.ask), step.answer, place);
        continue;
      }
      const now = Date.parse(step.on) + DAY / 2;
      const events = applied(engine.apply(step.command ?? { type: "tick" }, now));
      const deemed = events.filter(({ type }) => type === "orderDeemedCancelled").map(({ at }) => hour(at));
      assert.deepEqual(deemed, step.deemedCancelled === undefined ? [] : [step.deemedCancelled], place);
      if (step.notice !== undefined) assert.deepEqual({ ...engine.notices()[0], ...step.notice }, engine.notices()[0], place);
      if (step.cancelled !== undefined) assert.equal(engine.order("A", now).lines[0].cancelled, step.cancelled, place);
      if (step.wakes !== undefined) assert.equal(hour(engine.nextWakeAt()), step.wakes, place);
    }
  });
}

test("a question that is none is refused with its path", () => {
  for (const [question, path] of [
    [{ type: "tick" }, "type"],
    [{ type: "remedy", due: "2026-03-31", today: "soon" }, "today"],
    [{ type: "frenchRefund", ended: "2026-03-01", paid: 5n }, "paid"],
    [{ type: "ftcApplies", goods: "food" }, "goods"],
  ]) {
    assert.throws(() => law(question), { name: "BackorderError", code: "INVALID_ARGUMENT", path });
  }
});

test("without the main entry it says so; with it there is nothing to call in Node", async () => {
  const ask = `law({ type: "frenchRefund", ended: "2026-03-01" })`;
  const said = async (first) => {
    const code = `${first} import { law } from "backorder/law"; try { console.log(${ask}.refundBy); } catch ({ code }) { console.log(code); }`;
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], { cwd: new URL("..", import.meta.url) });
    return stdout.trim();
  };
  assert.equal(await said(""), "NOT_INITIALISED");
  assert.equal(await said('import "backorder";'), "2026-03-15");
});
