/** Milliseconds since the Unix epoch, UTC: a safe integer. */
export type Instant = number;

/** A civil date, "YYYY-MM-DD". */
export type Day = string;

/** Whole base units, 0 ..= 2^53 - 1. */
export type Quantity = number;

/** 1 to 128 bytes of UTF-8, chosen by the caller. */
export type Id = string;
