// What the rivals stand on: a Fenwick tree for each priority.
//
// Orders are numbers and stand in typed arrays. Each priority has a tree over its orders, first come first, of the
// units that each still lacks: what is ahead of an order is what better priorities lack and the prefix in its own tree.

const FIRST_CAPACITY = 1024;

/** The values in an array of their kind that has so much room. */
export function grown(values, capacity) {
  const larger = new values.constructor(capacity);
  larger.set(values.subarray(0, Math.min(values.length, capacity)));
  return larger;
}

/** The waiting orders of one priority. */
class Ladder {
  total = 0;
  length = 0;
  live = 0;
  /** What is before the rung that was looked for last. */
  passed = 0;
  /** A power of two. */
  capacity = FIRST_CAPACITY;
  tree = new Float64Array(FIRST_CAPACITY + 1);
  /** The order on each rung, or -1; its units are in `Ladders.lacking`. */
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

  /** The rung that the unit after so many goes to; `passed` is then what is before it. `units` is less than the total. */
  rungAfter(units) {
    let rung = 0;
    let passed = 0;
    for (let step = this.capacity; step > 0; step >>= 1) {
      const next = rung + step;
      if (next <= this.capacity && passed + this.tree[next] <= units) {
        rung = next;
        passed += this.tree[next];
      }
    }
    this.passed = passed;
    return rung;
  }
}

export class Ladders {
  /** By priority. */
  ladders = new Array(256);
  /** The priorities in use, best first. */
  priorities = [];
  lacking = new Float64Array(FIRST_CAPACITY);
  priority = new Uint8Array(FIRST_CAPACITY);
  #rung = new Int32Array(FIRST_CAPACITY);

  /** What is ahead of a new order. */
  aheadOfNew(priority) {
    return this.#better(priority) + (this.ladders[priority]?.total ?? 0);
  }

  /** What is ahead of an order. */
  ahead(order) {
    const priority = this.priority[order];
    return this.#better(priority) + this.ladders[priority].before(this.#rung[order]);
  }

  /** Puts in an order, by its number: 0 for the first, and none skipped. */
  enter(order, quantity, priority) {
    if (order === this.lacking.length) {
      this.lacking = grown(this.lacking, 2 * order);
      this.priority = grown(this.priority, 2 * order);
      this.#rung = grown(this.#rung, 2 * order);
    }
    const ladder = this.ladders[priority] ?? this.#newLadder(priority);
    if (ladder.length === ladder.capacity) this.#rebuild(ladder);
    const rung = ladder.length;
    ladder.length += 1;
    ladder.live += 1;
    ladder.orders[rung] = order;
    ladder.total += quantity;
    ladder.add(rung, quantity);
    this.lacking[order] = quantity;
    this.priority[order] = priority;
    this.#rung[order] = rung;
  }

  leave(order) {
    const ladder = this.ladders[this.priority[order]];
    const rung = this.#rung[order];
    const quantity = this.lacking[order];
    ladder.orders[rung] = -1;
    ladder.live -= 1;
    ladder.total -= quantity;
    ladder.add(rung, -quantity);
  }

  #better(priority) {
    let sum = 0;
    for (const better of this.priorities) {
      if (better >= priority) break;
      sum += this.ladders[better].total;
    }
    return sum;
  }

  #newLadder(priority) {
    this.ladders[priority] = new Ladder();
    this.priorities.push(priority);
    this.priorities.sort((a, b) => a - b);
    return this.ladders[priority];
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
      ladder.tree[rung + 1] = this.lacking[order];
    });
    for (let node = 1; node <= capacity; node++) {
      const parent = node + (node & -node);
      if (parent <= capacity) ladder.tree[parent] += ladder.tree[node];
    }
  }
}

/** The supplies on their way, by date: { quantity, due }. What they do not cover comes at the instant `beyond`. */
export class Arrivals {
  cumulated;
  #due;
  #beyond;

  constructor(supplies, beyond) {
    let sum = 0;
    this.cumulated = Float64Array.from(supplies, ({ quantity }) => (sum += quantity));
    this.#due = Float64Array.from(supplies, ({ due }) => due);
    this.#beyond = beyond;
  }

  /** When so many units have come. */
  of(units) {
    for (let supply = 0; supply < this.cumulated.length; supply++) {
      if (this.cumulated[supply] >= units) return this.#due[supply];
    }
    return this.#beyond;
  }
}
