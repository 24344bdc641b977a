// The rival: the operations that the engine does, as a careful JavaScript programmer would write them for this one
// case, a sold-out item and orders of one line. What a placement does here is what a placement does there:
//
// - An id stays known for good, and a repeated one is told from another order under the same id by its content.
// - The order gets a promise, which is kept, and entered under the day on which it ends.
// - Whoever ranks behind is served that much later. Orders that this takes over the end of a supply get a later
//   promise, and only these are looked at: at most as many as the newcomer has units, at the end of each supply.
// - Every fact is kept as an event until it is drained: the order placed, the line waiting, the promise made, and each
//   promise moved with both its dates.
//
// Nothing is an object for each order: orders, events and days are columns of typed arrays. What the engine does besides
// (stock, settings, several lines, shipments, a clock that passes, keys, snapshots) this leaves out.

import { Arrivals, grown, Ladders } from "./ladders.mjs";

const FIRST_CAPACITY = 1024;
const DAY_MS = 86_400_000;
const MOST_ID = 128;

/** The outcomes of a row. */
const APPLIED = 0;
const EXISTS = 1;
const REJECTED = 2;

const NO_REASON = 255;
const INVALID = 0;
const DIFFERENT = 1;

export const ORDER_PLACED = 0;
export const LINE_BACKORDERED = 1;
export const PROMISE_MADE = 2;
export const PROMISE_MOVED = 3;
export const LINE_CANCELLED = 4;

const dayOf = (date) => Math.floor(date / DAY_MS);

/** Kept events, column by column; the number of the first is `first`. */
class Events {
  first = 0;
  length = 0;
  kind = new Uint8Array(FIRST_CAPACITY);
  order = new Int32Array(FIRST_CAPACITY);
  at = new Float64Array(FIRST_CAPACITY);
  quantity = new Float64Array(FIRST_CAPACITY);
  from = new Float64Array(FIRST_CAPACITY);
  to = new Float64Array(FIRST_CAPACITY);

  push(kind, order, at, quantity, from, to) {
    const event = this.length;
    if (event === this.kind.length) this.#grow();
    this.kind[event] = kind;
    this.order[event] = order;
    this.at[event] = at;
    this.quantity[event] = quantity;
    this.from[event] = from;
    this.to[event] = to;
    this.length = event + 1;
  }

  #grow() {
    for (const column of ["kind", "order", "at", "quantity", "from", "to"]) {
      this[column] = grown(this[column], 2 * this.length);
    }
  }
}

/** The orders that were promised for a day. Those that went, or have a later promise now, are only counted out. */
class Day {
  live = 0;
  length = 0;
  orders = new Int32Array(16);

  add(order) {
    if (this.length === this.orders.length) this.orders = grown(this.orders, 2 * this.length);
    this.orders[this.length] = order;
    this.length += 1;
    this.live += 1;
  }
}

/** Rows of a day that no longer count may pile up to so many before it is swept. */
const SLACK = 64;

export class PromisingQueue {
  #index = new Map();
  #ladders = new Ladders();
  #arrivals;
  #events = new Events();
  #days = new Map();
  #orders = 0;
  /** By order. */
  #promise = new Float64Array(FIRST_CAPACITY);
  #gone = new Uint8Array(FIRST_CAPACITY);

  constructor(supplies, beyond) {
    this.#arrivals = new Arrivals(supplies, beyond);
  }

