// One contestant of `cargo xtask bench` that lives in Node. It takes orders on standard input as benches/queues/native.rs
// does, and draws the same work as benches/queues/workload.rs.
//
//   node benches/queues/contestants.mjs rival         a queue in JavaScript that does the engine's operations
//   node benches/queues/contestants.mjs bare          a queue in JavaScript and nothing besides
//   node benches/queues/contestants.mjs package
//   node benches/queues/contestants.mjs wasm GLUE     the module of benches/queues, with its glue

import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const SKU = "mug";
const PRIORITIES = [50, 100, 100, 100, 100, 100, 100, 100, 150, 200];
const WEEK_MS = 7 * 86_400_000;
const LEAD_TIME_DAYS = 70;
const NOW = 1_767_225_600_000;

const suppliesOf = (lines) =>
  Array.from({ length: 8 }, (_, index) => ({ quantity: Math.floor(lines / 2), due: NOW + (index + 1) * WEEK_MS }));

const weeks = (date) => Math.floor((date - NOW) / WEEK_MS);

/** Mulberry32, as in workload.rs. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return (bound) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) * bound) / 2 ** 32);
  };
}

/** Text as it comes from outside: flat, and never seen before. */
const fresh = (text) => Buffer.from(text, "latin1").toString("latin1");

/** Draws what is done next, with the same numbers as the Rust workload. */
class Draws {
  #random;
  #waiting = [];
  #next = 0;

  constructor(lines) {
    this.#random = randomFrom(lines);
  }

  take(operation, count) {
    const draws = [];
    for (let i = 0; i < count; i++) {
      const order = fresh(`ord-${String(this.#number(operation)).padStart(6, "0")}`);
      const quantity = 1 + this.#random(9);
      const priority = PRIORITIES[this.#random(PRIORITIES.length)];
      draws.push({ order, quantity, priority });
    }
    return draws;
  }

  #number(operation) {
    const waiting = this.#waiting;
    if (operation === "quote") return 0;
    if (operation === "place") {
      waiting.push(this.#next);
      return this.#next++;
    }
    const place = this.#random(waiting.length);
    const number = waiting[place];
    if (operation === "cancel") {
      waiting[place] = waiting.at(-1);
      waiting.pop();
    }
    return number;
  }
}

/** What all JavaScript contestants answer to: their own way of each operation, and the draws that it is done with. */
function sums(operations, drawn) {
  const sum = (answer) => () => {
    let total = 0;
    for (const draw of drawn.draws) total += answer(draw);
    return total;
  };
  return Object.fromEntries(Object.entries(operations).map(([name, answer]) => [name, sum(answer)]));
}

/** What is drawn for a contestant with a bulk door, also as the columns that this takes. */
class Batch {
  draws = [];
  rows;
  #random;

  /** Begins anew, with so many orders handed to `place`, a batch at a time. */
  begin(lines, place) {
    this.#random = new Draws(lines);
    for (let placed = 0; placed < lines; placed += 1_000) {
      this.prepare("place", Math.min(1_000, lines - placed));
      place();
    }
  }

