/** Quotes of one item from a few kilobytes, without the engine and without WebAssembly. */

import type { Instant, Quantity, Quote } from "../index.js";
import type * as Declared from "../sheet.js";
import { UNKNOWN, NEVER, ahead, aheadOfPromise, atOnce, curvesOf, incentive, lastOf, least, reserve, served } from "./sheet/dates.js";
import type { Ships, Wait } from "./sheet/dates.js";
import { SheetError, invalid } from "./sheet/error.js";
import { read } from "./sheet/read.js";
import type { Curve, Dated, Known, SheetContent } from "./sheet/read.js";

export { SheetError };

export const DEFAULT_MAX_AGE: typeof Declared.DEFAULT_MAX_AGE = 900_000;

export const openSheet: typeof Declared.openSheet = (bytes, options = {}) => {
  const maxAge = options.maxAge ?? DEFAULT_MAX_AGE;
  if (!(maxAge >= 0)) throw invalid("options.maxAge", "milliseconds, 0 or more");
  return new Sheet(read(viewed(bytes)), maxAge);
};

/** Bytes of another realm, a frame's or a test runner's, are as good. */
function viewed(bytes: unknown): Uint8Array {
  const tag = Object.prototype.toString.call(bytes);
  if (tag === "[object Uint8Array]") return bytes as Uint8Array;
  if (tag === "[object ArrayBuffer]") return new Uint8Array(bytes as ArrayBuffer);
  throw invalid("bytes", "a Uint8Array or an ArrayBuffer");
}

class Sheet implements Declared.Sheet {
  readonly #content: SheetContent;
  readonly sku: string;
  readonly location: string | null;
  readonly asOf: Instant;
  readonly staleAt: Instant | null;
  readonly leavesOut: Declared.Sheet["leavesOut"];

  constructor(content: SheetContent, maxAge: number) {
    const { sku, asOf, until, known } = content;
    const item = typeof known === "string" ? undefined : known;
    const staleAt = Math.min(asOf + Math.floor(maxAge) + 1, until);
    const alternatives = item?.substitutes === true ? (["alternatives"] as const) : [];
    const incentives = item !== undefined && item.incentives === undefined ? (["incentives"] as const) : [];
    this.#content = content;
    this.sku = sku;
    this.location = item?.location ?? null;
    this.asOf = asOf;
    this.staleAt = staleAt <= Number.MAX_SAFE_INTEGER ? staleAt : null;
    this.leavesOut = [...alternatives, ...incentives];
  }

  quote(request: Declared.SheetRequest, now: Instant): Declared.SheetQuote {
    const { quantity, priority } = asked(request);
    if (!Number.isSafeInteger(now) || now < 0) throw invalid("now", "milliseconds since 1970 in UTC, from 0 to 2^53 - 1");
    const { sku, asOf, known } = this.#content;
    const stale = this.staleAt !== null && now >= this.staleAt;
    const at = stale ? asOf : Math.max(now, asOf);
    const figures = typeof known === "string" ? NOTHING : figuresOf(known, BigInt(quantity), priority, at);
    const { availability, take, waits, refused, reason } = typeof known === "string" ? { ...figures, reason: known } : figures;
    const parts =
      this.location !== null && (take > 0 || (waits > 0 && !refused))
        ? [{ location: this.location, now: take, waits: refused ? 0 : waits }]
        : [];
    const said = stale ? STALE : dated(figures);
    const offer = stale || typeof known === "string" ? undefined : offered(known, figures, at);
    return {
      ...{ sku, quantity, parts, availability, now: take, ...said, alternatives: [] },
      ...(offer !== undefined && { incentive: offer }),
      ...(reason !== undefined && { refused: reason }),
      asOf,
    };
  }
}

/** What is said of a quote besides what is there now. */
type Said = Pick<Declared.SheetQuote, "ahead" | "ships" | "promise" | "state" | "why">;

const NO_DATES = { p50: null, p80: null, p95: null, basis: "none", evidence: 0 } as const;
const STALE: Said = { state: "stale", ahead: null, ships: NO_DATES, promise: null };

interface Figures {
  readonly availability: Quote["availability"];
  readonly take: Quantity;
  readonly waits: Quantity;
  readonly refused: boolean;
  readonly reason?: Declared.SheetQuote["refused"];
  readonly why?: Declared.SheetQuote["why"];
  readonly ahead: Quantity | null;
  readonly ships: Quote["ships"];
  readonly promise: Instant | null;
}

const NOTHING: Figures = {
  availability: "outOfStock",
  ...{ take: 0, waits: 0, refused: true, ahead: 0, ships: NO_DATES, promise: null },
};

function dated({ why, ahead, ships, promise }: Figures): Said {
  return { state: why === undefined ? "current" : "undated", ...(why !== undefined && { why }), ahead, ships, promise };
}

function offered(known: Known, figures: Figures, at: Instant): string | undefined {
  const waits = figures.waits > 0 || figures.availability === "preorder";
  if (figures.refused || !waits || figures.why !== undefined) return undefined;
  return incentive(known, at, figures.promise);
}

