// The rival: a queue of waiting orders as a careful JavaScript programmer would write it. It keeps what the benchmark
// asks for and nothing else: no events, no promises of others, no history.
//
// Orders stand in typed arrays; a Map finds them by id. Each priority has a Fenwick tree over its orders, first come
// first, of the units that each still lacks: what is ahead of an order is what better priorities lack and the prefix
// in its own tree.

const FIRST_CAPACITY = 1024;

function grown(values, capacity) {
  const larger = new values.constructor(capacity);
  larger.set(values.subarray(0, Math.min(values.length, capacity)));
  return larger;
}

/** The waiting orders of one priority. */
class Ladder {
  total = 0;
  length = 0;
  live = 0;
  capacity = FIRST_CAPACITY;
  tree = new Float64Array(FIRST_CAPACITY + 1);
  /** The order on each rung; its units are in `Queue.lacking`. */
  orders = new Int32Array(FIRST_CAPACITY);

  add(rung, units) {
    for (let node = rung + 1; node <= this.capacity; node += node & -node) this.tree[node] += units;
  }

  /** Units on the rungs before this one. */
  before(rung) {
    let sum = 0;
    for (let node = rung; node > 0; node -= node & -node) sum += this.tree[node];
    return sum;
  }
}

export class Queue {
  #index = new Map();
  #ladders = new Array(256);
  /** The priorities in use, best first. */
  #priorities = [];
  #free = [];
  #orders = 0;
  #lacking = new Float64Array(FIRST_CAPACITY);
  #priority = new Uint8Array(FIRST_CAPACITY);
  #rung = new Int32Array(FIRST_CAPACITY);
  #cumulated;
  #due;
  #beyond;

  /** Supplies by date: { quantity, due }. What they do not cover comes at the instant `beyond`. */
  constructor(supplies, beyond) {
    this.#beyond = beyond;
    let sum = 0;
    this.#cumulated = Float64Array.from(supplies, ({ quantity }) => (sum += quantity));
    this.#due = Float64Array.from(supplies, ({ due }) => due);
  }

  /** What is ahead of a new order, and when it would ship. */
  quote(quantity, priority) {
    const ahead = this.#better(priority) + (this.#ladders[priority]?.total ?? 0);
    return { ahead, date: this.#date(ahead + quantity) };
  }

  /** Takes an order, and says what is ahead of it and when it ships; undefined: its id was used before. */
  place(id, quantity, priority) {
    if (this.#index.has(id)) return undefined;
    const quote = this.quote(quantity, priority);
    const order = this.#free.length > 0 ? this.#free.pop() : this.#newOrder();
    const ladder = this.#ladders[priority] ?? this.#newLadder(priority);
    if (ladder.length === ladder.capacity) this.#rebuild(ladder);
    const rung = ladder.length;
    ladder.length += 1;
    ladder.live += 1;
    ladder.orders[rung] = order;
    ladder.total += quantity;
    ladder.add(rung, quantity);
    this.#lacking[order] = quantity;
    this.#priority[order] = priority;
    this.#rung[order] = rung;
    this.#index.set(id, order);
    return quote;
  }

  /** Whether there was such an order. */
  cancel(id) {
    const order = this.#index.get(id);
    if (order === undefined) return false;
    const ladder = this.#ladders[this.#priority[order]];
    const rung = this.#rung[order];
    const quantity = this.#lacking[order];
    ladder.orders[rung] = -1;
    ladder.live -= 1;
    ladder.total -= quantity;
    ladder.add(rung, -quantity);
    this.#index.delete(id);
    this.#free.push(order);
    return true;
  }

  /** What is ahead of an order, and when it ships. */
  order(id) {
    const order = this.#index.get(id);
    if (order === undefined) return undefined;
    const priority = this.#priority[order];
    const quantity = this.#lacking[order];
    const ahead = this.#better(priority) + this.#ladders[priority].before(this.#rung[order]);
    return { quantity, ahead, date: this.#date(ahead + quantity) };
  }

  #better(priority) {
    let sum = 0;
    for (const better of this.#priorities) {
      if (better >= priority) break;
      sum += this.#ladders[better].total;
    }
    return sum;
  }

  #date(units) {
    for (let supply = 0; supply < this.#cumulated.length; supply++) {
      if (this.#cumulated[supply] >= units) return this.#due[supply];
    }
    return this.#beyond;
  }

  #newOrder() {
    const order = this.#orders;
    if (order === this.#lacking.length) {
      this.#lacking = grown(this.#lacking, 2 * order);
      this.#priority = grown(this.#priority, 2 * order);
      this.#rung = grown(this.#rung, 2 * order);
    }
    this.#orders += 1;
    return order;
  }

  #newLadder(priority) {
    this.#ladders[priority] = new Ladder();
    this.#priorities.push(priority);
    this.#priorities.sort((a, b) => a - b);
    return this.#ladders[priority];
  }

  /** Closes the gaps that cancelled orders left, and makes room for as many again. */
  #rebuild(ladder) {
    const standing = ladder.orders.filter((order) => order >= 0);
    const capacity = Math.max(FIRST_CAPACITY, 2 ** Math.ceil(Math.log2(2 * standing.length)));
    ladder.capacity = capacity;
    ladder.length = standing.length;
    ladder.orders = grown(standing, capacity);
    ladder.tree = new Float64Array(capacity + 1);
    standing.forEach((order, rung) => {
      this.#rung[order] = rung;
      ladder.tree[rung + 1] = this.#lacking[order];
    });
    for (let node = 1; node <= capacity; node++) {
      const parent = node + (node & -node);
      if (parent <= capacity) ladder.tree[parent] += ladder.tree[node];
    }
  }
}
