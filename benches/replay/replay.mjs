// The replay of examples/replay.rs, through the npm package in Node: the same commands in the same order, so that the
// digest is the same.
//
//   node benches/replay/replay.mjs PLAYBOOK

import { createEngine } from "../../pkg/dist/node.js";
import { finish, progressOf, readPlaybook } from "./playbook.mjs";

const book = readPlaybook(process.argv[2]);
const items = book.skus.length;

// An invoice has many rows, and each becomes an order of one line.
const orders = Array.from(book.invoice, (invoice, line) => `${book.invoices[invoice]}/${book.row[line]}`);

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

const lineOfRow = new Uint32Array(book.row.reduce((last, row) => Math.max(last, row), 0) + 1);
book.row.forEach((row, line) => { lineOfRow[row] = line; });

/** The line that an event is about: its order's id ends in the row. */
const lineOf = (event) => lineOfRow[Number(event.order.slice(event.order.lastIndexOf("/") + 1))];

/** All that may ship of these lines' orders. */
function ship(lines, now) {
  const commands = lines.map((line) => ({ type: "ship", order: orders[line] }));
  for (const [index, { status }] of engine.applyAll(commands, now, { events: "drop" }).entries()) {
    if (status !== "applied") throw new Error(`${JSON.stringify(commands[index])} at ${now}: ${status}`);
  }
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
      const line = lineOf(event);
      figures.bo_units_filled[item] += event.quantity;
      figures.bo_unit_seconds[item] += event.quantity * ((event.at - book.at[line]) / 1000);
      ship([line], arrives);
    } else if (event.type === "lineReady") {
      figures.bo_lines_cleared[item] += 1;
    }
  }
}

const groupOfItem = new Uint32Array(items).fill(0xffffffff);

/** Where the lines end that have this instant and name no item twice. */
function endOfGroup(start, group) {
  let end = start;
  while (end < book.lines && book.at[end] === book.at[start] && groupOfItem[book.sku[end]] !== group) {
    groupOfItem[book.sku[end]] = group;
    end += 1;
  }
  return end;
}

function place(start, end, now) {
  const sku = [];
  for (let line = start; line < end; line++) sku.push(book.skus[book.sku[line]]);
  const rows = { order: orders.slice(start, end), sku, quantity: book.quantity.subarray(start, end) };
  const placed = engine.placeAll(rows, now);
  // The bulk door keeps its events. What they say of a line that was just placed is in the columns already.
  engine.drainEvents();
  const shippable = [];
  for (let line = start; line < end; line++) {
    const row = line - start;
    if (placed.status[row] !== 0) throw new Error(`order ${orders[line]} at ${now}: reason ${placed.reason[row]}`);
    const item = book.sku[line];
    const wanted = book.quantity[line];
    const allocated = placed.allocated[row];
    toCome[item] -= 1;
    figures.lines[item] += 1;
    figures.units[item] += wanted;
    figures.units_immediate[item] += allocated;
    figures.bo_units_created[item] += wanted - allocated;
    if (allocated === wanted) figures.lines_full_immediate[item] += 1;
    else if (allocated > 0) figures.lines_partial[item] += 1;
    if (allocated > 0) shippable.push(line);
  }
  ship(shippable, now);
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
for (let line = 0, group = 0; line < book.lines; group++) {
  const now = book.at[line];
  const end = endOfGroup(line, group);
  receiveUntil(now);
  place(line, end, now);
  for (; line < end; line++) reorder(book.sku[line], now);
  progress(line);
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
