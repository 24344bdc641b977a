import type { Day, Id, Instant, Quantity } from "./words.js";

/** How an item is sold, queued, shared, promised and ordered anew. */
export interface ItemSettings {
  /** "deny": never queue. "allow": queue without bound. { limit }: at most so many units waiting. Default "allow". */
  backorders: "allow" | "deny" | { limit: Quantity };
  /**
   * How arriving units are divided among the waiting lines: by rank, or in proportion to what each lacks. "fairShare" goes
   * neither with `protection`, nor with promising "protect", nor with wholeLines "skip". Where units are shared so, what
   * changes the queue alone moves no promise. Settings that exclude each other are `invalidCommand` within one command,
   * else `conflictingSettings`. Default "sequence".
   */
  sharing: "sequence" | "fairShare";
  /**
   * "queue": a better priority may overtake promises made. "protect": a new order never moves one, and lines are served
   * by the instant promised; not together with wholeLines "skip". Default "queue".
   */
  promising: "queue" | "protect";
  /** A waiting line moves up one priority for each so many days. Default: never. */
  ageingDays: number;
  /**
   * Units that priorities above `priority` (served later) may not take: the greatest `units` of the levels below theirs.
   * At most 8 levels, a priority once; not together with `ageingDays`.
   */
  protection: { priority: number; units: Quantity }[];
  /**
   * "learn": dates count in what becomes of the queue until then: orders of better priority that are still to come, and
   * waiting orders that are cancelled, at the rates of the item's own orders, place by place. Without effect where nobody
   * overtakes (promising "protect", sharing "fairShare") and with `ageingDays` or wholeLines "skip"; of a kit its
   * components' settings count. Default "ignore".
   */
  overtaking: "ignore" | "learn";
  /**
   * "collect": a line or order that ships whole sets units aside as they come. "skip": it takes none before it can have
   * all, and lets others pass; its dates are what the scheduled supplies alone give. Of a kit its components' settings
   * count. Default "collect".
   */
  wholeLines: "collect" | "skip";
  /** Which quantile of the estimate becomes the promise: above 0 and below 1, in thousandths. Default: that of the engine. */
  promiseQuantile: number;
  /** A supply past its date: how many days from now it is expected at the earliest, and when it no longer counts. Default 0, never. */
  overdue: { offsetDays: number; ignoreAfterDays?: number };
  /**
   * Supply assumed once everything scheduled is spoken for; absent: no date is invented. It comes in multiples of `batch`,
   * `capacityPerDay` units a day (default: any number), from `leadTimeDays` after the order was placed on.
   */
  replenishment: { leadTimeDays: number; supplier?: Id; batch?: Quantity; capacityPerDay?: Quantity };
  /** Sellable stock ends here, at each location; the units below are a buffer. */
  safetyStock: Quantity;
  /**
   * When to order more for a location, told once by "reorderDue" and listed by `reorders`: when on hand + incoming − waiting
   * is at or below `point`. "rQ": the fewest multiples of `quantity` (which it needs) that lift it above `point`. "sS" and
   * "baseStock": up to `upTo` (which they need). `minimum` and `multiple` then round up.
   */
  reorder: {
    policy: "rQ" | "sS" | "baseStock";
    point: Quantity;
    quantity?: Quantity;
    upTo?: Quantity;
    minimum?: Quantity;
    multiple?: Quantity;
  };
  /**
   * A kit: sold as one, allocated as its components, at most 1,000; one named twice adds up, and one may be a kit itself.
   * Stock, caps, sharing and dates are the components'; the kit's own `maxPerOrder`, `lifecycle`, `substitutes` and
   * `incentives` count. They don't change while open lines of it exist (`conflictingSettings`).
   */
  components: { sku: Id; quantity: Quantity }[];
  /** What may stand in for it, best first, at most 1,000; an item that isn't defined yet is not offered. */
  substitutes: Id[];
  /** What to offer for the wait, at most 1,000: of those that apply the one with the longest delay; without a date, the last. */
  incentives: { fromDelayDays: number; offer: string }[];
  maxPerOrder: Quantity;
  /** "preorder": not released before `releaseAt`. "discontinued": sells what is left, queues nothing. */
  lifecycle: "active" | { preorder: { releaseAt?: Instant } } | "discontinued";
}

/**
 * A fixed offset in minutes east of UTC, or an IANA zone. One without `transitions` gets those of the ten years after
 * the command's `now` from the host's `Intl`, at every door that takes commands; the first holds before it, too, and
 * the last stays. To store a command that replays the same anywhere, put them in first: `resolveZone` of
 * "backorder/zones". Under one `key` a zone's name stands for its transitions, whenever they were found. Default UTC.
 */
export interface Zone {
  /** From -1080 to 1080; not beside the others. */
  utcOffset?: number;
  timeZone?: string;
  /** In order; at most 1,000. */
  transitions?: { from: Instant; utcOffset: number }[];
}

/**
 * What is ready by the cut-off of a workday counts from that day, else from the next; it leaves `handlingDays` workdays
 * later, at the cut-off. Without one it leaves at any time of that day.
 */
export interface Calendar extends Zone {
  /** 1 Monday … 7 Sunday; at least one. */
  workdays: number[];
  /** From 1970 to 9999; at most 1,000. */
  holidays?: Day[];
  /** Local time "HH:MM": orders ready after it leave on the next working day. Default: the day's end. */
  cutoff?: string;
  /** Default 0. */
  handlingDays?: number;
}
