/** When units will be there, by a sheet's curves. Sums are BigInts: they may pass 2^53. */

import type { Instant, Quote } from "../../index.js";
import { DAY, dispatch, localDay } from "./calendar.js";
import type { Curve, Dated, Known } from "./read.js";

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

/** What a priority is dated by, and which of these curves promises are made by. */
export function curvesOf({ overtaking, curves, own }: Dated, priority: number): { shown: readonly Curve[]; own: Curve } {
  const shown = curves[overtaking.filter((better) => better < priority).length] as readonly Curve[];
  return { shown, own: shown[own] as Curve };
}

export function reserve(dated: Dated, priority: number): bigint {
  return lastOf(dated.reserves, (level) => level.priority < priority)?.units ?? 0n;
}

function at(date: Instant, basis: Ships["basis"], evidence = 0): Ships {
  return date > Number.MAX_SAFE_INTEGER ? NEVER : { date, basis, evidence };
}

function notBefore(ships: Ships, earliest: Instant): Ships {
  return ships.date === null ? NEVER : at(Math.max(ships.date, earliest), ships.basis, ships.evidence);
}

/** What is there by then, as it leaves. */
function sent({ calendar }: Known, { date, basis, evidence }: Ships): Ships {
  return date === null ? NEVER : at(dispatch(calendar, date), basis, evidence);
}

/** What is on the shelf, as it ships. */
export function atOnce(known: Known, now: Instant): Ships {
  return released(known, sent(known, at(now, "stock")));
}

/** Of what leaves before its release, when it ships. */
function released({ calendar, release }: Known, ships: Ships): Ships {
  if (release === null) return NEVER;
  return release === 0 ? ships : notBefore(ships, dispatch(calendar, release));
}

/** Units that no promise needs of what leaves now or later, and how many steps of the curve have passed by then. */
export function least(known: Known, curve: Curve, now: Instant): { first: Instant; units: bigint; passed: number } {
  const first = dispatch(known.calendar, now);
  const passed = curve.steps.filter(({ date }) => date <= first);
  return { first, units: passed.reduce((sum, { units }) => sum + units, curve.least), passed: passed.length };
}

/** What waits, and behind what. */
export interface Wait {
  readonly take: bigint;
  readonly waits: bigint;
  /** What stands before it, that has no promise where promises are kept. */
  readonly ahead: bigint;
  readonly reserve: bigint;
}

/** When what waits ships, by a curve. */
export function served(known: Known, dated: Dated, curve: Curve, wait: Wait, now: Instant): Ships | typeof UNKNOWN {
  if (dated.promised !== undefined) {
    const leaves = beside(known, dated, curve, wait, now);
    return leaves === UNKNOWN ? UNKNOWN : released(known, leaves);
  }
  const there = byDepth(dated, curve, wait, now);
  return there === UNKNOWN ? UNKNOWN : released(known, sent(known, there));
}

/** When it is there. */
function byDepth(dated: Dated, curve: Curve, wait: Wait, now: Instant): Ships | typeof UNKNOWN {
  const depth = (dated.sharing ?? wait.ahead) + wait.waits + wait.reserve;
  const unit = depth - (dated.start - wait.take);
  if (unit <= 0n) return at(now, "stock");
  const { coming, all } = arrivals(dated, curve, now);
  let total = 0n;
  for (const { date, units, evidence } of coming) {
    total += units;
    if (total >= unit) return at(date, "supply", evidence);
  }
  if (!all) return UNKNOWN;
  return curve.never ? NEVER : notBefore(assumed(dated, unit - total, now), coming.at(-1)?.date ?? 0);
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

/** Where promises are kept: from which dispatch on so many units are needed for none of them. */
function beside(known: Known, dated: Dated, curve: Curve, wait: Wait, now: Instant): Ships | typeof UNKNOWN {
  const units = wait.take + wait.waits + wait.reserve;
  const { first, units: there, passed } = least(known, curve, now);
  let left = there;
  if (left >= units) return at(first, "supply", curve.steps[passed - 1]?.evidence ?? curve.evidence);
  for (const { date, units: more, evidence } of curve.steps.slice(passed)) {
    left += more;
    if (left >= units) return at(date, "supply", evidence);
  }
  if (curve.cut) return UNKNOWN;
  if (curve.never) return NEVER;
  const beyond = wait.ahead + wait.waits + wait.reserve - (dated.start - wait.take + curve.total);
  const made = sent(known, assumed(dated, beyond > 1n ? beyond : 1n, now));
  return notBefore(made, curve.steps.at(-1)?.date ?? 0);
}

/** When assumed supply brings a unit beyond what is scheduled; that it is not before the last of this is left out. */
function assumed({ replenishment }: Dated, unit: bigint, now: Instant): Ships {
  if (replenishment === undefined) return NEVER;
  const { days, batch, capacity } = replenishment;
  const made = batch > 0n ? ((unit + batch - 1n) / batch) * batch : unit;
  const extra = capacity > 0n ? (made + capacity - 1n) / capacity - 1n : 0n;
  return at(Number((days + extra) * BigInt(DAY) + BigInt(now)), "replenishment");
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
  const day = (instant: Instant) => localDay(known.calendar, instant);
  const waits = promise === null ? Infinity : Math.max(0, day(promise) - day(now));
  return known.incentives?.find(({ days }) => days <= waits)?.offer;
}
