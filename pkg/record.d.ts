/**
 * `backorder/record`: what was promised to whom, on what grounds, what the customer was shown and told, when, and what was
 * answered: entries that are made beside an engine and kept for good. Plain JavaScript, no WebAssembly. docs/LAW.md says what
 * such a record is for.
 *
 * ```js
 * import { recorder, recordCsv } from "backorder/record";
 * const record = recorder(engine);
 * const outcome = engine.apply(command, now);
 * await keep(record.after(command, outcome, now)); // wherever entries are kept, one row by its `id`
 * ```
 *
 * The same commands make the same entries with the same ids, so those that a crash lost are made again by playing the commands
 * since the last snapshot, and those that come twice are known by their ids.
 *
 * @module backorder/record
 */

import type { Command, Day, Engine, Estimate, Event, Id, Instant, NoticeView, Outcome, Quantity, Zone } from "./index.js";

/** The record of what is done with an engine from here on. */
export function recorder(engine: RecordedEngine): Recorder;

/** The reads that a record is made of. A stored engine has them, too. */
export type RecordedEngine = Pick<Engine, "order" | "hold" | "items" | "explain" | "notices" | "lastInstant">;

/** Makes entries, command by command. */
export interface Recorder {
  /**
   * What a command, and time until it, add to the record, in order. Call it once for each command and at once, as it reads how
   * things stand. `shown`: what the customer was shown when ordering, or sent as a notice. `events`: those of the command,
   * where its outcome does not have them.
   */
  after(command: Command, outcome: Outcome, now: Instant, more?: { shown?: Shown; events?: Event[] }): RecordEntry[];
}

/** In the host's own words, kept as it is: `{ page: "/lamp", date: "2026-09-10" }`, `{ channel: "email", sha256: "…" }`. */
export type Shown = Record<string, string | number | boolean | null>;

/** One thing that happened to an order's line, or a hold's, or with `orderPlaced` to an order. */
export interface RecordEntry {
  /** Names it once and for all: of an event "seq-", and its number; else the notice, what was done about it, and when. */
  id: string;
  at: Instant;
  what:
    | "orderPlaced"
    | "promiseMade"
    | "promiseMoved"
    | "promiseKept"
    | "promiseBroken"
    | "noticeDue"
    | "noticeSent"
    | "answered"
    | "orderDeemedCancelled"
    | "refundDue"
    | "refunded"
    | "lineShipped"
    | "lineCancelled";
  order?: Id;
  hold?: Id;
  line?: Id;
  sku?: Id;
  location?: Id;
  quantity?: Quantity;
  /** As the event of this name has them: the promise before, and the promise; or until when a notice or a refund is due. */
  from?: Instant | null;
  to?: Instant | null;
  cause?: Event["cause"];
  /** Of `orderPlaced`: the law it was placed under, and what was stated. */
  terms?: { regime: Id; statedShipBy?: Day; buyerZone?: Zone; payment: "card" | "sellerCredit" };
  /** Of a promise: on what grounds. */
  known?: Known;
  notice?: Id;
  /** That notice, as it was after this; absent where another had taken its place by then. */
  says?: NoticeView;
  /** Of `noticeSent`. `counts`: false where it was as good as not sent, as it lacked what the regime asks for. */
  sent?: { offersCancel: boolean; reason?: string; counts: boolean };
  /** Of `answered`. */
  answer?: "consent" | "cancel";
  until?: Day | "indefinite";
  shown?: Shown;
}

/** On what grounds a promise was made or moved, as things stood after the command. */
export interface Known {
  /**
   * As of which instant: that of the command, which is later than the entry's own where time alone had moved the promise before; or of
   * a later command, where one had come between before this was called.
   */
  at: Instant;
  /** The item's `promiseQuantile`. */
  quantile: number | null;
  /** The dates at other quantiles, what they rest on, and how many past receipts they were learned from. */
  ships: Estimate;
  delivers?: Estimate;
  /** Units ahead in the queue. */
  ahead: Quantity;
  /** Which supplies were to serve what waits, with the suppliers' dates, as `LineView.pegs`. */
  supplies: { supply: Id | null; quantity: Quantity; due: Instant | null }[];
  /** The sentences of `explain`, which name suppliers and their receipts; none of a hold. */
  why: string[];
}

/** The entries, line by line of the orders and holds that they are of, as JSON text: to hand over, or to read. */
export function recordJson(entries: Iterable<RecordEntry>): string;

/**
 * The entries as a table, a row each, after RFC 4180, in UTF-8 once encoded. Instants are written as in
 * "2026-09-10T12:00:00.000Z", lists and objects as JSON. A cell that a spreadsheet would take for a formula, and one that begins
 * with an apostrophe, has an apostrophe put before it: to read a cell, drop one.
 */
export function recordCsv(entries: Iterable<RecordEntry>): string;
