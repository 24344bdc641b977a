/// <reference lib="esnext.disposable" />

/**
 * `backorder`: the allocation core of a shop. It takes orders without overselling, queues what is lacking,
 * and says when it ships.
 *
 * Conventions, everywhere:
 * - Instant   milliseconds since the Unix epoch, UTC, a safe integer. The engine reads no clock: `now` is an argument.
 * - Day       a civil date "YYYY-MM-DD".
 * - Quantity  whole base units, 0 ..= 2^53 - 1. Fractions, negatives, NaN and overflow are refused, never coerced.
 * - Id        1 to 128 bytes of UTF-8, chosen by the caller. An order's id is its idempotency key.
 * - Priority  0 ..= 255, 0 is served first, default 100. Equal priority: first placed, first served.
 *
 * A member that is `undefined` is left out. "Later" marks what is accepted only at its default in this release,
 * and otherwise refused with a message that says so.
 */

export type Instant = number;
export type Day = string;
export type Quantity = number;
export type Id = string;

// ── Commands: the only way to change an engine ──────────────────────────────────────────────────────────────────────

/**
 * `key`: an idempotency key for any command, for messages that may come twice. Ids that a command creates are keys of
 * their own. A setting given as `null` goes back to its default; one that is left out stays as it is.
 */
export type Command = { key?: Id } & (
  | DefineItem
  /**
   * A place where stock stands. "default" exists until the first is defined: if it was used by then it stays beside it,
   * else the new one takes its place. Where a command names no location it means the only one there is; with several,
   * what moves stock must name one (`unknownLocation`).
   * `calendar`: ship dates and promised days follow it; without one units leave at once and days are UTC. A change of it moves
   * the promises that it makes later, and a promised day that is over by it is over at once. `transitDays`: local days to each
   * destination, at most 1,000.
   */
  | { type: "defineLocation"; location: Id; calendar?: Calendar | null; transitDays?: Record<string, number> | null }
  /**
   * `lateness`: past receipts against their dates, in whole days, negative when early; told again, they take the place of those
   * told before. What is received against an open supply with a `supplier` is learned besides. A supply is expected by what
   * was known when the supply of its item and place last changed.
   */
  | { type: "defineSupplier"; supplier: Id; lateness?: number[] | null }
  /**
   * A regime of the merchant's own, or other choices within one of the law's: docs/LAW.md names the settings. Sent again, it
   * changes those that it gives; `settings: null` puts all back. Orders keep the terms under which they were placed.
   */
  | {
      type: "defineRegime";
      regime: Id;
      base?: "ftc" | "eu" | "uk";
      settings?: Record<string, number | string | boolean | string[]> | null;
    }
  | { type: "receive"; sku: Id; location?: Id; quantity: Quantity; supply?: Id }
  | { type: "count"; sku: Id; location?: Id; onHand: Quantity }
  | {
      type: "scheduleSupply";
      supply: Id;
      sku: Id;
      location?: Id;
      quantity: Quantity;
      due: Instant;
      supplier?: Id;
    }
  /** `quantity`: what is still to come; 0 closes the supply. */
  | { type: "rescheduleSupply"; supply: Id; due?: Instant; quantity?: Quantity }
  | { type: "cancelSupply"; supply: Id }
  | ({ type: "placeOrder"; order: Id; lines: OrderLine[] } & OrderSettings)
  /** `ttl`: milliseconds. */
  | { type: "holdStock"; hold: Id; lines: OrderLine[]; ttl: number; priority?: number }
  | ({ type: "confirmHold"; hold: Id; order: Id } & Omit<
      OrderSettings,
      "priority" | "allocateFrom" | "shortfall" | "sourcing"
    >)
  | { type: "releaseHold"; hold: Id }
  /** Added units are new demand, with a part of their own. The order's `latest` is held against the whole line. */
  | { type: "amendLine"; order: Id; line: Id; quantity: Quantity }
  | ({ type: "amendOrder"; order: Id } & {
      [K in "fulfilment" | "notBefore" | "latest" | "shipTo"]?: OrderSettings[K] | null;
    })
  /**
   * To be served at `to`: waiting units first, then allocated ones, the worst rank first; the rank stays. Without `from`,
   * from everywhere else; default quantity: all that has not shipped. Neither the line's `locations` nor a cap binds it.
   */
  | { type: "relocate"; order: Id; line: Id; from?: Id; to: Id; quantity?: Quantity }
  | { type: "reprioritise"; order: Id; priority: number }
  /** Picked or otherwise settled: no rebalance takes its units away, and a count only after those of all others. */
  | { type: "freeze"; order: Id; frozen: boolean }
  /**
   * One of the item's `substitutes`, never the item itself, for a line of which nothing has shipped: it keeps its rank and
   * its locations. What it gives up goes to who waits for that.
   */
  | { type: "substitute"; order: Id; line: Id; sku: Id }
  | { type: "cancelOrder"; order: Id; lines?: Id[] }
  | { type: "ship"; order: Id; lines?: { line: Id; quantity: Quantity; location?: Id }[] }
  | { type: "return"; order: Id; line: Id; quantity: Quantity; restock: boolean; location?: Id }
  /**
   * `offersCancel`: default true. Where the regime asks for the choice to cancel, or for the reason of a delay of unknown
   * length, a notice without is as good as not sent: the command is applied, and the notice still due.
   */
  | { type: "noticeSent"; notice: Id; offersCancel?: boolean; reason?: string }
  /**
   * The customer's answer, for a line or for every line that it may be for. `until`: what was consented to; default: what the
   * notice says. "cancel" cancels what has not shipped.
   */
  | { type: "respond"; order: Id; line?: Id; answer: "consent" | "cancel"; until?: Day | "indefinite" }
  /** What was paid for a line, or for every line that is to be paid back, was. */
  | { type: "refunded"; order: Id; line?: Id }
  /**
   * Divides a shortage anew, item by item and location by location; the first rule that matches a line counts, and none
   * matches a hold, a frozen order, an order for later or a kit. What lines that may gain then still wait for goes to where
   * most is available for them. Default: all items, at most 1,000 rules.
   */
  | { type: "rebalance"; skus?: Id[]; rules: { match: OrderMatch; strategy: Strategy }[] }
  /** Drops orders, holds and supplies that closed before this; their ids stay known. */
  | { type: "archive"; before: Instant }
  /** Brings about what is due by `now`. */
  | { type: "tick" }
);

