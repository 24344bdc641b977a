// The bare rival: the queue alone, as a careful JavaScript programmer would write it. It keeps what a position and a
// quote need and nothing else: no content, no promises, no events. A Map finds orders by id; the numbers of those that
// are gone are given out again, and their ids with them.

import { Arrivals, Ladders } from "./ladders.mjs";

export class Queue {
  #index = new Map();
  #ladders = new Ladders();
  #free = [];
  #orders = 0;
  #arrivals;

  constructor(supplies, beyond) {
    this.#arrivals = new Arrivals(supplies, beyond);
  }

  /** What is ahead of a new order, and when it would ship. */
  quote(quantity, priority) {
    const ahead = this.#ladders.aheadOfNew(priority);
    return { ahead, date: this.#arrivals.of(ahead + quantity) };
  }

  /** Takes an order, and says what is ahead of it and when it ships; undefined: its id was used before. */
  place(id, quantity, priority) {
    if (this.#index.has(id)) return undefined;
    const quote = this.quote(quantity, priority);
    const order = this.#free.length > 0 ? this.#free.pop() : this.#orders++;
    this.#ladders.enter(order, quantity, priority);
    this.#index.set(id, order);
    return quote;
  }

  /** Whether there was such an order. */
  cancel(id) {
    const order = this.#index.get(id);
    if (order === undefined) return false;
    this.#ladders.leave(order);
    this.#index.delete(id);
    this.#free.push(order);
    return true;
  }

  /** What is ahead of an order, and when it ships. */
  order(id) {
    const order = this.#index.get(id);
    if (order === undefined) return undefined;
    const quantity = this.#ladders.lacking[order];
    const ahead = this.#ladders.ahead(order);
    return { quantity, ahead, date: this.#arrivals.of(ahead + quantity) };
  }
}
