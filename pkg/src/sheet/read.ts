/** Bytes into what a sheet says; docs/SHEET.md says every bit of them. */

import type { Id, Instant } from "../../index.js";
import { Reader, crc32, safe, unfolded } from "./bytes.js";
import { DAY, type Calendar } from "./calendar.js";
import { SheetError, corrupt } from "./error.js";

const MAGIC = [0x42, 0x4b, 0x51, 0x53];
/** The second may have a calendar, and priorities that overtake others. */
const VERSIONS = [1, 2];
const HEAD = 12;
const MOST_BYTES = 6_000;
const MOST_STEPS = 200;
/** Each of so many is a place, and between any two are others. */
const MOST_PLACES = 1_000;
const MOST_DAYS_OFF = 366;
const MOST_CHANGES = 100;
const MOST_OVERTAKING = 7;
/** Of four curves of each class, and the places. */
const MOST_TIMES = 4 * (MOST_OVERTAKING + 1) * MOST_STEPS + MOST_PLACES;
const MINUTE = 60_000;
/** The span of ECMAScript's time values. */
const MOST_HANDLING_DAYS = 100_000_000;
const MOST_MINUTES_FROM_UTC = 1_080n;

export const WHY = ["severalLocations", "kit", "wholeLines", "overdue", "calendar", "overtaking"] as const;

export interface SheetContent {
  readonly asOf: Instant;
  /** From when on time alone makes it wrong. */
  readonly until: Instant;
  readonly sku: Id;
  readonly known: Known | "unknownItem" | "unknownLocation";
}

export interface Known {
  readonly location: Id | null;
  readonly most: bigint;
  readonly maxPerOrder: bigint | undefined;
  readonly discontinued: boolean;
  /** From when on it may ship; `null`: nobody knows. */
  readonly release: Instant | null;
  readonly substitutes: boolean;
  /** By which units leave. */
  readonly calendar: Calendar | undefined;
  /** The longest wait first. */
  readonly incentives: readonly { days: number; offer: string }[] | undefined;
  readonly stock: Undated | Dated;
}

export interface Undated {
  readonly why: (typeof WHY)[number];
  readonly countable: bigint;
  /** By the first priority of which each holds. */
  readonly had: readonly { priority: number; now: bigint; most: bigint | undefined }[];
}

export interface Dated {
  readonly why?: undefined;
  readonly room: bigint | undefined;
  readonly denies: boolean;
  readonly sharing: bigint | undefined;
  readonly start: bigint;
  readonly offsetDays: number;
  readonly ignoreAfterDays: number | undefined;
  readonly replenishment: { days: bigint; batch: bigint; capacity: bigint } | undefined;
  readonly reserves: readonly { priority: number; units: bigint }[];
  /** Of p50, p80, p95 and perhaps another where dates are learned, else one: for those whom nobody overtakes, then for those behind each of these. */
  readonly curves: readonly (readonly Curve[])[];
  /** Which of the curves promises are made by. */
  readonly own: number;
  /** Priorities that overtake those below them, in order. */
  readonly overtaking: readonly number[];
  readonly classes: readonly { priority: number; units: bigint }[];
  readonly promised: readonly Place[] | undefined;
}

export interface Curve {
  readonly steps: readonly Step[];
  readonly cut: boolean;
  readonly never: boolean;
  /** Where promises are kept. */
  readonly least: bigint;
  readonly total: bigint;
  readonly evidence: number;
}

export interface Step {
  readonly date: Instant;
  readonly units: bigint;
  readonly evidence: number;
}

export interface Place {
  readonly promise: Instant;
  readonly priority: number;
  readonly units: bigint;
  readonly spread: boolean;
}

