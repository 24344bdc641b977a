/// <reference lib="esnext.disposable" />

/**
 * `backorder`: the allocation core of a shop. It takes orders without overselling, queues what is lacking,
 * and says when it ships.
 *
 * Conventions, everywhere:
 * - **Instant**: milliseconds since the Unix epoch, UTC, a safe integer. The engine reads no clock: `now` is an argument.
 * - **Day**: a civil date "YYYY-MM-DD".
 * - **Quantity**: whole base units, 0 ..= 2^53 - 1. Fractions, negatives, NaN and overflow are refused, never coerced.
 * - **Id**: 1 to 128 bytes of UTF-8, chosen by the caller. An order's id is its idempotency key.
 * - **Priority**: 0 ..= 255, 0 is served first, default 100. Equal priority: first placed, first served.
 *
 * A member that is `undefined` is left out. "Later" marks what is accepted only at its default in this release,
 * and otherwise refused with a message that says so.
 *
 * @module backorder
 */

import type { Command, OrderLine, OrderSettings } from "./types/commands.js";
import type { Event, Outcome, Reason } from "./types/events.js";
import type {
  HoldView,
  IdColumn,
  Metrics,
  NoticeView,
  OrderColumns,
  OrderView,
  Page,
  PlacedColumns,
  Position,
  PromiseChange,
  Quote,
  QuotedColumns,
  Reorder,
} from "./types/reads.js";
import type { ItemSettings } from "./types/settings.js";
import type { Id, Instant, Quantity } from "./types/words.js";

export type * from "./types/words.js";
export type * from "./types/commands.js";
export type * from "./types/settings.js";
export type * from "./types/events.js";
export type * from "./types/reads.js";

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
  /** An order with its lines, or `undefined` where none of that id was placed, or an `archive` dropped it. */
  order(id: Id, now: Instant): OrderView | undefined;
  /** The items, in the order in which they were defined. */
  items(page?: Page): { sku: Id; settings: ItemSettings }[];
  /** Ids of orders, in the order in which these were placed, without archived ones. */
  orders(page?: Page & { state?: "open" | "closed" }): Id[];
  /** Supplies of an item, in the order in which they were scheduled, without archived ones. */
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
  /** A hold with its lines, or `undefined` where there is none of that id. */
  hold(id: Id, now: Instant): HoldView | undefined;
  /** How an item stands at a location, or over all; `undefined` where one of the two is unknown. */
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
  /** What the merchant is judged by, since the engine began. */
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
  /** The same as `free`, for `using`. */
  [Symbol.dispose](): void;
}

/** Every reason of a refusal, in the order of the codes that `placeAll` gives. */
export const REASONS: readonly Reason[];
/** Every availability, in the order of the codes that `quoteAll` gives. */
export const AVAILABILITIES: readonly Quote["availability"][];

/** How an engine is made; its snapshots keep all of it. */
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
/** An empty shop. Throws `NOT_INITIALISED` where `init` is needed and has not been awaited. */
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
