/** An item's future as numbers to draw: what is there and coming, step by step, against what waits. Pure. */

import type { Instant, ItemSettings, QuotedColumns } from "./backorder/browser.js";
import { DAY, dayOf, instantOf, weekday } from "./local-time.js";

export interface Step {
  readonly supply: string;
  readonly at: Instant;
  readonly quantity: number;
  /** Units for the queue once it has come, all before it included. */
  readonly level: number;
  readonly overdue: boolean;
}

export interface Curve {
  /** Units for the queue now; below 0 where the buffer stock is not full. */
  readonly start: number;
  readonly steps: readonly Step[];
}

interface Shelf {
  readonly onHand: number;
  readonly allocated: number;
  readonly held: number;
  readonly safetyStock: number;
}

interface Coming {
  readonly supply: string;
  readonly open: number;
  readonly due: Instant;
}

export function curveOf(
  shelf: Shelf,
  supplies: readonly Coming[],
  overdue: ItemSettings["overdue"] | undefined,
  now: Instant,
): Curve {
  const start = shelf.onHand - shelf.allocated - shelf.held - shelf.safetyStock;
  const { offsetDays = 0, ignoreAfterDays = Number.POSITIVE_INFINITY } = overdue ?? {};
  const expected = supplies
    .filter(({ open, due }) => open > 0 && now - due <= ignoreAfterDays * DAY)
    .map(({ supply, open, due }) => ({
      supply,
      quantity: open,
      overdue: due < now,
      at: due < now ? now + offsetDays * DAY : due,
    }))
    .sort((a, b) => a.at - b.at);
  let level = start;
  return { start, steps: expected.map((step) => ({ ...step, level: (level += step.quantity) })) };
}

/** All that is there and coming. */
export const totalOf = ({ start, steps }: Curve): number => steps.at(-1)?.level ?? start;

/** When the last of so many units is there, at three chances; NaN: that can't be said. */
export interface Bend {
  readonly depth: number;
  readonly p50: number;
  readonly p80: number;
  readonly p95: number;
}

/** Whole depths from 1 to `deepest`, about `most` of them, with both sides of every step of the supplier's dates. */
export function depthsOf({ start, steps }: Curve, deepest: number, most: number): number[] {
  const stride = Math.max(1, Math.ceil(deepest / most));
  const even = Array.from({ length: Math.floor(deepest / stride) }, (_, index) => (index + 1) * stride);
  const edges = [start, ...steps.map(({ level }) => level)].flatMap((level) => [level, level + 1]);
  const all = [...even, ...edges, deepest].filter((depth) => depth >= 1 && depth <= deepest);
  return [...new Set(all)].sort((a, b) => a - b);
}

/** What to ask for so that the last unit asked for stands at each depth: before all who wait, or behind who is ahead. */
export function asksOf(
  depths: readonly number[],
  behind: { readonly ahead: number; readonly priority: number },
  first: number,
): { quantity: Float64Array; priority: Uint8Array } {
  const within = (depth: number): boolean => depth <= behind.ahead;
  return {
    quantity: Float64Array.from(depths, (depth) => (within(depth) ? depth : depth - behind.ahead)),
    priority: Uint8Array.from(depths, (depth) => (within(depth) ? first : behind.priority)),
  };
}

/** The answers at the depths they turned out to be for. */
export function bendsOf(quantity: Float64Array, { ahead, p50, p80, p95 }: QuotedColumns): Bend[] {
  return Array.from(quantity, (units, row) => ({
    depth: (ahead[row] ?? 0) + units,
    p50: p50[row] ?? Number.NaN,
    p80: p80[row] ?? Number.NaN,
    p95: p95[row] ?? Number.NaN,
  })).sort((a, b) => a.depth - b.depth);
}

export interface Rise {
  readonly at: Instant;
  /** Units there from then on. */
  readonly level: number;
}

/** The curve at one chance, as far as there are dates: it never falls, and never goes back in time. */
export function risesOf(bends: readonly Bend[], of: "p50" | "p80" | "p95"): Rise[] {
  const rises: Rise[] = [];
  for (const bend of bends) {
    const last = rises.at(-1);
    const at = Math.max(bend[of], last?.at ?? Number.NEGATIVE_INFINITY);
    if (Number.isNaN(at)) break;
    if (last?.at === at) rises.pop();
    rises.push({ at, level: bend.depth });
  }
  return rises;
}

const NICE = [1, 2, 5, 10];

/** Round values from 0 up, about `wanted` of them. */
export function ticks(top: number, wanted: number): number[] {
  const rough = Math.max(1, top / wanted);
  const magnitude = 10 ** Math.floor(Math.log10(rough));
  const size = (NICE.find((nice) => nice * magnitude >= rough) ?? 10) * magnitude;
  return Array.from({ length: Math.floor(top / size) + 1 }, (_, index) => index * size);
}

/** Mondays, thinned until at most `most` are left. */
export function mondays(from: Instant, to: Instant, most: number): Instant[] {
  const all: Instant[] = [];
  for (let day = dayOf(from) + 1; instantOf(day) <= to; day += 1) if (weekday(day) === 1) all.push(instantOf(day));
  const keep = Math.max(1, Math.ceil(all.length / most));
  return all.filter((_, index) => index % keep === 0);
}
