import type { Day, Id, Instant, Quantity } from "./words.js";

/**
 * When, and how sure. `null`: cannot be said honestly, so nothing is said. The three are equal on stock, on assumed lead times,
 * and on supplies that are taken at their word: those without a `supplier`, and of suppliers without a history.
 */
export interface Estimate {
  /** As likely before as after. */
  p50: Instant | null;
  /** Four in five are not later. */
  p80: Instant | null;
  /** Nineteen in twenty are not later. */
  p95: Instant | null;
  /** "stock": on hand. "supply": scheduled receipts. "replenishment": assumed lead time. "none": no basis for a date. */
  basis: "stock" | "supply" | "replenishment" | "none";
  /**
   * Past receipts of the supplier behind the date at the item's `promiseQuantile`. With 0 that is the supplier's own date, or
   * none of a supplier's. Few are widened: below 4 in the whole shop at 80 %, below 19 at 95 %.
   */
  evidence: number;
}

/** What `placeOrder` would do with one line, and when it would ship. */
export interface Quote {
  sku: Id;
  quantity: Quantity;
  /** By location, best first; more than one only where the line would be split. */
  parts: { location: Id; now: Quantity; waits: Quantity }[];
  /** "limited": some, not all, of the asked units are available now. */
  availability: "inStock" | "limited" | "backorder" | "preorder" | "outOfStock" | "discontinued";
  /** Units of the quantity asked that are available at once, also where the whole would be refused. */
  now: Quantity;
  /** Units waiting ahead. */
  ahead: Quantity;
  /** When the last unit leaves, by the calendars of its locations. */
  ships: Estimate;
  /** The same with transit to `shipTo`, where that is given; `null` where a location does not say how long it takes there. */
  delivers?: Estimate;
  /** What `placeOrder` at this instant would promise. */
  promise: Instant | null;
  /**
   * Substitutes that could be had in its place, and sooner: those in stock first, then by promise. None where it is in
   * stock itself, and none of an alternative.
   */
  alternatives: Quote[];
  /** What to offer for the wait. */
  incentive?: string;
}

/**
 * Without a location: the sums over all. Of a kit: what its components make (`available`), what its own lines have and lack,
 * and `onHand` = available + allocated + held.
 */
export interface Position {
  sku: Id;
  location: Id | null;
  onHand: Quantity;
  allocated: Quantity;
  held: Quantity;
  safetyStock: Quantity;
  /** onHand − allocated − held − safetyStock, never below 0. */
  available: Quantity;
  incoming: Quantity;
  backordered: Quantity;
  waitingLines: number;
}

/** How a line of an order stands. */
export interface LineView {
  line: Id;
  sku: Id;
  /** quantity = allocated + backordered + shipped + cancelled, always. */
  quantity: Quantity;
  allocated: Quantity;
  backordered: Quantity;
  shipped: Quantity;
  cancelled: Quantity;
  returned: Quantity;
  /** The same by location, best first; one entry unless the line was split. */
  parts: { location: Id; allocated: Quantity; backordered: Quantity; shipped: Quantity }[];
  /** Place in the queue: units ahead. */
  ahead: Quantity;
  promised: Instant | null;
  ships: Estimate;
  /** With transit to the order's `shipTo`, where it has one. */
  delivers?: Estimate;
  /** What will serve the waiting units, in order: supplies with their own date; { null, n, date } assumed replenishment; { null, n, null } nothing known. */
  pegs: { supply: Id | null; quantity: Quantity; due: Instant | null }[];
  /** Of an order with a regime: what is to be told of the line, or was told last. */
  notice?: NoticeView;
}

/** How a hold stands. Its promise is that of the order that it may become. */
export interface HoldView {
  hold: Id;
  placedAt: Instant;
  endsAt: Instant;
  state: "open" | "confirmed" | "ended";
  lines: Omit<LineView, "notice">[];
}

/** How an order stands, with the lines in the order in which they were given. */
export interface OrderView {
  order: Id;
  placedAt: Instant;
  priority: number;
  lines: LineView[];
}

/**
 * What a customer is to be told of a line, or was told last. `cancelsOn`: where silence cancels, or the order has ended, the
 * last day on which the order stands. `revised` of a notice that was answered: what was consented to.
 */
export interface NoticeView {
  notice: Id;
  order: Id;
  line: Id;
  kind: "firstOption" | "renewedOption" | "cancellation" | "newDate";
  revised: Day | "indefinite" | null;
  /** Last day on which sending it still complies. */
  due: Day;
  silence: "consent" | "cancels" | null;
  cancelsOn: Day | null;
  refundBy: Day | null;
  state: "due" | "sent" | "consented" | "cancelled" | "refunded" | "overdue";
}

/** `reason`: a sentence. `shortageRisk`: 1 where more waits than is there and on its way, else 0: demand is not learned yet. */
export interface Reorder {
  sku: Id;
  location: Id;
  quantity: Quantity;
  reason: string;
  shortageRisk: number;
}

/** What the merchant is judged by, since the engine began. Rates are 0 ..= 1, `null` without a case. */
export interface Metrics {
  orders: number;
  lines: number;
  units: Quantity;
  /** Demand refused, and what orders were trimmed by: the sales that were lost. */
  refusedUnits: Quantity;
  unitFillRate: number | null;
  lineFillRate: number | null;
  orderFillRate: number | null;
  /** Shipped on or before the first promise, and on or before the last. */
  onTimeFirst: number | null;
  onTimeLast: number | null;
  waitingLines: number;
  waitingUnits: Quantity;
  waitingValue: Quantity;
  oldestWaitDays: number | null;
  meanWaitDays: number | null;
  promisesMade: number;
  promisesMoved: number;
  promisesBroken: number;
}

/** A line whose promise would change, by `whatIf`. `breach`: `after` is of a later day than `before`, or none. */
export interface PromiseChange {
  order: Id;
  line: Id;
  before: Instant | null;
  after: Instant | null;
  breach: boolean;
}

/** Which part of a list: `limit` entries from `offset` on. */
export interface Page {
  offset?: number;
  limit?: number;
}

/** Many rows of few values: each value once, and its index in every row. */
export type IdColumn = Id[] | { values: Id[]; codes: Uint32Array };

/** Orders of one line each, a row in every column. `priority`: default 100. */
export interface OrderColumns {
  order: Id[];
  sku: IdColumn;
  quantity: Float64Array;
  priority?: Uint8Array;
}

/** status: 0 applied, 1 exists, 2 rejected; reason: index into `REASONS`, 255 none. promise: NaN where none can be made. */
export interface PlacedColumns {
  status: Uint8Array;
  reason: Uint8Array;
  allocated: Float64Array;
  promise: Float64Array;
}

/** availability: index into `AVAILABILITIES`. NaN for no date. */
export interface QuotedColumns {
  availability: Uint8Array;
  now: Float64Array;
  ahead: Float64Array;
  p50: Float64Array;
  p80: Float64Array;
  p95: Float64Array;
  promise: Float64Array;
}