export function read(bytes: Uint8Array): SheetContent {
  if (MAGIC.some((byte, at) => bytes[at] !== byte)) throw corrupt("it does not begin with BKQS");
  if (bytes.length < HEAD) throw corrupt("it ends too early");
  const head = new DataView(bytes.buffer, bytes.byteOffset, HEAD);
  const version = head.getUint32(4, true);
  if (!VERSIONS.includes(version)) {
    throw new SheetError("UNSUPPORTED_SHEET", `the sheet has format ${version}, which another release reads`);
  }
  if (bytes.length > MOST_BYTES) throw corrupt("it is longer than a sheet may be");
  if (crc32(bytes.subarray(HEAD)) !== head.getUint32(8, true)) throw corrupt("the checksum does not match");
  const from = new Reader(bytes, HEAD);
  const content = readContent(from, version > 1);
  from.end();
  return content;
}

function readContent(from: Reader, later: boolean): SheetContent {
  const asOf = from.safe();
  const after = from.safe();
  const until = after === 0 ? Infinity : asOf + after;
  const sku = from.text();
  const kind = from.byte(3);
  const known = kind === 0 ? "unknownItem" : kind === 1 ? "unknownLocation" : readKnown(from, kind === 3, later);
  return { asOf, until, sku, known };
}

function readKnown(from: Reader, dated: boolean, later: boolean): Known {
  const [located, limited, preorder, released, discontinued, substitutes, unsaid] = from.flags(7) as Flags<7>;
  const location = located ? from.text() : null;
  const most = from.number();
  const maxPerOrder = limited ? from.number() : undefined;
  if (released && !preorder) throw corrupt("a release of what is no preorder");
  const release = released ? from.safe() : preorder ? null : 0;
  const incentives = unsaid ? undefined : readIncentives(from);
  const stock = dated ? readDated(from, later) : readUndated(from);
  const calendar = later && from.low(1) === 1 ? readCalendar(from) : undefined;
  return { location, most, maxPerOrder, discontinued, release, substitutes, calendar, incentives, stock };
}

type Flags<Count extends number, Found extends boolean[] = []> = Found["length"] extends Count
  ? Found
  : Flags<Count, [...Found, boolean]>;

function readIncentives(from: Reader): { days: number; offer: string }[] {
  return times(from.safe(), () => ({ days: from.safe(), offer: from.text() }));
}

/** One after the other, so that what ends too early is noticed before there is room for it all. */
function times<Item>(count: number, next: () => Item): Item[] {
  const items = [];
  for (let index = 0; index < count; index += 1) items.push(next());
  return items;
}

function readUndated(from: Reader): Undated {
  const why = WHY[from.byte(WHY.length - 1)] as (typeof WHY)[number];
  const countable = from.number();
  const count = from.count(256);
  const priorities = from.ascending(count, 255);
  const [now, most] = [from.column(count), from.column(count)];
  if (priorities[0] !== 0) throw corrupt("priorities that begin above 0");
  const had = priorities.map((priority, index) => {
    const units = most[index] as bigint;
    return { priority, now: now[index] as bigint, most: units === 0n ? undefined : units - 1n };
  });
  return { why, countable, had };
}

function readDated(from: Reader, later: boolean): Dated {
  const [bounded, denies, shares, ignores, replenished, keeps, learned] = from.flags(7) as Flags<7>;
  const start = from.signed();
  const offsetDays = from.safe();
  const room = bounded ? from.number() : undefined;
  const sharing = shares ? from.number() : undefined;
  const ignoreAfterDays = ignores ? from.safe() : undefined;
  const replenishment = replenished
    ? { days: from.number(), batch: from.number(), capacity: from.number() }
    : undefined;
  const reserves = times(from.safe(), () => ({ priority: from.byte(254), units: from.number() }));
  mustAscend(reserves.map(({ priority }) => priority));
  const own = learned ? from.byte(3) : 0;
  const overtaking = learned && later ? times(from.byte(MOST_OVERTAKING), () => from.byte(254)) : [];
  mustAscend(overtaking);
  const clock = from.ascending(from.count(MOST_TIMES), DAY - 1);
  const quantiles = learned ? Math.max(3, own + 1) : 1;
  const curves = times(overtaking.length + 1, () => times(quantiles, () => readCurve(from, clock, keeps, learned)));
  const count = from.count(256);
  const priorities = from.ascending(count, 255);
  const units = from.column(count);
  const classes = priorities.map((priority, index) => ({ priority, units: units[index] as bigint }));
  const promised = keeps ? readPlaces(from, clock) : undefined;
  return {
    ...{ room, denies, sharing, start, offsetDays, ignoreAfterDays, replenishment, reserves, own, overtaking, curves },
    ...{ classes, promised },
  };
}