/** What is sold; sent again, it changes the settings that it gives. */
export type DefineItem = { type: "defineItem"; sku: Id } & {
  [K in keyof ItemSettings]?: ItemSettings[K] | null;
};

export interface OrderLine {
  /** Unique in its order; defaults to "1", "2", … in the order given. */
  line?: Id;
  sku: Id;
  quantity: Quantity;
  /** Where it may ship from, best first, each named once. Default: every location, by id. */
  locations?: Id[];
  /** A part smaller than this is not worth shipping by itself. Default 1. */
  minShipment?: Quantity;
  /** In the currency's smallest unit, for reports; the engine never allocates by it. */
  unitPrice?: Quantity;
}

export interface OrderSettings {
  priority?: number;
  /** Customer class, by which a `rebalance` may match. */
  segment?: Id;
  /** "partial": units ship as they come. "line": a line ships whole. "order": the order ships whole. Default "partial". */
  fulfilment?: "partial" | "line" | "order";
  /**
   * How a line is spread over locations. "fewestParts": one that has everything now, the largest stock first, else as few
   * as can be. "inOrder": each gives what it has, in the order given. "earliest": all from the one with the earliest date
   * for the whole line. What is lacking waits in one place, where its date is earliest. Default "fewestParts".
   */
  sourcing?: "fewestParts" | "inOrder" | "earliest";
  /** Destination zone, a key of the location's `transitDays`: with it lines and quotes say when they are delivered. */
  shipTo?: string;
  /** Nothing may ship before this; units are set aside all the same. */
  notBefore?: Instant;
  /**
   * An order for later: it takes no units before this, but counts in `backordered` and against the cap. Where promises
   * may be overtaken it stands ahead of nobody until then, and then ranks by the instant it was placed; where they are
   * protected, nobody who is promised or was placed after it takes a unit that it will need. Default: at once.
   */
  allocateFrom?: Instant;
  /**
   * What can't be had at all (`outOfStock`, `backorderLimit`): refuse the order, or take what can be had and report the
   * rest as `refused`; a line left with nothing is then no part of the order. Default "refuse".
   */
  shortfall?: "refuse" | "trim";
  /** No use to the buyer if it ships after this: refused when it can't be promised by then. */
  latest?: Instant;
  /** The ship date that the page stated; without it the regime's default applies. */
  statedShipBy?: Day;
  /** "none", "ftc", "eu", "uk", or one that `defineRegime` made; of any other `conflictingSettings`. Default "none". */
  regime?: Id;
  /** The buyer's calendar, for the regime's dates. Default UTC. */
  buyerZone?: Zone;
  /** "sellerCredit": the buyer applied to the seller for credit, which changes the law's periods. Default "card". */
  payment?: "card" | "sellerCredit";
}

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

