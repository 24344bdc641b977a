// An engine in a worker: an engine's calls, each with a promise.

import type { Engine, Outcome, PlacedColumns, Quote } from "backorder";
import { openWorker, serveEngine } from "backorder/worker";
import type { WorkerEngine } from "backorder/worker";

declare const now: number;
declare function holds<_Check extends true>(): void;

using remote: WorkerEngine = await openWorker({ engine: { seed: 7n }, wasm: "/assets/backorder_bg.wasm" });
const outcome: Outcome = await remote.apply({ type: "tick" }, now);
const quote: Quote = await remote.quote({ sku: "lamp", quantity: 1 }, now);
const placed: PlacedColumns = await remote.placeAll({ order: [], sku: [], quantity: new Float64Array() }, now);
const end: () => void = remote.subscribe(() => console.log(outcome, quote, placed));
holds<Exclude<keyof Engine, keyof WorkerEngine> extends never ? true : false>();
await openWorker({ worker: new Worker(new URL("own.js", import.meta.url)), snapshot: new Uint8Array() });
serveEngine();
// @ts-expect-error an answer is on its way
const early: Quote = remote.quote({ sku: "lamp", quantity: 1 }, now);
// @ts-expect-error a command has a type
await remote.apply({}, now);
console.log(end, early);