  prepare(operation, count) {
    const draws = this.#random.take(operation, count);
    this.draws = draws;
    this.rows = {
      order: draws.map(({ order }) => order),
      sku: { values: [SKU], codes: new Uint32Array(draws.length) },
      quantity: Float64Array.from(draws, ({ quantity }) => quantity),
      priority: Uint8Array.from(draws, ({ priority }) => priority),
    };
  }
}

const weeksOf = ({ promise }) => promise.reduce((total, date) => total + weeks(date), 0);

/** The queue in JavaScript that keeps promises and events as the engine does. */
async function rival() {
  const { PromisingQueue, PROMISE_MOVED } = await import("../rivals/promises.mjs");
  let queue;
  const batch = new Batch();
  const operations = {
    ...sums(
      {
        quote: ({ quantity, priority }) => {
          const { ahead, date } = queue.quote(quantity, priority);
          return ahead + weeks(date);
        },
        cancel: ({ order }) => (queue.cancel(order, NOW) ? 1 : 0),
        position: ({ order }) => {
          const { ahead, date } = queue.order(order);
          return ahead + weeks(date);
        },
      },
      batch,
    ),
    place: () => weeksOf(queue.placeAll(batch.rows, NOW)),
  };
  return {
    build(lines) {
      queue = new PromisingQueue(suppliesOf(lines), NOW + LEAD_TIME_DAYS * 86_400_000);
      batch.begin(lines, () => {
        operations.place();
        queue.drain();
      });
    },
    prepare: (operation, count) => batch.prepare(operation, count),
    run: (operation) => operations[operation](),
    moved: () => queue.drain().kind.reduce((moved, kind) => moved + (kind === PROMISE_MOVED ? 1 : 0), 0),
  };
}

/** The queue in JavaScript that keeps no promise, and so moves none. */
async function bare() {
  const { Queue } = await import("../rivals/queue.mjs");
  let queue;
  let random;
  const drawn = { draws: [] };
  const operations = sums(
    {
      quote: ({ quantity, priority }) => {
        const { ahead, date } = queue.quote(quantity, priority);
        return ahead + weeks(date);
      },
      place: ({ order, quantity, priority }) => weeks(queue.place(order, quantity, priority).date),
      cancel: ({ order }) => (queue.cancel(order) ? 1 : 0),
      position: ({ order }) => {
        const { ahead, date } = queue.order(order);
        return ahead + weeks(date);
      },
    },
    drawn,
  );
  return {
    build(lines) {
      queue = new Queue(suppliesOf(lines), NOW + LEAD_TIME_DAYS * 86_400_000);
      random = new Draws(lines);
      drawn.draws = random.take("place", lines);
      operations.place();
    },
    prepare(operation, count) {
      drawn.draws = random.take(operation, count);
    },
    run: (operation) => operations[operation](),
    moved: () => 0,
  };
}

/** The npm package: orders by the bulk door, the rest one by one. */
async function npmPackage() {
  const { createEngine } = await import("../../pkg/dist/node.js");
  let engine;
  const batch = new Batch();
  const operations = {
    ...sums(
      {
        quote: ({ quantity, priority }) => {
          const { ahead, promise } = engine.quote({ sku: SKU, quantity, priority }, NOW);
          return ahead + weeks(promise);
        },
        cancel: ({ order }) => (engine.apply({ type: "cancelOrder", order }, NOW).status === "applied" ? 1 : 0),
        position: ({ order }) => {
          const { ahead, ships } = engine.order(order, NOW).lines[0];
          return ahead + weeks(ships.p50);
        },
      },
      batch,
    ),
    place: () => weeksOf(engine.placeAll(batch.rows, NOW)),
  };
  return {
    build(lines) {
      engine?.free();
      engine = createEngine();
      engine.apply({ type: "defineItem", sku: SKU, replenishment: { leadTimeDays: LEAD_TIME_DAYS } }, NOW);
      suppliesOf(lines).forEach(({ quantity, due }, index) => {
        engine.apply({ type: "scheduleSupply", supply: `supply-${index + 1}`, sku: SKU, quantity, due }, NOW);
      });
      batch.begin(lines, () => {
        operations.place();
        engine.drainEvents();
      });
    },
    prepare: (operation, count) => batch.prepare(operation, count),
    run: (operation) => operations[operation](),
    // The bulk door keeps its events; they are taken out of the engine before the next batch.
    moved: () => engine.drainEvents().filter(({ type }) => type === "promiseMoved").length,
  };
}

/** The Rust workload in wasm. A queue of another size has an instance of its own, so that its memory is its own. */
async function wasm(glue) {
  const { readFile } = await import("node:fs/promises");
  // Compiled once: what the host has learned to do fast stays so from one instance to the next.
  const module = await WebAssembly.compile(await readFile(glue.replace(/\.js$/, "_bg.wasm")));
  const instances = new Map();
  let queue;
  const instanceFor = async (lines) => {
    const { initSync, Queue } = await import(`${pathToFileURL(glue)}?${lines}`);
    return { memory: initSync({ module }).memory, Queue };
  };
  return {
    async build(lines) {
      queue?.free();
      if (!instances.has(lines)) instances.set(lines, await instanceFor(lines));
      const { memory, Queue } = instances.get(lines);
      queue = new Queue(lines);
      const before = memory.buffer.byteLength;
      queue.fill(lines);
      return memory.buffer.byteLength - before;
    },
    prepare: (operation, count) => queue.prepare(operation, count),
    run: () => queue.run(),
    moved: () => queue.moved(),
    snapshot: () => queue.snapshotBytes(),
  };
}

const contestant = await { rival, bare, package: npmPackage, wasm }[process.argv[2]](process.argv[3]);
for await (const line of createInterface({ input: process.stdin })) {
  const [word, count] = line.split(" ");
  if (word === "build") {
    const grown = await contestant.build(Number(count));
    console.log(`0 ${grown ?? 0} 0`);
    continue;
  }
  if (word === "snapshot") {
    console.log(`0 ${contestant.snapshot()} 0`);
    continue;
  }
  contestant.prepare(word, Number(count));
  const start = process.hrtime.bigint();
  const sum = contestant.run(word);
  const elapsed = process.hrtime.bigint() - start;
  console.log(`${elapsed} ${sum} ${contestant.moved()}`);
}