/** The orders that meet every condition given; all, where none is. `from` and `to` are matched too. */
export interface OrderMatch {
  orders?: Id[];
  segment?: Id;
  priority?: { from?: number; to?: number };
}

/**
 * What a rebalance may do to the units of the orders that match.
 * win: gets all it asks for, first. gain: keeps at least what it has. redistribute: may gain or lose.
 * fill: may lose, never gain. lose: gives up what it has if another needs it.
 */
export type Strategy = "win" | "gain" | "redistribute" | "fill" | "lose";

// ── Outcomes and events: what a command did ─────────────────────────────────────────────────────────────────────────

/** A command takes effect whole or not at all. What a shop can expect to go wrong is a status, never an exception. */
export type Outcome =
  /**
   * "exists": the same id or key with the same content was applied before; nothing happened. `refused`: what a trimmed
   * order could not have, by line, where there is any. `changes`: of a rebalance, also where nothing changed.
   */
  | { status: "applied" | "exists"; events: Event[]; refused?: { line: Id; quantity: Quantity }[]; changes?: Change[] }
  /** `path`: which part was refused, as "lines[2].sku". `alternatives`: what could be offered in the place of a refused line, where there is any. */
  | { status: "rejected"; reason: Reason; path?: string; message: string; alternatives?: Quote[]; events: Event[] };

/** Who won and who lost units by a `rebalance`, in rank order. */
export interface Change {
  order: Id;
  line: Id;
  before: Quantity;
  after: Quantity;
}

export type Reason =
  | "unknownItem"
  | "unknownLocation"
  | "unknownSupplier"
  | "unknownSupply"
  | "unknownOrder"
  | "unknownLine"
  | "unknownHold"
  | "unknownNotice"
  | "existsWithDifferentContent"
  | "outOfStock"
  | "backorderLimit"
  | "maxPerOrder"
  | "tooLate"
  | "holdExpired"
  | "notAllocated"
  | "notReady"
  | "alreadyShipped"
  | "alreadyCancelled"
  | "notASubstitute"
  | "cyclicComponents"
  | "supplyMismatch"
  | "notShipped"
  | "conflictingSettings"
  | "isAKit"
  | "noticeClosed"
  | "nothingDue"
  | "timeWentBack"
  | "invalidCommand"
  | "limitExceeded";

