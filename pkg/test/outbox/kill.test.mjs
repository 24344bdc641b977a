// The outbox under a receiver that fails half the time, with the process killed by SIGKILL at random.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { copyFile, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { restoreEngine } from "backorder";
import { logOf } from "../../dist/engine.js";
import { random } from "../shop.mjs";
import { Receiver } from "./receiver.mjs";

/** How often the process is killed: `cargo xtask outbox --kills 50`. */
const KILLS = Number(process.env.KILLS ?? 5);
const PROCESS = fileURLToPath(new URL("shop-process.mjs", import.meta.url));
const LOG_HEAD_BYTES = 32;
const RECORD_BYTES_AROUND = 32;

/** It fails half the time, in every way. */
const FAILURES = ["fail", "fail", "wait", "hang", "reset", "takeAndDrop", "takeAndDrop", "takeAndHang"];

/** Every event there ever was, by what the log says: each snapshot, and after each record what it brought. */
async function eventsOf(archive) {
  const events = new Map();
  const add = (event) => {
    if (events.has(event.seq)) assert.deepEqual(event, events.get(event.seq), "an event is made again as it was");
    events.set(event.seq, event);
  };
  const numbers = (await readdir(archive)).map((name) => Number(/^snapshot-(\d+)\.bkor$/.exec(name)?.[1])).filter((number) => number > 0);
  for (const number of numbers.sort((one, other) => one - other)) {
    const engine = restoreEngine(await readFile(join(archive, `snapshot-${number}.bkor`)));
    const bytes = await readFile(join(archive, `log-${number}.bkol`));
    const log = logOf(engine);
    log.play(bytes.subarray(0, LOG_HEAD_BYTES));
    engine.drainEvents().forEach(add);
    for (let at = LOG_HEAD_BYTES; at < bytes.length; ) {
      const end = at + RECORD_BYTES_AROUND + Number(bytes.readBigUInt64LE(at));
      log.play(bytes.subarray(at, end));
      engine.drainEvents().forEach(add);
      at = end;
    }
    engine.free();
  }
  return [...events.values()].sort((one, other) => one.seq - other.seq);
}

/** Events in their order, by what they are about. */
function lanes(events) {
  const lanes = new Map();
  for (const { subject, data } of events) {
    const lane = subject.split("/", 2).join("/");
    lanes.set(lane, [...(lanes.get(lane) ?? []), data]);
  }
  return new Map([...lanes].sort(([one], [other]) => (one < other ? -1 : 1)));
}

test(`killed ${KILLS} times: nothing lost, nothing out of order, twice only what has the same id`, async () => {
  const directory = await mkdtemp(join(tmpdir(), "backorder-outbox-"));
  const [below, chance] = [random(20261124), random(7)];
  const receiver = new Receiver(() => (chance(2) === 0 ? "ok" : FAILURES[chance(FAILURES.length)]));
  const url = await receiver.listen();
  const begun = (...args) => {
    const child = spawn(process.execPath, [PROCESS, directory, url, ...args.map(String)], { stdio: ["ignore", "inherit", "inherit"] });
    return { child, ended: new Promise((resolve) => child.on("close", (code, signal) => resolve(signal ?? code))) };
  };
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  try {
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const { child, ended } = begun(kill);
      // Now after so many requests, now while it starts.
      const enough = receiver.requests + (kill % 4 === 0 ? 0 : 1 + below(60));
      while (receiver.requests < enough && child.exitCode === null) await pause(1);
      await pause(kill % 4 === 0 ? below(250) : below(8));
      child.kill("SIGKILL");
      assert.equal(await ended, "SIGKILL", `kill ${kill}`);
    }
    assert.equal(await begun(0, "finish").ended, 0);

    const [engineFiles, archive] = [join(directory, "engine"), join(directory, "archive")];
    for (const name of await readdir(engineFiles)) await copyFile(join(engineFiles, name), join(archive, name));
    const made = await eventsOf(archive);
    assert.deepEqual(made.map(({ seq }) => seq), made.map((_, index) => index + 1), "every event that there was");

    const ids = new Map();
    for (const { path, id, event } of receiver.taken) {
      const known = ids.get(`${path} ${id}`);
      if (known !== undefined) assert.deepEqual(event, known, "twice only what is the same");
      ids.set(`${path} ${id}`, event);
    }
    const types = new Set(["orderPlaced", "lineShipped", "lineCancelled", "promiseMade", "promiseMoved"]);
    for (const [path, wanted] of [["/all", () => true], ["/orders", ({ type }) => types.has(type)]]) {
      const came = receiver.taken.filter((one) => one.path === path).map(({ event }) => event);
      const bySeq = new Map(came.map((event) => [Number(event.id), event]));
      const expected = made.filter(wanted);
      assert.deepEqual([...bySeq.keys()].sort((one, other) => one - other), expected.map(({ seq }) => seq), `${path}: nothing lost`);
      for (const event of expected) assert.deepEqual(bySeq.get(event.seq).data, event);
      for (const [lane, events] of lanes(came)) {
        const seqs = events.map(({ seq }) => seq);
        assert.deepEqual(seqs, [...seqs].sort((one, other) => one - other), `${path}: ${lane} in order, repetitions too`);
      }
    }
    console.log(
      `${KILLS} kills, ${made.length} events in ${lanes([...ids.values()]).size} orders, supplies and items, ` +
        `${receiver.requests} requests, ${ids.size} deliveries, ${receiver.taken.length - ids.size} repetitions by the same id`,
    );
  } finally {
    await receiver.end();
    await rm(directory, { recursive: true });
  }
});
