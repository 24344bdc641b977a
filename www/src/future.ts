/** An item's future as numbers to draw: what is there and coming, step by step, against what waits. Pure. */

import type { Command, Instant, ItemSettings } from "./backorder/browser.js";
import { DAY } from "./words.js";

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

/** The supplies as they would stand after a command that is only supposed. */
export function suppose(supplies: readonly Coming[], command: Command): Coming[] {
  return supplies.flatMap((supply) => {
    if (command.type === "cancelSupply" && command.supply === supply.supply) return [];
    if (command.type !== "rescheduleSupply" || command.supply !== supply.supply) return [supply];
    return [{ ...supply, due: command.due ?? supply.due, open: command.quantity ?? supply.open }];
  });
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

/** What the curve stands at, this instant included. */
export function levelAt(curve: Curve, at: Instant): number {
  return curve.steps.findLast((step) => step.at <= at)?.level ?? curve.start;
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
  const first = Math.floor(from / DAY) * DAY;
  const all: Instant[] = [];
  for (let at = first; at <= to; at += DAY) if (at > from && new Date(at).getUTCDay() === 1) all.push(at);
  const keep = Math.max(1, Math.ceil(all.length / most));
  return all.filter((_, index) => index % keep === 0);
}
