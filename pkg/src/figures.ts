import type { Estimate, Id, Instant, Position, Quantity, Quote } from "../index.js";
import { AVAILABILITIES, BASES } from "./names.js";

/** The objects of the hot reads, made here of the core's plain numbers. */

export interface QuoteRequest {
  sku: Id;
  quantity: Quantity;
  priority: number;
}

type Numbers<N extends number, All extends number[] = []> = All["length"] extends N
  ? All
  : Numbers<N, [...All, number]>;

const FIELDS = new Set(["sku", "quantity", "priority"]);
const DEFAULT_PRIORITY = 100;

/** A request that can cross as it stands. Any other goes the long way, on which it is told what is wrong with it. */
export function plainlyRight(request: unknown): QuoteRequest | undefined {
  if (typeof request !== "object" || request === null) return undefined;
  for (const name in request) if (!FIELDS.has(name)) return undefined;
  const { sku, quantity, priority = DEFAULT_PRIORITY } = request as Partial<QuoteRequest>;
  if (typeof sku !== "string" || sku === "" || sku.length > 128) return undefined;
  if (!Number.isSafeInteger(quantity) || quantity === undefined || quantity < 1) return undefined;
  if (!Number.isInteger(priority) || priority < 0 || priority > 255) return undefined;
  return { sku, quantity, priority };
}

/** `nameOf`: the name of a location, by the core's number for it. `undefined`: the core has more to say than figures. */
export function quoteOf(
  { sku, quantity }: QuoteRequest,
  figures: Float64Array,
  nameOf: (location: number) => Id,
): Quote | undefined {
  if (figures.length === 0) return undefined;
  const [availability, now, waits, ahead, date, basis, promise, location] = figures as unknown as Numbers<8>;
  const at = dateOf(date);
  return {
    sku,
    quantity,
    parts: now + waits > 0 ? [{ location: nameOf(location), now, waits }] : [],
    availability: AVAILABILITIES[availability] as Quote["availability"],
    now,
    ahead,
    ships: { p50: at, p80: at, p95: at, basis: BASES[basis] as Estimate["basis"], evidence: 0 },
    promise: dateOf(promise),
    alternatives: [],
  };
}

/** The books of an item, over all locations or at one. */
export function positionOf(sku: Id, location: Id | undefined, figures: Float64Array): Position | undefined {
  if (figures.length === 0) return undefined;
  const [onHand, allocated, held, safetyStock, available, incoming, backordered, waitingLines] =
    figures as unknown as Numbers<8>;
  return {
    sku,
    location: location ?? null,
    onHand,
    allocated,
    held,
    safetyStock,
    available,
    incoming,
    backordered,
    waitingLines,
  };
}

function dateOf(value: number): Instant | null {
  return Number.isNaN(value) ? null : value;
}
