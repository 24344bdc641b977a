// The replay of examples/replay.rs, through the npm package in Node: the same commands in the same order, so that the
// digest is the same.
//
//   node benches/replay/replay.mjs PLAYBOOK

import { createEngine } from "../../pkg/dist/node.js";
import { finish, progressOf, readPlaybook } from "./playbook.mjs";

const book = readPlaybook(process.argv[2]);
const items = book.skus.length;

const counts = () => new Float64Array(items);
const figures = {
  I0: Float64Array.from(book.initial),
  lines: counts(), units: counts(), units_immediate: counts(), lines_full_immediate: counts(), orders: counts(),
  units_ordered: counts(), receipts: counts(), lines_partial: counts(), bo_units_created: counts(),
  max_queue: counts(), bo_units_filled: counts(), bo_unit_seconds: counts(), bo_lines_cleared: counts(),
  end_on_hand: counts(), end_on_order: counts(), end_backlog_units: counts(), end_backlog_lines: counts(),
};

const start = performance.now();
const engine = createEngine();

/** Nothing that the rules play is ever refused. */
function apply(command, now) {
  const outcome = engine.apply(command, now);
  if (outcome.status !== "applied") throw new Error(`${JSON.stringify(command)} at ${now}: ${JSON.stringify(outcome)}`);
  return outcome.events;
}

// How many lines of each item are still to come: without any, its receipts are nobody's business.
const toCome = new Uint32Array(items);
for (const item of book.sku) toCome[item] += 1;

/** The order that an event is about: its id ends in its number. */
const orderOf = (event) => Number(event.order.slice(event.order.lastIndexOf("/") + 1));

/** All that may ship of an order. */
function ship(order, now) {
  const { status } = engine.apply({ type: "ship", order: book.orders[order] }, now, { events: "drop" });
  if (status !== "applied") throw new Error(`order ${book.orders[order]} does not ship at ${now}: ${status}`);
}

// The lead time is the same for all, so reorders arrive as they were made.
const reorders = [];
let received = 0;

function receiveUntil(now) {
  while (received < reorders.length && reorders[received].arrives <= now) {
    const due = reorders[received];
    reorders[received] = undefined;
    received += 1;
    if (toCome[due.item] > 0) receive(due);
  }
}

function receive({ arrives, item, quantity, supply }) {
  figures.receipts[item] += 1;
  for (const event of apply({ type: "receive", sku: book.skus[item], quantity, supply }, arrives)) {
    if (event.cause.command !== "receive") continue;
    if (event.type === "lineAllocated") {
      const order = orderOf(event);
      figures.bo_units_filled[item] += event.quantity;
      figures.bo_unit_seconds[item] += event.quantity * ((event.at - book.at[book.first[order]]) / 1000);
      ship(order, arrives);
    } else if (event.type === "lineReady") {
      figures.bo_lines_cleared[item] += 1;
    }
  }
}

/** Places an order, and ships what it gets at once. */
function place(order, now) {
  const first = book.first[order];
  const lines = [];
  for (let line = first; line < book.first[order + 1]; line++) {
    const item = book.sku[line];
    lines.push({ sku: book.skus[item], quantity: book.quantity[line] });
    toCome[item] -= 1;
    figures.lines[item] += 1;
    figures.units[item] += book.quantity[line];
    figures.bo_units_created[item] += book.quantity[line];
  }
  let getsSome = false;
  for (const event of apply({ type: "placeOrder", order: book.orders[order], lines }, now)) {
    if (event.type !== "lineAllocated") continue;
    // Unnamed lines are called 1, 2, 3 and so on.
    const line = first + Number(event.line) - 1;
    const item = book.sku[line];
    figures.units_immediate[item] += event.quantity;
    figures.bo_units_created[item] -= event.quantity;
    if (event.quantity === book.quantity[line]) figures.lines_full_immediate[item] += 1;
    else figures.lines_partial[item] += 1;
    getsSome = true;
  }
  if (getsSome) ship(order, now);
}

/** Orders by the rule, if the item's position has come down to its reorder point. */
function reorder(item, now) {
  const sku = book.skus[item];
  const { available, incoming, backordered, waitingLines } = engine.position(sku);
  if (waitingLines > figures.max_queue[item]) figures.max_queue[item] = waitingLines;
  const position = available + incoming - backordered;
  const point = book.initial[item];
  if (position > point) return;
  const lot = 2 * point;
  const quantity = (Math.floor((point - position) / lot) + 1) * lot;
  const arrives = now + book.leadMs;
  const supply = `PO-${reorders.length + 1}`;
  figures.orders[item] += 1;
  figures.units_ordered[item] += quantity;
  apply({ type: "scheduleSupply", supply, sku, quantity, due: arrives }, now);
  reorders.push({ arrives, item, quantity, supply });
}

for (let item = 0; item < items; item++) {
  const sku = book.skus[item];
  apply({ type: "defineItem", sku }, book.at[0]);
  apply({ type: "receive", sku, quantity: book.initial[item] }, book.at[0]);
}
const progress = progressOf(book.lines);
for (let order = 0; order < book.orders.length; order++) {
  const end = book.first[order + 1];
  const now = book.at[end - 1];
  receiveUntil(now);
  place(order, now);
  for (let line = book.first[order]; line < end; line++) reorder(book.sku[line], now);
  progress(end);
}
const seconds = (performance.now() - start) / 1000;

for (let item = 0; item < items; item++) {
  const { available, incoming, backordered, waitingLines } = engine.position(book.skus[item]);
  figures.end_on_hand[item] = available;
  figures.end_on_order[item] = incoming;
  figures.end_backlog_units[item] = backordered;
  figures.end_backlog_lines[item] = waitingLines;
}
finish(seconds, figures, engine.digest());
engine.free();
