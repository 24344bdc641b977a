import type { Instant } from "../../index.js";
import type * as Declared from "../../formats.js";
import { instant } from "../check.js";
import { invalid } from "../errors.js";
import { DAY, MINUTE, isUtc, offset, offsetText } from "./instants.js";
import { only } from "./options.js";
import { dateOptions, statedDate } from "./stated-date.js";

/** "Up to 1 year in the future"; the shorter of the years, so that it holds in every one. */
const LATEST = 365 * DAY;

export const googleAvailability: typeof Declared.googleAvailability = (quote, now, options = {}) => {
  instant(now);
  only(options, ["date", "timeZone"]);
  dateOptions(options);
  switch (quote.availability) {
    case "inStock":
      return { availability: "in_stock" };
    case "outOfStock":
    case "discontinued":
      return { availability: "out_of_stock" };
    case "limited":
    case "backorder":
    case "preorder": {
      const date = statedDate(quote, now, options.date);
      const minute = date === null ? Infinity : Math.ceil(date / MINUTE) * MINUTE;
      if (minute > now + LATEST) return { availability: "out_of_stock" };
      const availability = quote.availability === "preorder" ? "preorder" : "backorder";
      return { availability, availability_date: availabilityDate(minute, options.timeZone ?? "UTC") };
    }
  }
};

/** `YYYY-MM-DDThh:mm[±hhmm]` or `YYYY-MM-DDThh:mmZ`: to the minute, and no colon in the offset. */
function availabilityDate(minute: Instant, timeZone: string): string {
  const minutes = offset(minute, timeZone);
  const local = new Date(minute + minutes * MINUTE).toISOString().slice(0, 16);
  return local + (isUtc(timeZone) ? "Z" : offsetText(minutes, ""));
}

export const GOOGLE_TSV_HEADER: typeof Declared.GOOGLE_TSV_HEADER = "id\tavailability\tavailability_date";

export const googleTsvRow: typeof Declared.googleTsvRow = (id, availability) => {
  if (typeof id !== "string" || id === "" || /[\t\n\r]/.test(id)) {
    throw invalid("id", "id must be text without tabs and line ends, which a tab-separated feed cannot hold");
  }
  const date = "availability_date" in availability ? availability.availability_date : "";
  return [id, availability.availability, date].join("\t");
};
