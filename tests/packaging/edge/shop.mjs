// The Worker under test: the package's Durable Object as a shop would use it, and doors by which a test can look at its
// storage and have it fail.

import { BackorderObject, bodyText } from "backorder/durable-object";
import { openOutbox, webhookSender } from "backorder/outbox";
import { initSync, RawEngine } from "./node_modules/backorder/dist/wasm/backorder.js";

export class Shop extends BackorderObject {
  leastLogBytes = 4_000;
  fallen = [];

  fellDue({ events }) {
    this.fallen.push(...events);
  }

  /** What fell due and was handed over, since this object was started. */
  told() {
    return this.fallen;
  }

  /** The stored bytes, as whoever knows docs/FORMAT.md alone would find them. */
  stored() {
    const rows = (table) => this.ctx.storage.sql.exec(`SELECT part, bytes FROM ${table} ORDER BY part`).toArray();
    const lengths = (table) => rows(table).map(({ part, bytes }) => [part, bytes.byteLength]);
    const hex = (table) => rows(table).map(({ bytes }) => hexOf(new Uint8Array(bytes))).join("");
    return {
      snapshot: hex("backorder_snapshot"),
      log: hex("backorder_log"),
      rows: { snapshot: lengths("backorder_snapshot"), log: lengths("backorder_log") },
    };
  }

  /** From now on storing a row fails, as it does where storage is full; or no longer. */
  fill(table) {
    const { sql } = this.ctx.storage;
    sql.exec("DROP TRIGGER IF EXISTS full");
    if (table) sql.exec(`CREATE TRIGGER full BEFORE INSERT ON ${table} BEGIN SELECT RAISE(ABORT, 'storage is full'); END`);
  }

  /** Several orders as one: all or none. */
  bundle(orders, failing) {
    return this.change((apply) => {
      const outcomes = orders.map((order) => apply({ type: "placeOrder", ...order }));
      if (failing) throw new Error("changed my mind");
      return outcomes.map(({ status }) => status);
    });
  }

  later(order) {
    return this.change(async (apply) => apply({ type: "placeOrder", ...order }));
  }

  alarmAt() {
    return this.ctx.storage.getAlarm();
  }

  /** Has the core fail in the middle of its next so many calls of a method, with its memory overwritten. */
  wreck(method, times) {
    const { memory } = initSync();
    const original = RawEngine.prototype[method];
    RawEngine.prototype[method] = function (...given) {
      times -= 1;
      if (times <= 0) RawEngine.prototype[method] = original;
      // The first words count who uses the engine.
      new Uint8Array(memory.buffer, this.__wbg_ptr + 16, 512).fill(255);
      return original.apply(this, given);
    };
  }

  /** As many commands as come to a snapshot of so many bytes, in one request. */
  grow(bytes) {
    for (let order = 0; this.snapshot().length < bytes; ) {
      for (const stop = order + 2_000; order < stop; order += 1) {
        const id = `grown-${order}-${"x".repeat(100)}`;
        this.apply({ type: "placeOrder", order: id, lines: [{ sku: "lamp", quantity: 1 }] });
      }
    }
  }
}

/** The same with events that are kept until somebody fetches them. */
export class Keeper extends Shop {
  events = "keep";
}

/** The same with an outbox that delivers them, to the receiver of the test. */
export class Teller extends Keeper {
  openOutbox(engine, store) {
    const secret = `whsec_${"A".repeat(32)}`;
    const hook = { send: webhookSender({ url: this.env.RECEIVER, secret }), delaysMs: Array(60).fill(10), timeoutMs: 500 };
    return openOutbox(engine, store, { events: { engine: "teller", typePrefix: "com.example" }, destinations: { hook } });
  }

  async status() {
    return (await this.outbox()).status();
  }
}

function hexOf(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export default {
  async fetch(request, env) {
    const [, door, method] = new URL(request.url).pathname.split("/");
    const stub = ({ keeper: env.KEEPER, teller: env.TELLER }[door] ?? env.SHOP).getByName("main");
    if (door === "fetch") return stub.fetch(request);
    if (door === "body") return new Response(await bodyText(request, 10) ?? "too long");
    try {
      const args = await request.json();
      const answer = await stub[method](...args);
      return Response.json({ answer: answer instanceof Uint8Array ? hexOf(answer) : answer ?? null });
    } catch (error) {
      return Response.json({ error: `${error.name}: ${error.message}` });
    }
  },
};