function asked(request: unknown): { quantity: Quantity; priority: number } {
  if (typeof request !== "object" || request === null) throw invalid("request", "an object with a quantity");
  const unknown = Object.keys(request).find((name) => name !== "quantity" && name !== "priority");
  if (unknown !== undefined) throw invalid(unknown, "left out: a sheet takes a quantity and a priority");
  const { quantity, priority = 100 } = request as Record<string, unknown>;
  if (!Number.isSafeInteger(quantity) || (quantity as number) < 1) throw invalid("quantity", "from 1 to 2^53 - 1");
  if (!Number.isInteger(priority) || (priority as number) < 0 || (priority as number) > 255) {
    throw invalid("priority", "from 0 to 255");
  }
  return { quantity: quantity as number, priority: priority as number };
}

/** What placing so many would do: the engine's own steps, in its order. */
function figuresOf(known: Known, quantity: bigint, priority: number, now: Instant): Figures {
  const { stock } = known;
  const had = stock.why !== undefined ? lastOf(stock.had, (it) => it.priority <= priority) : undefined;
  const there = stock.why !== undefined ? (quantity > stock.countable ? 0n : (had?.now ?? 0n)) : takes(known, stock, priority, now);
  const take = there < quantity ? there : quantity;
  const waits = quantity - take;
  const plan = stock.why === undefined ? planned(known, stock, { take, waits, priority }, now) : unplanned(known, stock.why, waits, now);
  const short = stock.why !== undefined ? had?.most !== undefined && quantity > had.most : stock.room !== undefined && waits > stock.room;
  const reason = refusal(known, quantity, waits, short);
  const numbers = { take: Number(take), waits: Number(waits) };
  if (reason === undefined) {
    const preorder = known.release === null || known.release > now;
    const availability = preorder ? "preorder" : waits === 0n ? "inStock" : take > 0n ? "limited" : "backorder";
    return { availability, ...numbers, refused: false, ...plan };
  }
  const availability = known.discontinued ? "discontinued" : "outOfStock";
  const named = reason === "short" ? {} : { reason };
  return { availability, ...numbers, refused: true, ...named, ahead: plan.ahead, ships: NO_DATES, promise: null };
}

function refusal(known: Known, quantity: bigint, waits: bigint, short: boolean): Figures["reason"] | "short" {
  if (quantity > known.most) return "limitExceeded";
  if (known.maxPerOrder !== undefined && quantity > known.maxPerOrder) return "maxPerOrder";
  if (waits === 0n) return undefined;
  if (known.discontinued) return "outOfStock";
  if (!short) return undefined;
  if (known.stock.why !== undefined) return "short";
  return known.stock.denies ? "outOfStock" : "backorderLimit";
}

function takes(known: Known, dated: Dated, priority: number, now: Instant): bigint {
  const free = dated.promised === undefined ? dated.start : smaller(dated.start, least(known, curvesOf(dated, priority).own, now).units);
  const units = free - reserve(dated, priority);
  return units > 0n ? units : 0n;
}

function smaller(one: bigint, other: bigint): bigint {
  return one < other ? one : other;
}

type Plan = Pick<Figures, "ahead" | "ships" | "promise" | "why">;

function unplanned(known: Known, why: NonNullable<Plan["why"]>, waits: bigint, now: Instant): Plan {
  if (waits === 0n && why !== "calendar") return onShelf(known, now);
  return { ahead: null, ships: NO_DATES, promise: null, why };
}

/** Of what is on the shelf, one date at every quantile. */
function onShelf(known: Known, now: Instant): Plan {
  const { date, basis } = atOnce(known, now);
  return { ahead: 0, ships: { p50: date, p80: date, p95: date, basis, evidence: 0 }, promise: date };
}

function planned(
  known: Known,
  dated: Dated,
  asked: { take: bigint; waits: bigint; priority: number },
  now: Instant,
): Plan {
  const { take, waits, priority } = asked;
  if (waits === 0n) return onShelf(known, now);
  const behind = dated.promised === undefined ? ahead(dated, priority) : (aheadOfPromise(dated, priority, null) ?? 0n);
  const wait: Wait = { take, waits, ahead: behind, reserve: reserve(dated, priority) };
  const ships = (curve: Curve) => served(known, dated, curve, wait, now);
  const curves = curvesOf(dated, priority);
  const own = ships(curves.own);
  const learned = curves.shown.length > 1;
  const [p50, p80, p95] = learned ? curves.shown.map(ships) : [own, own, own];
  const keeps = dated.promised !== undefined;
  const place = !keeps ? behind : own === UNKNOWN ? null : aheadOfPromise(dated, priority, own.date);
  const units = place === null ? null : Number(place);
  if ([own, p50, p80, p95].includes(UNKNOWN)) {
    return { ahead: units, ships: NO_DATES, promise: null, why: "beyondCurve" };
  }
  const date = (ships: Ships | typeof UNKNOWN | undefined) => (ships as Ships).date;
  const { basis, evidence } = (own as Ships) ?? NEVER;
  const quantiles = { p50: date(p50), p80: date(p80), p95: date(p95) };
  return { ahead: units, ships: { ...quantiles, basis, evidence: learned ? evidence : 0 }, promise: date(own) };
}
