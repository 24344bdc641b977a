/** When units will be there, by a sheet's curves. Sums are BigInts: they may pass 2^53. */

import type { Instant, Quote } from "../../index.js";
import { DAY, type Curve, type Dated, type Known } from "./read.js";

/** A date and where it comes from. */
export interface Ships {
  readonly date: Instant | null;
  readonly basis: Quote["ships"]["basis"];
  readonly evidence: number;
}

export const NEVER: Ships = { date: null, basis: "none", evidence: 0 };

/** Beyond what the sheet has room for. */
export const UNKNOWN = "unknown";

/** The last of which something holds. */
export function lastOf<Item>(list: readonly Item[], holds: (item: Item) => boolean): Item | undefined {
  return list.filter(holds).at(-1);
}

export function reserve(dated: Dated, priority: number): bigint {
  return lastOf(dated.reserves, (level) => level.priority < priority)?.units ?? 0n;
}

/** Of what is not there before an instant, that; else the date as it is. */
export function notBefore(ships: Ships, release: Instant | null): Ships {
  if (ships.date === null || release === null) return NEVER;
  return { ...ships, date: Math.max(ships.date, release) };
}

/** Units that no promise needs from an instant on, and how many steps of the curve have passed by then. */
export function least(curve: Curve, now: Instant): { units: bigint; passed: number } {
  const passed = curve.steps.filter(({ date }) => date <= now);
  return { units: passed.reduce((sum, { units }) => sum + units, curve.least), passed: passed.length };
}

/** What waits, and behind what. */
export interface Wait {
  readonly take: bigint;
  readonly waits: bigint;
  /** What stands before it, that has no promise where promises are kept. */
  readonly ahead: bigint;
  readonly reserve: bigint;
}

export function served(dated: Dated, curve: Curve, wait: Wait, now: Instant): Ships | typeof UNKNOWN {
  return dated.promised === undefined ? byDepth(dated, curve, wait, now) : beside(dated, curve, wait, now);
}

function byDepth(dated: Dated, curve: Curve, wait: Wait, now: Instant): Ships | typeof UNKNOWN {
  const depth = (dated.sharing ?? wait.ahead) + wait.waits + wait.reserve;
  const unit = depth - (dated.start - wait.take);
  if (unit <= 0n) return { date: now, basis: "stock", evidence: 0 };
  const { coming, all } = arrivals(dated, curve, now);
  let total = 0n;
  for (const { date, units, evidence } of coming) {
    total += units;
    if (total >= unit) return date > Number.MAX_SAFE_INTEGER ? NEVER : { date, basis: "supply", evidence };
  }
  if (!all) return UNKNOWN;
  return curve.never ? NEVER : assumed(dated, unit - total, now, coming.at(-1)?.date ?? 0);
}

/** What comes, in order of arrival: what is overdue comes so many days from now, and at some time no longer counts. */
function arrivals(dated: Dated, curve: Curve, now: Instant): { coming: readonly Curve["steps"][number][]; all: boolean } {
  const oldest = dated.ignoreAfterDays === undefined ? 0 : now - dated.ignoreAfterDays * DAY;
  const late = now + dated.offsetDays * DAY;
  const counted = curve.steps.filter(({ date }) => date >= oldest);
  const overdue = counted.filter(({ date }) => date < now).map((step) => ({ ...step, date: late }));
  const early = counted.filter(({ date }) => date >= now && date < late);
  // What the sheet has no room for may come before that.
  const last = curve.steps.at(-1)?.date ?? 0;
  if (curve.cut && dated.offsetDays > 0 && overdue.length > 0 && late > last) return { coming: early, all: false };
  const rest = counted.filter(({ date }) => date >= now && date >= late);
  return { coming: [...early, ...overdue, ...rest], all: !curve.cut };
}

/** Where promises are kept: from when on so many units are needed for none of them. */
function beside(dated: Dated, curve: Curve, wait: Wait, now: Instant): Ships | typeof UNKNOWN {
  const units = wait.take + wait.waits + wait.reserve;
  const { units: there, passed } = least(curve, now);
  let left = there;
  if (left >= units) {
    const evidence = curve.steps[passed - 1]?.evidence ?? curve.evidence;
    return { date: now, basis: "supply", evidence };
  }
  for (const { date, units: more, evidence } of curve.steps.slice(passed)) {
    left += more;
    if (left >= units) return { date, basis: "supply", evidence };
  }
  if (curve.cut) return UNKNOWN;
  if (curve.never) return NEVER;
  const beyond = wait.ahead + wait.waits + wait.reserve - (dated.start - wait.take + curve.total);
  return assumed(dated, beyond > 1n ? beyond : 1n, now, curve.steps.at(-1)?.date ?? 0);
}

/** When assumed supply brings a unit beyond what is scheduled: not before the last that is. */
function assumed({ replenishment }: Dated, unit: bigint, now: Instant, last: Instant): Ships {
  if (replenishment === undefined) return NEVER;
  const { days, batch, capacity } = replenishment;
  const made = batch > 0n ? ((unit + batch - 1n) / batch) * batch : unit;
  const extra = capacity > 0n ? (made + capacity - 1n) / capacity - 1n : 0n;
  const date = Math.max(Number((days + extra) * BigInt(DAY) + BigInt(now)), last);
  return date > Number.MAX_SAFE_INTEGER ? NEVER : { date, basis: "replenishment", evidence: 0 };
}

/** Units that wait ahead of a priority, besides those that are promised. */
export function ahead(dated: Dated, priority: number): bigint {
  return dated.classes.reduce((sum, it) => (it.priority <= priority ? sum + it.units : sum), 0n);
}

/** Where promises are kept: units that wait ahead of new demand with this promise. `null`: the sheet can't say. */
export function aheadOfPromise(dated: Dated, priority: number, promise: Instant | null): bigint | null {
  let sum = 0n;
  for (const place of dated.promised ?? []) {
    const before = promise === null || place.promise < promise;
    if (!before && (place.promise > promise || place.priority > priority)) return place.spread ? null : sum;
    sum += place.units;
  }
  return promise === null ? sum + ahead(dated, priority) : sum;
}

/** What is offered for waiting from now until a date; no date is the longest wait. */
export function incentive(known: Known, now: Instant, promise: Instant | null): string | undefined {
  const waits = promise === null ? Infinity : Math.max(0, Math.floor(promise / DAY) - Math.floor(now / DAY));
  return known.incentives?.find(({ days }) => days <= waits)?.offer;
}