/** One thing that happened: by its `type`, it has exactly the fields that such a thing has. */
export type Event =
  | OrderEvent
  | LineEvent
  | OrderLineEvent
  | PromiseEvent
  | PromiseMovedEvent
  | PromiseKeptEvent
  | HoldEvent
  | StockReceivedEvent
  | StockCountedEvent
  | SupplyEvent
  | SupplyDateEvent
  | SupplyMovedEvent
  | LineSubstitutedEvent
  | ReorderDueEvent
  | NoticeDueEvent
  | OrderDeemedCancelledEvent
  | RefundDueEvent
  | LaterEvent;

/** What every event has. */
export interface EventHead {
  /** 1, 2, 3 … over the engine's life: with the engine's id it names the event once and for all. */
  seq: number;
  at: Instant;
  /** The command, and where there is one the supply, that brought it about. What falls due by time is a "tick"'s. */
  cause: { command: Command["type"]; supply?: Id };
}

/** An event of an order, or of a hold. */
export type OfOrderOrHold = { order: Id; hold?: never } | { hold: Id; order?: never };

export interface OrderEvent extends EventHead {
  type: "orderPlaced";
  order: Id;
}

/** So many units of a line were set aside, taken away or began to wait; or it has all that it waited for, so many units. */
export type LineEvent = EventHead &
  OfOrderOrHold & {
    type: "lineAllocated" | "lineDeallocated" | "lineBackordered" | "lineReady";
    line: Id;
    sku: Id;
    location: Id;
    quantity: Quantity;
  };

/** So many units of an order's line left, came back or were given up. */
export interface OrderLineEvent extends EventHead {
  type: "lineShipped" | "lineReturned" | "lineCancelled";
  order: Id;
  line: Id;
  sku: Id;
  location: Id;
  quantity: Quantity;
}

/** `to`: the promise that was made, or that was not kept by the end of its day. */
export type PromiseEvent = EventHead &
  OfOrderOrHold & { type: "promiseMade" | "promiseBroken"; line: Id; sku: Id; location: Id; to: Instant };

/** `to` is `null` where the date was lost. */
export type PromiseMovedEvent = EventHead &
  OfOrderOrHold & { type: "promiseMoved"; line: Id; sku: Id; location: Id; from: Instant; to: Instant | null };

/** `to`: the promise that was kept. */
export interface PromiseKeptEvent extends EventHead {
  type: "promiseKept";
  order: Id;
  line: Id;
  sku: Id;
  location: Id;
  to: Instant;
}

export interface HoldEvent extends EventHead {
  type: "holdPlaced" | "holdExpired" | "holdReleased";
  hold: Id;
}

export interface StockReceivedEvent extends EventHead {
  type: "stockReceived";
  sku: Id;
  location: Id;
  quantity: Quantity;
  supply?: Id;
}

/** `quantity`: what stands on the shelf. */
export interface StockCountedEvent extends EventHead {
  type: "stockCounted";
  sku: Id;
  location: Id;
  quantity: Quantity;
}

/** `quantity`: what was still to come. */
export interface SupplyEvent extends EventHead {
  type: "supplyCancelled";
  supply: Id;
  sku: Id;
  location: Id;
  quantity: Quantity;
}

export interface SupplyDateEvent extends EventHead {
  type: "supplyScheduled";
  supply: Id;
  sku: Id;
  location: Id;
  quantity: Quantity;
  to: Instant;
}

/** `quantity`: what is still to come. */
export interface SupplyMovedEvent extends EventHead {
  type: "supplyMoved";
  supply: Id;
  sku: Id;
  location: Id;
  quantity: Quantity;
  from: Instant;
  to: Instant;
}

/** `sku`: the item that the line has now, for so many units. */
export interface LineSubstitutedEvent extends EventHead {
  type: "lineSubstituted";
  order: Id;
  line: Id;
  sku: Id;
  location: Id;
  quantity: Quantity;
}

/** `quantity`: what to order. Told once, until the position is above the point again. */
export interface ReorderDueEvent extends EventHead {
  type: "reorderDue";
  sku: Id;
  location: Id;
  quantity: Quantity;
}