function readCurve(from: Reader, clock: number[], keeps: boolean, learned: boolean): Curve {
  const count = from.count(MOST_STEPS);
  const end = from.low(2);
  if (end > 2) throw corrupt("a curve that ends in no way there is");
  const dates = readDates(from, count, clock);
  mustAscend(dates);
  const units = from.column(count);
  const least = keeps ? unfolded(from.golomb(0)) : 0n;
  const total = keeps ? from.golomb(0) : 0n;
  const evidence = keeps && learned ? safe(from.golomb(0)) : 0;
  let last = BigInt(evidence);
  const receipts = (learned ? from.column(count) : []).map((step) => safe((last += unfolded(step))));
  const steps = dates.map((date, at) => ({ date, units: units[at] as bigint, evidence: receipts[at] ?? 0 }));
  return { steps, cut: end === 1, never: end === 2, least, total, evidence };
}

function readPlaces(from: Reader, clock: number[]): Place[] {
  const count = from.count(MOST_PLACES);
  const dates = readDates(from, count, clock);
  const priorities = from.column(count).map((priority) => {
    if (priority > 256n) throw corrupt("a priority above 256");
    return Number(priority);
  });
  const spread = times(count, () => from.low(1) === 1);
  const units = from.column(count);
  return dates.map((promise, at) => {
    const [priority, before] = [priorities[at] as number, dates[at - 1]];
    const sameDate = before === promise && (priorities[at - 1] as number) >= priority;
    if (sameDate) throw corrupt("places out of their order");
    return { promise, priority, units: units[at] as bigint, spread: spread[at] as boolean };
  });
}

function readCalendar(from: Reader): Calendar {
  const workdays = [0, 1, 2, 3, 4, 5, 6].filter(() => from.low(1) === 1);
  if (workdays.length === 0) throw corrupt("a place that never sends");
  const minutes = from.count(24 * 60);
  const handling = from.count(MOST_HANDLING_DAYS);
  const daysOff = from.ascending(from.count(MOST_DAYS_OFF), 2 ** 32 - 1);
  const changes = from.ascending(from.count(MOST_CHANGES), Number.MAX_SAFE_INTEGER);
  const clock = [from.golomb(0), ...from.column(changes.length)].map((folded, at) => {
    const offset = unfolded(folded);
    if (offset > MOST_MINUTES_FROM_UTC || -offset > MOST_MINUTES_FROM_UTC) throw corrupt("a zone that is too far from UTC");
    return { from: changes[at - 1] ?? 0, until: changes[at] ?? Infinity, offset: Number(offset) * MINUTE };
  });
  return { workdays, cutoff: minutes === 0 ? undefined : (minutes - 1) * MINUTE, handling, daysOff, clock };
}

/** Dates, none before the one that it follows: days, and which time of the day. */
function readDates(from: Reader, count: number, clock: number[]): Instant[] {
  let day = 0n;
  const days = from.column(count).map((step) => (day += step));
  let width = 0;
  while (2 ** width < clock.length) width += 1;
  let last = 0;
  return days.map((day) => {
    const time = clock[from.low(width)];
    if (time === undefined) throw corrupt("a time of day that it does not list");
    const date = safe(day * BigInt(DAY) + BigInt(time));
    if (date < last) throw corrupt("dates that do not ascend");
    last = date;
    return date;
  });
}

function mustAscend(numbers: readonly number[]): void {
  if (numbers.some((number, at) => at > 0 && number <= (numbers[at - 1] as number))) {
    throw corrupt("what should ascend does not");
  }
}
