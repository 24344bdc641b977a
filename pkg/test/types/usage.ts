// As a shop writes it, by the package's own name.

import { AVAILABILITIES, BackorderError, createEngine, init, newId, REASONS, restoreEngine } from "backorder";
import type { Calendar, Command, Engine, Event, Outcome, Quote } from "backorder";
import { createEngine as createInline, init as initInline } from "backorder/inline";
import { createEngine as createSlim, init as initSlim } from "backorder/slim";
import { resolveZone } from "backorder/zones";

await init();
await init(new URL("https://shop.example/backorder_bg.wasm"));

await initInline();
await initSlim(new Uint8Array(8));
// @ts-expect-error It has nothing to load of its own.
await initSlim();
export const others: Engine[] = [createInline(), createSlim()];

using engine: Engine = createEngine({ id: "shop", seed: 1n });
const define: Command = { type: "defineItem", sku: "lamp", backorders: { limit: 10 }, safetyStock: null };
const outcome: Outcome = engine.apply(define, Date.now(), { events: "keep" });
if (outcome.status === "rejected") {
  const reason: (typeof REASONS)[number] = outcome.reason;
  console.log(reason, outcome.path, outcome.message);
}

const shared = engine.apply({ type: "rebalance", rules: [{ match: { priority: { to: 50 } }, strategy: "win" }] }, 0);
if (shared.status === "rejected") for (const { sku, promise } of shared.alternatives ?? []) console.log(sku, promise);
else for (const { order, line, before, after } of shared.changes ?? []) console.log(order, line, after - before);

const timeZone = "Europe/Berlin";
const calendar: Calendar = { timeZone, transitions: resolveZone(timeZone, 0), workdays: [1, 2, 3, 4, 5], cutoff: "14:00" };
engine.apply({ type: "defineLocation", location: "east", calendar, transitDays: { EU: 2 } }, 0);

const quote: Quote = engine.quote({ sku: "lamp", quantity: 2 }, Date.now());
const ships: number | null = quote.ships.p80;
const copy = restoreEngine(engine.snapshot());
copy.apply({ type: "placeOrder", order: newId(), lines: [{ sku: "lamp", quantity: 1 }], priority: 50 }, ships ?? 0);
const { availability } = copy.quoteAll({ sku: ["lamp"], quantity: new Float64Array([1]) }, 0);
const shown = AVAILABILITIES[availability[0] ?? 0];
console.log(shown === "inStock");

/** An event's `type` says which fields it has. */
export function sentence(event: Event): string {
  switch (event.type) {
    case "promiseMoved": {
      const until: number | null = event.to;
      return `${event.order ?? event.hold}/${event.line} moved from ${event.from.toFixed()} to ${until ?? "no date"}`;
    }
    case "lineShipped": {
      const order: string = event.order;
      return `${order}: ${event.quantity.toFixed()} of ${event.sku}`;
    }
    case "supplyMoved":
      return `${event.supply} now comes at ${event.to.toFixed()}, because of ${event.cause.command}`;
    case "lineSubstituted":
      return `${event.order}/${event.line} is ${event.quantity.toFixed()} of ${event.sku} from ${event.location} now`;
    case "reorderDue":
      // @ts-expect-error nobody's order is the reason
      event.order;
      return `order ${event.quantity.toFixed()} of ${event.sku} for ${event.location}`;
    case "orderPlaced":
      // @ts-expect-error the order's lines have events of their own
      return event.sku;
    default:
      return event.type;
  }
}

try {
  // @ts-expect-error a quantity is a number
  engine.apply({ type: "receive", sku: "lamp", quantity: "2" }, 0);
  // @ts-expect-error there is no such command
  engine.apply({ type: "recieve", sku: "lamp", quantity: 2 }, 0);
  // @ts-expect-error `now` is an argument
  engine.quote({ sku: "lamp", quantity: 2 });
  // @ts-expect-error there is no such mode
  engine.apply({ type: "tick" }, 0, { events: "all" });
  // @ts-expect-error a zone goes by its name
  resolveZone(60, 0);
  // @ts-expect-error the seed is a BigInt
  createEngine({ seed: 1 });
} catch (error) {
  if (error instanceof BackorderError && error.code === "INVALID_ARGUMENT") console.log(error.path);
}
