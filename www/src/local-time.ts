/** The clock of the place that the shop sends from: where its days begin, and what time it is there. */

import type { Instant } from "./backorder/browser.js";
import type { Transition } from "./backorder/zones.js";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

let clock: readonly Transition[] = [];

/** From here on all days and times are told by a zone's changes; none: UTC. */
export function tellTimeBy(transitions: readonly Transition[]): void {
  clock = transitions;
}

/** What the place's clock shows, as the instant at which a clock of UTC shows the same. */
export function local(at: Instant): number {
  const now = clock.findLast(({ from }) => from <= at) ?? clock[0];
  return at + (now?.utcOffset ?? 0) * MINUTE;
}

/** Days since 1970. */
export const dayOf = (at: Instant): number => Math.floor(local(at) / DAY);

/** When the place's clock shows a time of a day: of one that it shows twice the later, of one that it skips what follows. */
export function instantOf(day: number, time = 0): Instant {
  const shown = day * DAY + time;
  const offsets = clock.length === 0 ? [0] : clock.map(({ utcOffset }) => utcOffset);
  const all = offsets.map((offset) => shown - offset * MINUTE);
  const showing = all.filter((at) => local(at) === shown);
  return Math.max(...(showing.length > 0 ? showing : all));
}

export const startOfDay = (at: Instant): Instant => instantOf(dayOf(at));

/** 1 Monday to 7 Sunday. */
export const weekday = (day: number): number => ((day + 3) % 7) + 1;

/** The number of a day that is written "YYYY-MM-DD"; NaN: it is none. */
export const dayNamed = (date: string): number => Date.parse(date) / DAY;

/** The same the other way round. */
export const nameOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10);
