/** The events of one command in plain words. */

import type { Command, Event, Instant, Outcome } from "./backorder/browser.js";
import type { Entry, Tally } from "./entry.js";
import { dayOf } from "./local-time.js";
import { parcelsLeave } from "./place.js";
import { ofNotice } from "./telling-delays.js";
import { count, dateOr, day, join, many, on, refused, units } from "./words.js";

/** What the words need to know of the shop. */
export interface World {
  name(sku: string): string;
  supplier(id: string | undefined): string;
  /** The item of a supply, for commands that name only the supply. */
  skuOf(supply: string): string | undefined;
  isMine(order: string): boolean;
}

/** The package's events, read without regard to which type has which field. */
export interface Happened {
  readonly type: Event["type"];
  readonly at: Instant;
  readonly order?: string;
  readonly line?: string;
  readonly sku?: string;
  readonly supply?: string;
  readonly quantity?: number;
  readonly from?: Instant | null;
  readonly to?: Instant | null;
  readonly cause?: { readonly command: Command["type"] };
}

const LISTED = 8;
export const none: Tally = { orders: 0, units: 0, atOnce: 0, refused: 0, kept: 0 };

const ofType = (events: readonly Happened[], type: Event["type"]): Happened[] =>
  events.filter((event) => event.type === type);
const sum = (events: readonly Happened[]): number => events.reduce((total, { quantity }) => total + (quantity ?? 0), 0);
const orders = (events: readonly Happened[]): number => new Set(events.map(({ order }) => order)).size;
const skusOf = (events: readonly Happened[]): string[] => [...new Set(events.flatMap(({ sku }) => sku ?? []))];

const nameOf = (order: string | undefined, world: World): string =>
  order === undefined ? "A hold" : world.isMine(order) ? `Your order ${order}` : `Order ${order}`;

function listed(lines: string[]): string[] {
  return lines.length <= LISTED ? lines : [...lines.slice(0, LISTED), `and ${count(lines.length - LISTED)} more.`];
}

/** Own orders first: they are what the reader looks for. */
function mineFirst(events: readonly Happened[], world: World): Happened[] {
  const mine = (event: Happened): boolean => event.order !== undefined && world.isMine(event.order);
  return [...events.filter(mine), ...events.filter((event) => !mine(event))];
}

function promises(events: readonly Happened[], world: World): string[] {
  const moved = mineFirst(ofType(events, "promiseMoved"), world);
  const made = ofType(events, "promiseMade");
  const lines = moved.map(
    ({ order, from, to, at }) =>
      `${nameOf(order, world)}: ${dateOr(from ?? null, at)} becomes ${dateOr(to ?? null, at, "no date any more")}.`,
  );
  return [
    ...(moved.length > 0 ? [`${many(moved.length, "promise")} moved to a later day.`, ...listed(lines)] : []),
    ...(made.length > 0
      ? [`${many(made.length, "waiting order")} without a date now ${made.length === 1 ? "has" : "have"} one.`]
      : []),
  ];
}

function served(events: readonly Happened[], world: World): string[] {
  const allocated = ofType(events, "lineAllocated");
  if (allocated.length === 0) return ["Nobody waited for it."];
  const ready = mineFirst(ofType(events, "lineReady"), world);
  const own = ready.filter(({ order }) => order !== undefined && world.isMine(order));
  return [
    `${units(sum(allocated))} went to ${many(orders(allocated), "waiting order")}; ${many(orders(ready), "order line")} complete.`,
    ...own.map(({ order }) => `${nameOf(order, world)} has all it waited for.`),
  ];
}

/** Without a key it is an entry of its own. */
export type Draft = Omit<Entry, "key"> & { readonly key?: string };

function placed(
  command: Command & { type: "placeOrder" },
  outcome: Outcome,
  events: readonly Happened[],
  at: Instant,
  world: World,
): Draft {
  const asked = command.lines.reduce((total, { quantity }) => total + quantity, 0);
  const atOnce = sum(ofType(events, "lineAllocated").filter(({ order }) => order === command.order));
  if (!world.isMine(command.order)) {
    const ok = outcome.status !== "rejected";
    const tally = { ...none, orders: 1, units: ok ? asked : 0, atOnce, refused: ok ? 0 : 1 };
    return { key: `orders:${dayOf(at)}`, at, mark: "order", title: "", details: [], skus: [], tally };
  }
  const others = events.filter(({ order }) => order !== command.order);
  const promise = ofType(events, "promiseMade").find(({ order }) => order === command.order);
  const what = join(command.lines.map(({ sku, quantity }) => `${count(quantity)} × ${world.name(sku)}`));
  const waits = asked - atOnce;
  const state =
    waits === 0
      ? "All of it is set aside."
      : atOnce === 0
        ? `All ${count(waits)} wait.`
        : `${count(atOnce)} set aside, ${count(waits)} wait.`;
  const date =
    promise === undefined ? "No date can be promised yet." : `Promised for ${on(promise.to as Instant, at)}.`;
  return {
    at,
    mark: "order",
    title: `Your order ${command.order}: ${what}`,
    details: [`${state} ${date}`, ...promises(others, world)],
    skus: command.lines.map(({ sku }) => sku),
  };
}

