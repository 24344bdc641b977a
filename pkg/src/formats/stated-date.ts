import type { Instant, Quote } from "../../index.js";
import type { DateOptions } from "../../formats.js";
import { invalid } from "../errors.js";
import { canBeWritten, offset } from "./instants.js";

/** Refuses wrong ones also where no date will be stated. */
export function dateOptions({ date = "p95", timeZone = "UTC" }: DateOptions): void {
  if (date !== "p95" && date !== "promise") throw invalid("options.date", 'options.date must be "p95" or "promise"');
  offset(0, timeZone, "options.timeZone");
}

/** The date of a quote that may be stated: known, not over, and such that it can be written. */
export function statedDate(
  quote: Pick<Quote, "ships" | "promise">,
  now: Instant,
  which: DateOptions["date"] = "p95",
): Instant | null {
  const date = which === "p95" ? quote.ships.p95 : quote.promise;
  return date !== null && date >= now && canBeWritten(date) ? date : null;
}
