/** One entry of the log, as it is shown and kept. */

import type { Instant } from "./backorder/browser.js";

/** What an entry is about, shown as a sign beside it. */
export type Mark = "order" | "supply" | "ship" | "late" | "refused" | "desk";

/** Sums of what comes many times a day and is told once. */
export interface Tally {
  orders: number;
  units: number;
  atOnce: number;
  refused: number;
  kept: number;
}

export interface Entry {
  /** Entries of one key are one entry that grows. */
  readonly key: string;
  readonly at: Instant;
  readonly mark: Mark;
  readonly title: string;
  readonly details: readonly string[];
  /** The items it is about; empty: the whole shop. */
  readonly skus: readonly string[];
  readonly tally?: Tally;
}
