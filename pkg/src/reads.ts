import type { Engine } from "../index.js";

/** The calls that change nothing. */
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
