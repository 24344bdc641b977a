/** The days on which the shop sends, and in words. Pure. */

import type { Calendar, Instant } from "./backorder/browser.js";
import { dayNamed, dayOf, HOUR, instantOf, MINUTE, nameOf, weekday } from "./local-time.js";
import { count, day, join, many } from "./words.js";

export const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;
const LISTED = 4;

/** Of "14:30", how long after midnight. */
export function timeNamed(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * HOUR + minutes * MINUTE;
}

/** Whether it sends on a day, by its number since 1970. */
export const sendsOn = ({ workdays, holidays = [] }: Calendar, day: number): boolean =>
  workdays.includes(weekday(day)) && !holidays.includes(nameOf(day));

/** "Monday to Friday", "Monday, Thursday and Saturday". */
function weekdays(numbers: readonly number[]): string {
  const names = numbers.map((number) => WEEKDAYS[number - 1] ?? "");
  const [first = 0, last = 0] = [numbers[0], numbers.at(-1)];
  return numbers.length > 2 && last - first === numbers.length - 1 ? `${names[0]} to ${names.at(-1)}` : join(names);
}

/** The sentence that a buyer needs. */
export function parcelsLeave(days: Calendar | undefined): string {
  if (days === undefined) return "Parcels leave on any day, at any time.";
  const on = days.workdays.length === WEEKDAYS.length ? "every day" : `on ${weekdays(days.workdays)}`;
  return `Parcels leave ${on}${days.cutoff === undefined ? "" : `, with what is ready by ${days.cutoff}`}.`;
}

/** All that a merchant set, as far as it lies ahead. */
export function described(days: Calendar | undefined, now: Instant): string[] {
  const { handlingDays = 0, holidays = [] } = days ?? {};
  const ahead = holidays.filter((holiday) => dayNamed(holiday) >= dayOf(now));
  const named = ahead.slice(0, LISTED).map((holiday) => day(instantOf(dayNamed(holiday)), now));
  const rest = ahead.length > LISTED ? [many(ahead.length - LISTED, "more day", "more days")] : [];
  return [
    parcelsLeave(days),
    ...(handlingDays > 0 ? [`Packing takes ${count(handlingDays)} more of these days.`] : []),
    ...(ahead.length > 0 ? [`None leave on ${join([...named, ...rest])}.`] : []),
    ...(days === undefined ? [] : [timesOf(days)]),
  ];
}

export function timesOf(days: Calendar | undefined): string {
  const zone = days?.timeZone ?? "UTC";
  return zone === "UTC" ? "Times are UTC." : `Times are those of ${zone.replaceAll("_", " ")}.`;
}
