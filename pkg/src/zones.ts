/**
 * Time zones by name, from the host's `Intl`, as instants at which their distance from UTC changes. The core knows no
 * zones, so that a log replays the same where others are known.
 */

import type { Transition } from "../zones.js";
import { instant } from "./check.js";
import { invalid } from "./errors.js";

const SECOND = 1_000;
const WEEK = 604_800;

/** How far ahead changes are looked for: ten years. */
const AHEAD = 3_653 * 86_400;

/** The last second that is looked at, as the Rust crate has it: 9999-12-01. */
const LAST = 253_399_622_400;

/** More zones than a shop has places in; beyond, those found are forgotten. */
const MOST = 100;

interface Found {
  readonly clock: Intl.DateTimeFormat;
  now: number;
  transitions: Transition[];
}

const known = new Map<string, Found>();

export function resolveZone(timeZone: unknown, now: unknown): Transition[] {
  instant(now);
  const found = typeof timeZone === "string" ? transitions(timeZone, now) : undefined;
  if (found === undefined) throw invalid("timeZone", "timeZone must be the name of a time zone that is known here");
  return found.map((transition) => ({ ...transition }));
}

/** A command of plain data with the transitions of the zone that its calendar names, as the core puts them in, too. */
export function withTransitions(command: unknown, now: number): unknown {
  const { type, calendar } = command as { type?: unknown; calendar?: { timeZone?: unknown; transitions?: unknown } | null };
  if (type !== "defineLocation" || typeof calendar?.timeZone !== "string" || calendar.transitions !== undefined) {
    return command;
  }
  const found = transitions(calendar.timeZone, now);
  // What is no zone is refused where the command is read.
  return found === undefined ? command : { ...(command as object), calendar: { ...calendar, transitions: found } };
}

/** What a zone's distance from UTC is at `now`, and each change in the years that follow; `undefined`: no zone. */
export function transitions(timeZone: string, now: number): readonly Transition[] | undefined {
  const zone = known.get(timeZone) ?? named(timeZone);
  if (zone !== undefined && zone.now !== now) {
    zone.transitions = changes(zone.clock, now);
    zone.now = now;
  }
  return zone?.transitions;
}

/** Names that no place has, and that some browsers take all the same; the Rust crate refuses them as well. */
const NO_ZONES = /^(?:factory|etc\/unknown)$/i;

/** `Intl` would take an offset, too, where a name is asked for. */
function named(timeZone: string): Found | undefined {
  if (!/^[a-z]/i.test(timeZone) || NO_ZONES.test(timeZone)) return undefined;
  let clock: Intl.DateTimeFormat;
  try {
    clock = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
  } catch {
    return undefined;
  }
  if (known.size >= MOST) known.clear();
  const found = { clock, now: NaN, transitions: [] };
  known.set(timeZone, found);
  return found;
}

/** The distance is looked at each week, and where it is another, the second is found at which it changed. */
function changes(clock: Intl.DateTimeFormat, now: number): Transition[] {
  const start = Math.min(Math.floor(now / SECOND), LAST);
  const end = Math.min(start + AHEAD, LAST);
  let last = offset(clock, start);
  const found = [{ from: now, utcOffset: last }];
  for (let before = start; before < end; before += WEEK) {
    const after = Math.min(before + WEEK, end);
    const utcOffset = offset(clock, after);
    if (utcOffset === last) continue;
    let [low, high] = [before, after];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offset(clock, middle) === last) low = middle;
      else high = middle;
    }
    last = offset(clock, high);
    found.push({ from: high * SECOND, utcOffset: last });
    // Where it changed twice within a week, what follows is still to be looked at.
    before = high - WEEK;
  }
  return found;
}

/** Whole minutes east of UTC at a second, rounded down; seconds were last in use in 1972. */
function offset(clock: Intl.DateTimeFormat, second: number): number {
  const said = /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?$/.exec(clock.format(second * SECOND));
  if (said === null) return 0;
  const [, sign, hours, minutes, seconds = "0"] = said;
  const size = Number(hours) * 60 + Number(minutes) + Number(seconds) / 60;
  return Math.floor(sign === "-" ? -size : size);
}