/**
 * `to`: the end of the last day on which sending complies. It comes again at that instant, where the notice was not sent by
 * then and the order stands.
 */
export interface NoticeDueEvent extends EventHead {
  type: "noticeDue";
  order: Id;
  line: Id;
  sku: Id;
  location: Id;
  notice: Id;
  to: Instant;
}

/** What of the line has not shipped is cancelled. */
export interface OrderDeemedCancelledEvent extends EventHead {
  type: "orderDeemedCancelled";
  order: Id;
  line: Id;
  sku: Id;
  location: Id;
  notice: Id;
}

/** `to`: the end of the last day on which to pay back, `null` where the regime names none. It comes again at that instant. */
export interface RefundDueEvent extends EventHead {
  type: "refundDue";
  order: Id;
  line: Id;
  sku: Id;
  location: Id;
  notice: Id;
  to: Instant | null;
}

/** Later: this release makes none of these. */
export interface LaterEvent extends EventHead {
  type: "stockLow";
  order?: Id;
  line?: Id;
  hold?: Id;
  sku?: Id;
  location?: Id;
  supply?: Id;
  notice?: Id;
  quantity?: Quantity;
  from?: Instant | null;
  to?: Instant | null;
}

// ── Reads: none of them changes anything ────────────────────────────────────────────────────────────────────────────

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

export interface HoldView {
  hold: Id;
  placedAt: Instant;
  endsAt: Instant;
  state: "open" | "confirmed" | "ended";
  lines: Omit<LineView, "notice">[];
}

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

export interface PromiseChange {
  order: Id;
  line: Id;
  before: Instant | null;
  after: Instant | null;
  breach: boolean;
}

/**
 * One engine. Commands never throw for their content; what throws is a `BackorderError`.
 * It holds memory outside the JavaScript heap: `free()` it, or write `using engine = createEngine()`.
 */
export interface Engine {
  /** `events`: in the outcome (default), kept for `drainEvents`, or not made. */
  apply(command: Command, now: Instant, options?: { events?: "return" | "keep" | "drop" }): Outcome;
  /** One outcome a command, in the order given; each command stands for itself. */
  applyAll(commands: Command[], now: Instant, options?: { events?: "return" | "keep" | "drop" }): Outcome[];
  /** Kept events in order of `seq`, until they are drained; they are part of the snapshot. The bulk door keeps its events. */
  drainEvents(max?: number): Event[];
  /** The same as JSON text both ways, for a request body that is JSON already. */
  applyJson(commands: string, now: Instant): string;
  /** Bulk: one-line orders in columns, one status a row, in the order given. */
  placeAll(rows: OrderColumns, now: Instant): PlacedColumns;
  /** Bulk: the dates of a whole listing page in one call. */
  quoteAll(rows: { sku: IdColumn; quantity: Float64Array; priority?: Uint8Array }, now: Instant): QuotedColumns;

