import type { AVAILABILITIES as Availabilities, REASONS as Reasons } from "../index.js";

/** The bulk doors answer with indexes into these; the core numbers them alike. */
export const REASONS: typeof Reasons = Object.freeze([
  "unknownItem",
  "unknownLocation",
  "unknownSupplier",
  "unknownSupply",
  "unknownOrder",
  "unknownLine",
  "unknownHold",
  "unknownNotice",
  "existsWithDifferentContent",
  "outOfStock",
  "backorderLimit",
  "maxPerOrder",
  "tooLate",
  "holdExpired",
  "notAllocated",
  "notReady",
  "alreadyShipped",
  "alreadyCancelled",
  "notASubstitute",
  "cyclicComponents",
  "supplyMismatch",
  "notShipped",
  "conflictingSettings",
  "isAKit",
  "noticeClosed",
  "nothingDue",
  "timeWentBack",
  "invalidCommand",
  "limitExceeded",
] as const);

export const AVAILABILITIES: typeof Availabilities = Object.freeze([
  "inStock",
  "limited",
  "backorder",
  "preorder",
  "outOfStock",
  "discontinued",
] as const);

/** What a date rests on, as the core numbers it. */
export const BASES = Object.freeze(["stock", "supply", "replenishment", "none"] as const);
