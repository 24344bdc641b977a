// An object's outbox, which delivers by its alarm, under a receiver that fails half the time, and workerd killed under it.

import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { shop } from "./host.mjs";

/** How often workerd is killed: `cargo xtask edge --kills 50`. */
const KILLS = Number(process.env.KILLS ?? 5);

/** Half of the requests fail: refused, never answered, cut off, and cut off once the event was taken. */
const FAILURES = [
  (response) => response.writeHead(500).end(),
  () => undefined,
  (response) => response.socket.destroy(),
  (response, take) => (take(), response.socket.destroy()),
];

test(`events of an object that is killed ${KILLS} times: each delivered, in order, twice only by the same id`, async () => {
  const taken = [];
  let requests = 0;
  const server = createServer(async (request, response) => {
    const chunks = [];
    try {
      for await (const chunk of request) chunks.push(chunk);
    } catch {
      return;
    }
    requests += 1;
    const take = () => taken.push({ id: request.headers["webhook-id"], event: JSON.parse(Buffer.concat(chunks).toString()) });
    if (requests % 2 === 0) return FAILURES[(requests / 2) % FAILURES.length](response, take);
    take();
    response.writeHead(204).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const host = await shop({ RECEIVER: `http://127.0.0.1:${server.address().port}/hook` });
  const teller = (method, ...args) => host.ask("teller", method, args);
  const pause = () => new Promise((resolve) => setTimeout(resolve, 5));
  const orders = [];
  try {
    await teller("apply", { type: "defineItem", sku: "lamp" });
    for (let kill = 0; kill <= KILLS; kill += 1) {
      for (let count = 0; count < 6; count += 1) {
        const order = `A-${kill}-${count}`;
        const { status } = await teller("apply", { type: "placeOrder", order, lines: [{ sku: "lamp", quantity: 1 }] });
        assert.equal(status, "applied");
        orders.push(order);
      }
      await teller("apply", { type: "cancelOrder", order: `A-${kill}-0` });
      if (kill === KILLS) break;
      const enough = requests + 1 + (kill % 7);
      while (requests < enough) await pause();
      host.kill();
      await host.restart();
    }
    for (let waiting = 1; waiting > 0; await pause()) {
      const kept = await teller("keptEvents", 1);
      const [status] = await teller("status");
      assert.equal(status.dead, 0);
      waiting = kept.length + status.waiting;
    }
    const byId = new Map();
    const latest = new Map();
    for (const { id, event } of taken) {
      assert.deepEqual(byId.get(id) ?? event, event);
      byId.set(id, event);
      const lane = event.subject.split("/", 2).join("/");
      assert.ok((latest.get(lane) ?? 0) <= event.data.seq, `${lane} in order`);
      latest.set(lane, event.data.seq);
    }
    const seqs = [...byId.values()].map(({ data }) => data.seq).sort((one, other) => one - other);
    assert.deepEqual(seqs, seqs.map((_, index) => index + 1), "none is missing");
    const placed = [...byId.values()].filter(({ data }) => data.type === "orderPlaced").map(({ data }) => data.order);
    assert.deepEqual(placed.sort(), orders.sort());
    console.log(`${KILLS} kills, ${seqs.length} events, ${requests} requests, ${taken.length - byId.size} repetitions`);
  } finally {
    await host.end();
    server.closeAllConnections();
    server.close();
  }
});