function shipped(order: string, events: readonly Happened[], at: Instant, world: World): Draft {
  const gone = ofType(events, "lineShipped");
  const kept = ofType(events, "promiseKept").length;
  if (!world.isMine(order)) {
    return {
      key: `ship:${dayOf(at)}`,
      at,
      mark: "ship",
      title: "",
      details: [],
      skus: [],
      tally: { ...none, orders: 1, units: sum(gone), kept },
    };
  }
  const what = join(gone.map(({ sku, quantity }) => `${count(quantity ?? 0)} × ${world.name(sku ?? "")}`));
  return {
    at,
    mark: "ship",
    title: `Your order ${order} has shipped: ${what}`,
    details: kept > 0 ? ["The promise is kept."] : [],
    skus: skusOf(gone),
  };
}

function supplyMoved(events: readonly Happened[], at: Instant, world: World): Draft | undefined {
  const moved = ofType(events, "supplyMoved")[0];
  if (moved?.supply === undefined) return undefined;
  const sku = world.skuOf(moved.supply) ?? moved.sku ?? "";
  const [from, to] = [moved.from ?? at, moved.to ?? at];
  const how =
    dayOf(to) > dayOf(from)
      ? `is late: ${day(to, at)} instead of ${day(from, at)}`
      : dayOf(to) < dayOf(from)
        ? `is early: ${day(to, at)} instead of ${day(from, at)}`
        : `still brings ${units(moved.quantity ?? 0)}`;
  const consequences = promises(events, world);
  return {
    at,
    mark: "supply",
    title: `Supply ${moved.supply} of ${world.name(sku)} ${how}`,
    details: consequences.length > 0 ? consequences : ["No promise had to move."],
    skus: [sku],
  };
}

/** What a command did, apart from what was due before it. */
export function own(
  command: Command,
  outcome: Outcome,
  events: readonly Happened[],
  at: Instant,
  world: World,
): Draft | undefined {
  if (command.type === "placeOrder" && (outcome.status !== "rejected" || !world.isMine(command.order)))
    return placed(command, outcome, events, at, world);
  if (outcome.status === "rejected")
    return { at, mark: "refused", title: "Refused", details: [refused(outcome) ?? ""], skus: [] };
  switch (command.type) {
    case "ship":
      return shipped(command.order, events, at, world);
    case "receive": {
      const source = command.supply === undefined ? "" : ` with ${command.supply}`;
      return {
        at,
        mark: "supply",
        title: `${count(command.quantity)} × ${world.name(command.sku)} received${source}`,
        details: [...served(events, world), ...promises(events, world)],
        skus: [command.sku],
      };
    }
    case "scheduleSupply":
      return {
        at,
        mark: "supply",
        title: `${count(command.quantity)} × ${world.name(command.sku)} ordered from ${world.supplier(command.supplier)}`,
        details: [`${command.supply}, due ${on(command.due, at)}.`, ...promises(events, world)],
        skus: [command.sku],
      };
    case "rescheduleSupply":
      return supplyMoved(events, at, world);
    case "cancelSupply": {
      const sku = world.skuOf(command.supply) ?? "";
      const consequences = promises(events, world);
      return {
        at,
        mark: "supply",
        title: `Supply ${command.supply} of ${world.name(sku)} is cancelled`,
        details: consequences.length > 0 ? consequences : ["No promise had to move."],
        skus: [sku],
      };
    }
    case "cancelOrder": {
      const gone = ofType(events, "lineCancelled");
      return {
        at,
        mark: "desk",
        title: `${nameOf(command.order, world)} cancelled`,
        details: [
          `${units(sum(gone))} not wanted any more.`,
          ...(ofType(events, "lineAllocated").length > 0 ? served(events, world) : []),
        ],
        skus: skusOf(gone),
      };
    }
    case "amendLine":
      return {
        at,
        mark: "desk",
        title: `${nameOf(command.order, world)} is now for ${units(command.quantity)}`,
        details: promises(events, world),
        skus: skusOf(events),
      };
    case "reprioritise":
      return {
        at,
        mark: "desk",
        title: `${nameOf(command.order, world)} is rushed: served before all that is not`,
        details: [
          ...(ofType(events, "lineAllocated").length > 0 ? served(events, world) : []),
          ...promises(events, world),
        ],
        skus: skusOf(events),
      };
    case "count": {
      const lost = ofType(events, "lineDeallocated");
      return {
        at,
        mark: "desk",
        title: `Shelf counted: ${count(command.onHand)} × ${world.name(command.sku)}`,
        details: [
          ...(lost.length > 0 ? [`${many(orders(lost), "order")} lost ${units(sum(lost))} and wait again.`] : []),
          ...promises(events, world),
        ],
        skus: [command.sku],
      };
    }
    case "defineLocation":
      return {
        at,
        mark: "desk",
        title: parcelsLeave(command.calendar ?? undefined),
        details: promises(events, world),
        skus: [],
      };
    default:
      return ofNotice(command, at);
  }
}

/** What time alone brought about: a promised day that ended. */
export function byTime(events: readonly Happened[], world: World): Draft[] {
  const broken = ofType(events, "promiseBroken");
  const drafts: Draft[] = [];
  for (const today of new Set(broken.map(({ at }) => dayOf(at)))) {
    const ofDay = events.filter(({ at }) => dayOf(at) === today);
    const missed = mineFirst(ofType(ofDay, "promiseBroken"), world);
    const at = (missed[0] as Happened).at;
    const names = listed(missed.map(({ order }) => `${nameOf(order, world)}.`));
    drafts.push({
      key: `missed:${today}:${skusOf(missed).join()}`,
      at,
      mark: "late",
      title: `${many(missed.length, "promise")} for ${day(at, at)} not kept: ${join(skusOf(missed).map(world.name))}`,
      details: [...names, ...promises(ofDay, world)],
      skus: skusOf(missed),
    });
  }
  return drafts;
}
