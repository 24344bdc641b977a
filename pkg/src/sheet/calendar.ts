/** When a location sends what is there, by the calendar that a sheet holds. */

import type { Instant } from "../../index.js";

export const DAY = 86_400_000;

export interface Calendar {
  /** The days of the week on which it sends, 0 Monday to 6 Sunday; at least one. */
  readonly workdays: readonly number[];
  /** Milliseconds after local midnight; what is ready later counts from the next workday. */
  readonly cutoff: number | undefined;
  /** Workdays between the day on which units are there and the one on which they leave. */
  readonly handling: number;
  /** Days since 1970 that would be workdays by their day of the week, in order. */
  readonly daysOff: readonly number[];
  /** In order, all time between them. */
  readonly clock: readonly Stretch[];
}

/** A stretch of time in which the clock is as far from UTC. */
export interface Stretch {
  readonly from: Instant;
  readonly until: Instant;
  /** Milliseconds east of UTC. */
  readonly offset: number;
}

/** When what is there at an instant leaves; at once without a calendar, and `Infinity` beyond 2^53 − 1. */
export function dispatch(calendar: Calendar | undefined, ready: Instant): Instant {
  if (calendar === undefined) return ready;
  const today = localDay(calendar, ready);
  const from = ready <= cutoff(calendar, today) ? today : today + 1;
  const day = workday(calendar, workdaysBefore(calendar, from) + calendar.handling);
  const leaves = calendar.cutoff === undefined ? Math.max(dayStart(calendar, day), ready) : cutoff(calendar, day);
  return leaves > Number.MAX_SAFE_INTEGER ? Infinity : leaves;
}

/**
 * The day since 1970 on which an instant falls, in UTC without a calendar. Of a time that the clock shows twice it is
 * the second: what is shown is the least that is still to be shown.
 */
export function localDay(calendar: Calendar | undefined, instant: Instant): number {
  const ahead = calendar?.clock.filter(({ until }) => until > instant);
  const shown = ahead?.map(({ from, offset }) => Math.max(from, instant) + offset) ?? [instant];
  return Math.max(0, Math.floor(Math.min(...shown) / DAY));
}

/** From when on the clock shows nothing before a local time. */
function instantOf({ clock }: Calendar, local: number): Instant {
  const earlier = clock.map(({ from, until, offset }) => [from, Math.min(until, local - offset)] as const);
  return Math.max(0, ...earlier.filter(([from, end]) => end > from).map(([, end]) => end));
}

function dayStart(calendar: Calendar, day: number): Instant {
  return day === 0 ? 0 : instantOf(calendar, day * DAY);
}

/** Where the clock skips from before it to the next day, it is the last instant of the day. */
function cutoff(calendar: Calendar, day: number): Instant {
  if (calendar.cutoff === undefined) return Infinity;
  return Math.min(instantOf(calendar, day * DAY + calendar.cutoff), dayStart(calendar, day + 1) - 1);
}

/** 1970 began on a Thursday: weeks are counted from the Monday before. */
function weekdaysBefore({ workdays }: Calendar, day: number): number {
  const week = Math.floor((day + 3) / 7);
  return week * workdays.length + workdays.filter((number) => number < (day + 3) % 7).length;
}

function workdaysBefore(calendar: Calendar, day: number): number {
  return weekdaysBefore(calendar, day) - calendar.daysOff.filter((off) => off < day).length;
}

/** The workday that so many precede. */
function workday(calendar: Calendar, preceding: number): number {
  const { workdays, daysOff } = calendar;
  const off = daysOff.filter((day, index) => weekdaysBefore(calendar, day) - index <= preceding).length;
  const place = preceding + off;
  return Math.floor(place / workdays.length) * 7 + (workdays[place % workdays.length] as number) - 3;
}
