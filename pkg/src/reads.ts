import type { Engine } from "../index.js";

/** The calls of an engine, by name, for what stands before one. Those that change nothing: */
export const READS = [
  "quoteAll",
  "quote",
  "quoteOrder",
  "order",
  "items",
  "orders",
  "supplies",
  "lastInstant",
  "hold",
  "position",
  "queue",
  "notices",
  "reorders",
  "metrics",
  "explain",
  "whatIf",
  "nextWakeAt",
  "snapshot",
  "digest",
  "quoteSheet",
] as const satisfies readonly (keyof Engine)[];

/** The calls by which an engine may change. */
export const CHANGES = ["apply", "applyAll", "drainEvents", "applyJson", "placeAll"] as const satisfies readonly (keyof Engine)[];
