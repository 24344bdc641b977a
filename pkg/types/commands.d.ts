import type { Calendar, ItemSettings, Zone } from "./settings.js";
import type { Day, Id, Instant, Quantity } from "./words.js";

/**
 * `key`: an idempotency key for any command, for messages that may come twice. Ids that a command creates are keys of
 * their own. A setting given as `null` goes back to its default; one that is left out stays as it is.
 */
export type Command = { key?: Id } & CommandBody;

/** What is to be done, by its `type`. */
export type CommandBody =
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
  | { type: "tick" };

/** What is sold; sent again, it changes the settings that it gives. */
export type DefineItem = { type: "defineItem"; sku: Id } & {
  [K in keyof ItemSettings]?: ItemSettings[K] | null;
};

/** One item of an order or a hold. */
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

/** How an order is to be served. Lines keep what held when it was placed, until a command changes it. */
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