  /**
   * `locations` as of an order's line: at least one, each named once.
   * An unknown item or location: availability "outOfStock", nothing now, no parts, no dates.
   */
  quote(
    request: { sku: Id; quantity: Quantity; priority?: number; locations?: Id[]; shipTo?: string },
    now: Instant,
  ): Quote;
  /** A whole cart: what `placeOrder` with the same content would do. */
  quoteOrder(
    order: { lines: OrderLine[] } & OrderSettings,
    now: Instant,
  ): { lines: Quote[]; promise: Instant | null; refused?: { reason: Reason; path: string } };
  order(id: Id, now: Instant): OrderView | undefined;
  items(page?: Page): { sku: Id; settings: ItemSettings }[];
  orders(page?: Page & { state?: "open" | "closed" }): Id[];
  supplies(
    sku: Id,
    page?: Page,
  ): {
    supply: Id;
    location: Id;
    open: Quantity;
    received: Quantity;
    due: Instant;
    supplier?: Id;
    state: "open" | "closed" | "cancelled";
  }[];
  /** The last command's instant: a host whose clock runs behind it uses this. */
  lastInstant(): Instant;
  hold(id: Id, now: Instant): HoldView | undefined;
  position(sku: Id, location?: Id): Position | undefined;
  /**
   * What waits, orders and holds, in the order in which it will be served; without a location, location by location.
   * Orders for later come after the others. A kit waits in its components' queues.
   */
  queue(
    sku: Id,
    page?: Page & { location?: Id },
  ): { order?: Id; hold?: Id; line: Id; location: Id; quantity: Quantity; ahead: Quantity }[];
  /** Line by line in the order in which these were placed, without those that shipped. */
  notices(): NoticeView[];
  /** What should be ordered now, by the items' `reorder`. */
  reorders(now: Instant): Reorder[];
  metrics(now: Instant): Metrics;
  /** Why this line has the date it has, in sentences that name the supply, the rule and who is ahead. */
  explain(order: Id, line: Id, now: Instant): string[];
  /** What these commands would do to the promises, without doing it. */
  whatIf(commands: Command[], now: Instant): PromiseChange[];
  /** The earliest instant at which `tick` would bring about an event. */
  nextWakeAt(): Instant | null;

  /** Everything, in a versioned, checksummed format that later releases read. */
  snapshot(): Uint8Array;
  /** A digest of the same state: equal on every platform after the same commands. */
  digest(): string;
  /**
   * At most 6,000 bytes from which `openSheet` of `backorder/sheet` quotes this item until the next change, at any quantity
   * and priority, without the engine. At several locations one is named: else the sheet says no dates but of what is there.
   */
  quoteSheet(sku: Id, now: Instant, location?: Id): Uint8Array;

  /** Gives the engine's memory back. A second call does nothing; any other call then throws `FREED`. */
  free(): void;
  [Symbol.dispose](): void;
}

export interface Page {
  offset?: number;
  limit?: number;
}

/** Many rows of few values: each value once, and its index in every row. */
export type IdColumn = Id[] | { values: Id[]; codes: Uint32Array };

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

export const REASONS: readonly Reason[];
export const AVAILABILITIES: readonly Quote["availability"][];

export interface EngineOptions {
  id?: Id;
  /** Spreads the engine's hashes, and orders the draws by which supplies are dated. It is part of the state. */
  seed?: bigint;
  /** At which quantile items promise that say nothing of it: above 0 and below 1. Default 0.8. */
  promiseQuantile?: number;
  /** No date from a supplier without a history of receipts; supplies without a `supplier` count. Default false. */
  requireEvidence?: boolean;
}

/**
 * Loads the WebAssembly, once per page; a second call returns the same promise. Needed in browsers only: Node, Deno, Bun
 * and Workers need no call. Without a source it is fetched from beside this package's script.
 */
export function init(source?: URL | string | Response | BufferSource | WebAssembly.Module): Promise<void>;
export function createEngine(options?: EngineOptions): Engine;
/** Refuses, whole and with a code, what is truncated, altered, newer than it knows or otherwise not its own. */
export function restoreEngine(snapshot: Uint8Array): Engine;

/** A time-ordered random id (UUIDv7) for an order, a hold or a supply: later ids sort after earlier ones of the same page or process. */
export function newId(): Id;

/**
 * What isn't a command at all (no object, an unsafe `now`, text that isn't JSON, columns of unequal length), a snapshot
 * that can't be read, an engine that is gone. Never a domain outcome.
 */
export class BackorderError extends Error {
  readonly code:
    | "NOT_INITIALISED"
    | "INVALID_ARGUMENT"
    | "CORRUPT_SNAPSHOT"
    | "UNSUPPORTED_SNAPSHOT"
    | "FREED"
    | "POISONED";
  readonly path?: string;
}
