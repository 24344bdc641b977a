// What a sheet says is a quote once it is known to be current and what is ahead is known.

import type { Quote } from "backorder";
import { DEFAULT_MAX_AGE, SheetError, openSheet } from "backorder/sheet";
import type { Sheet, SheetQuote } from "backorder/sheet";

declare const bytes: Uint8Array;

const sheet: Sheet = openSheet(bytes, { maxAge: DEFAULT_MAX_AGE });
openSheet(bytes.buffer as ArrayBuffer);
const said: SheetQuote = sheet.quote({ quantity: 3, priority: 50 }, 0);
if (said.ahead !== null) {
  const quote: Quote = { ...said, ahead: said.ahead };
  console.log(quote.promise);
}
const none: readonly [] = said.alternatives;
const state: "current" | "undated" | "stale" = said.state;
try {
  openSheet(bytes);
} catch (error) {
  if (error instanceof SheetError && error.code === "CORRUPT_SHEET") console.log(error.path, none, state);
}
// @ts-expect-error what is ahead may be unknown
const ahead: number = said.ahead;
// @ts-expect-error a sheet is of one item
sheet.quote({ sku: "lamp", quantity: 3 }, 0);
// @ts-expect-error `now` is an argument
sheet.quote({ quantity: 3 });
console.log(ahead);
