/**
 * `backorder/sheet`: the reader of quote sheets. What `engine.quoteSheet(sku, now, location?)` gives, at most 6,000 bytes, is
 * enough to quote that item at any quantity and priority where there is no engine, on a page or at the edge. Plain
 * JavaScript, no WebAssembly.
 *
 * ```js
 * import { openSheet } from "backorder/sheet";
 * const sheet = openSheet(await (await fetch("/sheets/lamp")).arrayBuffer());
 * const { state, availability, promise } = sheet.quote({ quantity: 3 }, Date.now());
 * ```
 *
 * @module backorder/sheet
 */

import type { Estimate, Id, Instant, Quantity, Quote } from "./index.js";

/** Reads a sheet. Throws a `SheetError` for bytes that are none. */
export function openSheet(bytes: Uint8Array | ArrayBuffer, options?: SheetOptions): Sheet;

/** How old a sheet may be before it is stale, in milliseconds: 15 minutes. */
export const DEFAULT_MAX_AGE: number;

/** How far a sheet is trusted. */
export interface SheetOptions {
  /** How old a sheet may be, in milliseconds: once it is older it says no dates. Default `DEFAULT_MAX_AGE`. */
  maxAge?: number;
}

/** One item, as it was when the sheet was made. */
export interface Sheet {
  readonly sku: Id;
  /** The location that it is about; `null` where it is about several, or about nothing that is known. */
  readonly location: Id | null;
  /** When it was made. */
  readonly asOf: Instant;
  /**
   * The first instant at which it is stale: it is older than it may be by then, or time alone makes learned dates
   * others. `null`: never.
   */
  readonly staleAt: Instant | null;
  /**
   * What the engine would say besides: alternatives, as each substitute has a sheet of its own; incentives, where they are
   * more than a kilobyte of text.
   */
  readonly leavesOut: readonly ("alternatives" | "incentives")[];
  /**
   * What `engine.quote` says of it at `now`, until the next change. An instant before `asOf` is taken for that.
   *
   * Throws `INVALID_ARGUMENT` for a request or a `now` that is none, and nothing else.
   */
  quote(request: SheetRequest, now: Instant): SheetQuote;
}

/** What is asked of a sheet. */
export interface SheetRequest {
  quantity: Quantity;
  /** Default 100. */
  priority?: number;
}

/** A `Quote`, but that `ahead` may be unknown; and how far to trust it. */
export interface SheetQuote extends Omit<Quote, "ahead"> {
  /**
   * "current": the engine's own answer, if nothing has changed since `asOf`.
   * "undated": what is there is what was at `asOf`, and not said when the rest ships, for the reason in `why`: no dates, no
   * promise. Of a kit at several locations what waits may be refused all the same.
   * "stale": the sheet is too old: `availability`, `now` and `parts` are what they were at `asOf`, and nothing is said of when.
   */
  state: "current" | "undated" | "stale";
  /**
   * With "undated". "severalLocations": a sheet was made for no location in particular. "kit", "wholeLines": such dates
   * come from several queues, or from playing. "overdue": supply is overdue by `overdue.offsetDays` and promises are kept.
   * "calendar": units leave by calendars of several locations, or by one with more than 366 days off or 100 changes of its
   * clock ahead, so that what is there has no date either. "overtaking": more than 7 priorities overtake others.
   * "beyondCurve": beyond the first 200 dates of the supply curve, or what of them the sheet has room for.
   */
  why?: "severalLocations" | "kit" | "wholeLines" | "overdue" | "calendar" | "overtaking" | "beyondCurve";
  /** Units waiting ahead; `null` where the sheet can't say. */
  ahead: Quantity | null;
  ships: Estimate;
  /** Always empty. */
  alternatives: [];
  /** Why `placeOrder` would refuse it, where it would; of an "undated" item not for what is short. */
  refused?: "unknownItem" | "unknownLocation" | "limitExceeded" | "maxPerOrder" | "outOfStock" | "backorderLimit";
  /** When the sheet was made. */
  asOf: Instant;
}

/** What is no sheet, or no request. */
export class SheetError extends Error {
  /**
   * "CORRUPT_SHEET": truncated, altered, or no sheet. "UNSUPPORTED_SHEET": of a format that this release does not read.
   * "INVALID_ARGUMENT": an argument that is none, at `path`.
   */
  readonly code: "CORRUPT_SHEET" | "UNSUPPORTED_SHEET" | "INVALID_ARGUMENT";
  readonly path?: string;
}
