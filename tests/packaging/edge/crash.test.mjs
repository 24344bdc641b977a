import assert from "node:assert/strict";
import { test } from "node:test";
import { played, shop } from "./host.mjs";

/** How often workerd is killed: `cargo xtask edge --kills 50`. */
const KILLS = Number(process.env.KILLS ?? 5);
const CUSTOMERS = 8;
const SKUS = ["lamp", "vase"];

/** Xorshift: the same shop each time, but for when the kills come. */
function random(seed) {
  let state = seed;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** What the shop was asked, and what it said. */
class Books {
  #below = random(20261123);
  #asked = 0;
  /** Orders that were acknowledged, and of those the ones not yet cancelled or being so. */
  orders = new Map();
  #open = [];
  received = new Map(SKUS.map((sku) => [sku, 0]));
  repeated = 0;

  /** The next command, with an id or key by which it may be sent again. */
  next() {
    this.#asked += 1;
    const sku = SKUS[this.#below(SKUS.length)];
    const quantity = 1 + this.#below(3);
    const kind = this.#below(10);
    if (kind < 2) return { type: "receive", key: `receipt-${this.#asked}`, sku, quantity };
    const cancelled = kind < 3 ? this.#open.pop() : undefined;
    if (cancelled !== undefined) return { type: "cancelOrder", key: `cancel-${this.#asked}`, order: cancelled };
    return { type: "placeOrder", order: `order-${this.#asked}`, lines: [{ sku, quantity }] };
  }

  acknowledged(command, { status }) {
    if (status === "exists") this.repeated += 1;
    else assert.equal(status, "applied", JSON.stringify(command));
    if (command.type === "receive") {
      this.received.set(command.sku, this.received.get(command.sku) + command.quantity);
    } else if (command.type === "placeOrder") {
      this.orders.set(command.order, { ...command.lines[0], cancelled: false });
      this.#open.push(command.order);
    } else this.orders.get(command.order).cancelled = true;
  }

  /** Units that are wanted of an item. */
  wanted(sku) {
    const open = [...this.orders.values()].filter((order) => order.sku === sku && !order.cancelled);
    return open.reduce((sum, { quantity }) => sum + quantity, 0);
  }
}

test(`workerd killed ${KILLS} times under load: nothing acknowledged is lost, nothing counts twice`, async () => {
  const host = await shop();
  const books = new Books();
  const below = random(7);
  let up = Promise.resolve();
  let done = false;
  let acknowledgements = 0;

  /** Sends until it is acknowledged, as a shop's checkout does. */
  async function sent(command) {
    for (;;) {
      await up;
      try {
        return await host.call("apply", command);
      } catch (error) {
        // A defect would come again and again; a dead process is what this is about.
        if (/failed inside|CORRUPT|stored log/.test(error.message)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    }
  }

  async function customer() {
    while (!done) {
      const command = books.next();
      books.acknowledged(command, await sent(command));
      acknowledgements += 1;
    }
  }

  try {
    for (const sku of SKUS) await sent({ type: "defineItem", sku });
    const customers = Array.from({ length: CUSTOMERS }, customer);
    const failed = Promise.race(customers);
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const enough = acknowledgements + 10 + below(150);
      while (acknowledgements < enough) {
        await Promise.race([failed, new Promise((resolve) => setTimeout(resolve, below(4)))]);
      }
      // All that was acknowledged until now must be there afterwards; what is on its way may be.
      const safe = new Map([...books.orders].map(([id, order]) => [id, { ...order }]));
      host.kill();
      let open;
      up = new Promise((resolve) => (open = resolve));
      await host.restart();
      const engine = played(await host.call("stored"));
      assert.equal(engine.digest(), await host.call("digest"), `kill ${kill}`);
      for (const [id, { sku, quantity, cancelled }] of safe) {
        const line = engine.order(id, engine.lastInstant())?.lines[0];
        assert.deepEqual([line?.sku, line?.quantity], [sku, quantity], `kill ${kill}: ${id} was acknowledged`);
        if (cancelled) assert.equal(line.cancelled, quantity, `kill ${kill}: ${id} was cancelled`);
      }
      engine.free();
      open();
    }
    done = true;
    await Promise.all(customers);

    const engine = played(await host.call("stored"));
    assert.equal(engine.digest(), await host.call("digest"));
    assert.equal(engine.metrics(engine.lastInstant()).orders, books.orders.size, "each order once, and no other");
    for (const sku of SKUS) {
      const { onHand, allocated, backordered } = engine.position(sku);
      assert.equal(onHand, books.received.get(sku), `${sku}: each receipt once`);
      assert.equal(allocated + backordered, books.wanted(sku), `${sku}: each order and each cancellation once`);
    }
    console.log(
      `${KILLS} kills, ${acknowledgements} acknowledged commands, ${books.orders.size} orders, ` +
        `${books.repeated} commands whose answer was lost and that were found done when they came again`,
    );
  } finally {
    done = true;
    await host.end();
  }
});
