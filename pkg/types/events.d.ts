import type { Command } from "./commands.js";
import type { Quote } from "./reads.js";
import type { Id, Instant, Quantity } from "./words.js";

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

/** Why a command was refused: the first reason that was found. */
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

/** An order was taken. */
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

/** A hold began, or ended without becoming an order. */
export interface HoldEvent extends EventHead {
  type: "holdPlaced" | "holdExpired" | "holdReleased";
  hold: Id;
}

/** Stock came in; `supply`: what it was received against. */
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

/** `quantity`: what is to come. `to`: when. */
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
