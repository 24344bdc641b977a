/**
 * `backorder/zones`: a time zone's transitions, for who stores commands to replay them elsewhere.
 *
 * @module backorder/zones
 */

import type { Instant } from "./index.js";

/** A change of a zone's distance from UTC. */
export interface Transition {
  /** The first instant at which it holds. */
  from: Instant;
  /** Minutes east of UTC. */
  utcOffset: number;
}

/**
 * What the engine makes of a `timeZone` without `transitions`: the distance from UTC at `now`, and each change of it in
 * the ten years that follow, as this host's `Intl` knows them. Who stores commands to replay them elsewhere puts the
 * list into the calendar, or the buyer's zone, before storing it: `{ timeZone, transitions: resolveZone(timeZone, now), … }`.
 *
 * Throws a `BackorderError` for what names no zone.
 *
 * ```js
 * import { resolveZone } from "backorder/zones";
 * resolveZone("Europe/Berlin", Date.UTC(2024, 0, 1))[1]; // { from: Date.UTC(2024, 2, 31, 1), utcOffset: 120 }
 * ```
 */
export function resolveZone(timeZone: string, now: Instant): Transition[];