  /** What is ahead of a new order, and when it would ship. */
  quote(quantity, priority) {
    const ahead = this.#ladders.aheadOfNew(priority);
    return { ahead, date: this.#arrivals.of(ahead + quantity) };
  }

  /** Takes orders row by row, and says of each what became of it. */
  placeAll({ order, quantity, priority }, now) {
    const count = order.length;
    const status = new Uint8Array(count);
    const reason = new Uint8Array(count).fill(NO_REASON);
    const allocated = new Float64Array(count);
    const promise = new Float64Array(count);
    for (let row = 0; row < count; row++) {
      const id = order[row];
      const units = quantity[row];
      if (typeof id !== "string" || id === "" || id.length > MOST_ID || !Number.isSafeInteger(units) || units < 1) {
        status[row] = REJECTED;
        reason[row] = INVALID;
        promise[row] = NaN;
        continue;
      }
      const known = this.#index.get(id);
      if (known === undefined) {
        promise[row] = this.#place(id, units, priority[row], now);
        status[row] = APPLIED;
      } else if (this.#ladders.lacking[known] === units && this.#ladders.priority[known] === priority[row]) {
        status[row] = EXISTS;
        promise[row] = this.#promise[known];
      } else {
        status[row] = REJECTED;
        reason[row] = DIFFERENT;
        promise[row] = NaN;
      }
    }
    return { status, reason, allocated, promise };
  }

  /** Whether there was such an order. */
  cancel(id, now) {
    const order = this.#index.get(id);
    if (order === undefined || this.#gone[order] === 1) return false;
    this.#ladders.leave(order);
    this.#gone[order] = 1;
    this.#forget(dayOf(this.#promise[order]));
    this.#events.push(LINE_CANCELLED, order, now, this.#ladders.lacking[order], NaN, NaN);
    return true;
  }

  /** What is ahead of an order, and when it ships. */
  order(id) {
    const order = this.#index.get(id);
    if (order === undefined || this.#gone[order] === 1) return undefined;
    const quantity = this.#ladders.lacking[order];
    const ahead = this.#ladders.ahead(order);
    return { quantity, ahead, date: this.#arrivals.of(ahead + quantity), promise: this.#promise[order] };
  }

  /** Takes the kept events; their columns are good until the next order. */
  drain() {
    const events = this.#events;
    const { length, first } = events;
    const columns = { first };
    for (const column of ["kind", "order", "at", "quantity", "from", "to"]) {
      columns[column] = events[column].subarray(0, length);
    }
    events.first += length;
    events.length = 0;
    return columns;
  }

  #place(id, quantity, priority, now) {
    const ahead = this.#ladders.aheadOfNew(priority);
    const date = this.#arrivals.of(ahead + quantity);
    const order = this.#orders;
    if (order === this.#promise.length) {
      this.#promise = grown(this.#promise, 2 * order);
      this.#gone = grown(this.#gone, 2 * order);
    }
    this.#orders = order + 1;
    this.#index.set(id, order);
    this.#ladders.enter(order, quantity, priority);
    this.#promise[order] = date;
    this.#remember(dayOf(date), order);
    this.#events.push(ORDER_PLACED, order, now, 0, NaN, NaN);
    this.#events.push(LINE_BACKORDERED, order, now, quantity, NaN, NaN);
    this.#events.push(PROMISE_MADE, order, now, 0, NaN, date);
    this.#displace(priority, ahead + quantity, quantity, now);
    return date;
  }

  /** Moves the promises of the orders behind the first `front` units that so many units pushed over the end of a supply. */
  #displace(priority, front, shift, now) {
    const { ladders, priorities } = this.#ladders;
    const { cumulated } = this.#arrivals;
    let supply = 0;
    let ahead = front;
    for (const behind of priorities) {
      if (behind <= priority) continue;
      const { total } = ladders[behind];
      // The last supply that ends before this priority may still reach into it.
      while (supply < cumulated.length && cumulated[supply] + shift <= ahead) supply += 1;
      for (let at = supply; at < cumulated.length && cumulated[at] < ahead + total; at++) {
        this.#moveWithin(ladders[behind], ahead, cumulated[at], shift, now);
      }
      ahead += total;
    }
  }

  /** Of a ladder that has so much ahead of it: the orders served by the units after `from`, `shift` of them at most. */
  #moveWithin(ladder, ahead, from, shift, now) {
    const { lacking } = this.#ladders;
    const { length, orders } = ladder;
    const first = from <= ahead ? 0 : ladder.rungAfter(from - ahead);
    let depth = first === 0 ? ahead : ahead + ladder.passed;
    for (let rung = first; rung < length; rung++) {
      const order = orders[rung];
      if (order < 0) continue;
      depth += lacking[order];
      if (depth > from + shift) return;
      this.#hold(order, this.#arrivals.of(depth), now);
    }
  }

  /** A promise moves when its order is served on a later day. */
  #hold(order, date, now) {
    const promise = this.#promise[order];
    const had = dayOf(promise);
    const has = dayOf(date);
    if (has <= had) return;
    this.#events.push(PROMISE_MOVED, order, now, 0, promise, date);
    this.#promise[order] = date;
    this.#forget(had);
    this.#remember(has, order);
  }

  #remember(number, order) {
    let day = this.#days.get(number);
    if (day === undefined) {
      day = new Day();
      this.#days.set(number, day);
    }
    day.add(order);
  }

  #forget(number) {
    const day = this.#days.get(number);
    day.live -= 1;
    if (day.live === 0) {
      this.#days.delete(number);
    } else if (day.length > 2 * day.live + SLACK) {
      const stands = (order) => this.#gone[order] === 0 && dayOf(this.#promise[order]) === number;
      const standing = day.orders.subarray(0, day.length).filter(stands);
      day.length = standing.length;
      day.orders.set(standing);
    }
  }
}
