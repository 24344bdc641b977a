// What is kept: by the stores there are, and by one that somebody writes.

import type { Engine, Event, Outcome, Position } from "backorder";
import { StoreError, fileStore, indexedDbStore, memoryStore, openStored } from "backorder/store";
import type { Kept, Store, StoredEngine } from "backorder/store";

declare function holds<_Check extends true>(): void;
declare const now: number;

await using shop: StoredEngine = await openStored(indexedDbStore("shop"), { engine: { id: "shop" }, checkpointEvery: 500 });
const outcome: Outcome = await shop.apply({ type: "tick" }, now, { events: "keep" });
const outcomes: Outcome[] = await shop.applyAll([{ type: "tick" }], now);
const events: Event[] = await shop.drainEvents(9);
const stay: Event[] = await shop.keptEvents(9);
const keeping: StoredEngine = await openStored(memoryStore(), { events: "keep" });
// @ts-expect-error no such mode
await openStored(memoryStore(), { events: "all" });
const position: Position | undefined = shop.position("lamp");
const end: () => void = shop.subscribe(({ events, role }) => console.log(events.length, role === "writer"));
console.log(outcome, outcomes, events, stay, keeping.events, position, end, shop.recovered.tornBytes, memoryStore(), fileStore(new URL("file:///shop")));
// @ts-expect-error a command is answered when it is safe
const early: Outcome = shop.apply({ type: "tick" }, now);
// @ts-expect-error a log holds commands, no columns
shop.placeAll;
// @ts-expect-error it is closed, not freed
shop.free();
/** What reads is as it is of an engine. */
holds<Pick<Engine, "quote" | "whatIf" | "snapshot"> extends Pick<StoredEngine, "quote" | "whatIf" | "snapshot"> ? true : false>();

let kept: Kept | undefined;
const own: Store = {
  load: async () => kept,
  append: async (records) => console.log(records.length),
  save: async (snapshot, head) => {
    kept = { snapshot, log: head };
  },
  truncate: async (bytes) => console.log(bytes),
  close: async () => {},
};
try {
  await openStored(own);
} catch (error) {
  if (error instanceof StoreError && error.code === "QUOTA") console.log(early, error.cause);
  // @ts-expect-error no such code
  if (error instanceof StoreError && error.code === "FULL") console.log(error);
}
