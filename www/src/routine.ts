/** What a day in the shop brings by itself: orders as they were recorded, supplies on their date, the dispatch. */

import type { Calendar, Command, Engine, Instant } from "./backorder/browser.js";
import type { Happening, ShopData } from "./data.js";
import { dayOf, HOUR, instantOf } from "./local-time.js";
import { sendsOn, timeNamed } from "./place.js";
import type { Switches } from "./store.js";

const EVENING = 21 * HOUR;
const WAITS_FOR_NOTHING: readonly Command[] = [];

/** The first dispatch after this instant: in the evening, or at the place's cut-off, on a day on which it sends. */
export function nextDispatch(after: Instant, days?: Calendar): Instant {
  const time = days?.cutoff === undefined ? EVENING : timeNamed(days.cutoff);
  let day = dayOf(after);
  while (instantOf(day, time) <= after || (days !== undefined && !sendsOn(days, day))) day += 1;
  return instantOf(day, time);
}

/** One `ship` for each open order that has units set aside. What may not ship yet is refused by the engine, which knows why. */
export function dispatch(engine: Engine, now: Instant): Command[] {
  const ready = engine
    .orders({ state: "open" })
    .filter((id) => engine.order(id, now)?.lines.some(({ allocated }) => allocated > 0));
  return ready.map((order) => ({ type: "ship", order }));
}

/** The index of the first happening after this instant. */
function firstAfter(happenings: readonly Happening[], instant: Instant): number {
  let [low, high] = [0, happenings.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((happenings[middle] as Happening).at > instant) high = middle;
    else low = middle + 1;
  }
  return low;
}

function nextOrder(data: ShopData, after: Instant): { at: Instant; commands: Command[] } | undefined {
  const index = firstAfter(data.orders, after);
  const at = data.orders[index]?.at;
  if (at === undefined) return undefined;
  return { at, commands: data.orders.slice(index, firstAfter(data.orders, at)).map(({ command }) => command) };
}

function nextArrival(engine: Engine, data: ShopData, after: Instant): { at: Instant; commands: Command[] } | undefined {
  const coming = data.products.flatMap(({ sku }) => engine.supplies(sku).map((supply) => ({ ...supply, sku })));
  const open = coming.filter(({ state, due }) => state === "open" && due > after);
  if (open.length === 0) return undefined;
  const at = Math.min(...open.map(({ due }) => due));
  return {
    at,
    commands: open
      .filter(({ due }) => due === at)
      .map(({ sku, open: quantity, supply }) => ({ type: "receive", sku, quantity, supply })),
  };
}

/** What happens next: after `after`, no later than `until`. */
export function next(
  engine: Engine,
  data: ShopData,
  switches: Switches,
  days: Calendar | undefined,
  after: Instant,
  until: Instant,
): { at: Instant; commands: readonly Command[] } | undefined {
  const wake = engine.nextWakeAt();
  const dispatched = nextDispatch(after, days);
  const candidates = [
    switches.ordersCome ? nextOrder(data, after) : undefined,
    switches.suppliesArrive ? nextArrival(engine, data, after) : undefined,
    switches.readyShips ? { at: dispatched, commands: WAITS_FOR_NOTHING } : undefined,
    wake === null || wake <= after ? undefined : { at: wake, commands: [{ type: "tick" } as const] },
  ].flatMap((candidate) => (candidate !== undefined && candidate.at <= until ? [candidate] : []));
  if (candidates.length === 0) return undefined;
  const at = Math.min(...candidates.map((candidate) => candidate.at));
  const commands = candidates.filter((candidate) => candidate.at === at).flatMap((candidate) => candidate.commands);
  return { at, commands: switches.readyShips && at === dispatched ? [...commands, ...dispatch(engine, at)] : commands };
}
