import type { Day, Instant } from "../../index.js";
import type * as Declared from "../../formats.js";
import { instant as mustBeInstant } from "../check.js";
import { invalid } from "../errors.js";

export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** The last instant of the year 9999 in UTC, less the 14 hours by which a zone may be ahead: both have four digits. */
const LAST_WRITTEN = 253_402_300_799_999 - 14 * 60 * MINUTE;

/** Whether RFC 3339, whose years have four digits, can write it in every zone. */
export function canBeWritten(instant: Instant): boolean {
  return instant <= LAST_WRITTEN;
}

export const dateTime: typeof Declared.dateTime = (instant, timeZone = "UTC") => {
  mustBeWritable(instant);
  const minutes = offset(instant, timeZone);
  const local = new Date(instant + minutes * MINUTE).toISOString();
  const time = local.slice(0, -1).replace(/\.000$/, "");
  return time + (isUtc(timeZone) ? "Z" : offsetText(minutes, ":"));
};

export const civilDay: typeof Declared.civilDay = (instant, timeZone = "UTC") => {
  mustBeWritable(instant);
  return dayText(instant + offset(instant, timeZone) * MINUTE);
};

const RFC_3339 =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ]([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d+))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))$/;

export const instantOf: typeof Declared.instantOf = (text) => {
  const found = RFC_3339.exec(text);
  if (found === null) throw invalid("text", "text must be RFC 3339 with its offset, as 2026-03-12T00:00:00-05:00");
  const [, year, month, day, hours, minutes, seconds, fraction = "", sign, offsetHours, offsetMinutes] = found;
  const clock = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
  const milliseconds = Number(fraction.padEnd(3, "0").slice(0, 3));
  const east = sign === undefined ? 0 : Number(`${sign}1`) * (Number(offsetHours) * 60 + Number(offsetMinutes));
  const instant = midnight(`${year}-${month}-${day}`, "text") + clock + milliseconds - east * MINUTE;
  mustBeInstant(instant, "text");
  return instant;
};

export const startOfDay: typeof Declared.startOfDay = (day, timeZone = "UTC") => {
  const utc = midnight(day, "day");
  // A zone changes its offset at most once in two days: midnight was by the one before it or is by the one after it.
  const starts = [utc - DAY, utc + DAY]
    .map((around) => utc - offset(Math.max(around, 0), timeZone) * MINUTE)
    .filter((start) => dayText(start + offset(start, timeZone) * MINUTE) === day);
  if (starts.length === 0) throw invalid("day", `there was no ${day} in ${timeZone}`);
  const start = Math.min(...starts);
  mustBeInstant(start, "day");
  return start;
};

/** "+0530", "-05:00". */
export function offsetText(minutes: number, separator: "" | ":"): string {
  const size = Math.abs(minutes);
  return (minutes < 0 ? "-" : "+") + twoDigits(Math.floor(size / 60)) + separator + twoDigits(size % 60);
}

/** What is written as "Z": UTC by name. Another zone has an offset even while it is 0. */
export function isUtc(timeZone: string): boolean {
  return timeZone === "UTC";
}

/**
 * Minutes east of UTC, to the whole minute: Liberia had seconds until 1972, and no format has a place for them. After the
 * last year it is that year's, as `Intl` knows no instants so late as a `now` may be.
 */
export function offset(at: Instant, timeZone: string, path = "timeZone"): number {
  if (isUtc(timeZone)) return 0;
  const instant = Math.min(at, LAST_WRITTEN);
  const parts = new Map(formatOf(timeZone, path).formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return Math.round((local - Math.floor(instant / 1000) * 1000) / MINUTE);
}

// One is kept, the last: to make it takes far longer than to use it, and a page has one zone.
let last: { timeZone: string; format: Intl.DateTimeFormat } | undefined;

function formatOf(timeZone: string, path: string): Intl.DateTimeFormat {
  if (last?.timeZone !== timeZone) last = { timeZone, format: newFormat(timeZone, path) };
  return last.format;
}

function newFormat(timeZone: string, path: string): Intl.DateTimeFormat {
  const fields = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric" } as const;
  try {
    return new Intl.DateTimeFormat("en-US-u-ca-gregory-nu-latn", {
      ...fields,
      second: "numeric",
      hourCycle: "h23",
      timeZone,
    });
  } catch {
    throw invalid(path, `${path} must be an IANA zone that this host knows; it does not know ${timeZone}`);
  }
}

/** Midnight in UTC of a day that there is. */
export function midnight(day: Day, path: string): number {
  const found = typeof day === "string" ? /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) : null;
  const utc = found === null ? NaN : new Date(`${day}T00:00:00Z`).getTime();
  if (Number.isNaN(utc) || dayText(utc) !== day) throw invalid(path, `${path} must be a day that there is, as 2026-03-12`);
  return utc;
}

function dayText(local: number): Day {
  return new Date(local).toISOString().slice(0, 10);
}

function mustBeWritable(instant: Instant): void {
  mustBeInstant(instant, "instant");
  if (!canBeWritten(instant)) throw invalid("instant", "instant must lie before the year 10000, for years of four digits");
}

function twoDigits(number: number): string {
  return String(number).padStart(2, "0");
}
