import type { Instant, Quote } from "../../index.js";
import type * as Declared from "../../formats.js";
import type { Offer, OfferOptions, QuantitativeValue } from "../../formats.js";
import { instant } from "../check.js";
import { invalid } from "../errors.js";
import { DAY, canBeWritten, civilDay, dateTime, midnight } from "./instants.js";
import { only, priceText, text, wholeNumber } from "./options.js";
import { shippingDetails } from "./schema-org-shipping.js";
import { dateOptions, statedDate } from "./stated-date.js";

const OPTIONS: readonly (keyof OfferOptions)[] = [
  "price",
  "currency",
  "url",
  "priceValidUntil",
  "itemCondition",
  "position",
  "limitedBelow",
  "shipping",
  "date",
  "timeZone",
];

const CONDITIONS: readonly unknown[] = ["NewCondition", "RefurbishedCondition", "UsedCondition", "DamagedCondition"];

export const offer: typeof Declared.offer = (quote, now, options) => {
  instant(now);
  checked(quote, options);
  const starts = waits(quote) ? statedDate(quote, now, options.date) : null;
  const leadTime = waits(quote) ? deliveryLeadTime(quote, now, options.timeZone) : undefined;
  const level = inventoryLevel(quote, options);
  const { url, priceValidUntil, itemCondition, shipping } = options;
  return {
    "@type": "Offer",
    sku: quote.sku,
    price: priceText(options.price, "options.price"),
    priceCurrency: options.currency,
    ...(priceValidUntil !== undefined && { priceValidUntil }),
    ...(url !== undefined && { url }),
    ...(itemCondition !== undefined && { itemCondition: `https://schema.org/${itemCondition}` as const }),
    availability: `https://schema.org/${availability(quote, options)}`,
    ...(starts !== null && { availabilityStarts: dateTime(starts, options.timeZone) }),
    ...(leadTime !== undefined && { deliveryLeadTime: leadTime }),
    ...(level !== undefined && { inventoryLevel: { "@type": "QuantitativeValue", value: level } as const }),
    ...(shipping !== undefined && { shippingDetails: shippingDetails(shipping, now, options) }),
  };
};

export const jsonLdScript: typeof Declared.jsonLdScript = (thing) => {
  if (typeof thing !== "object" || thing === null || Array.isArray(thing)) {
    throw invalid("thing", "thing must be an object, such as an Offer or the Product it stands in");
  }
  return `<script type="application/ld+json">${jsonLd(thing)}</script>`;
};

/** The script's text, out of which nothing breaks. */
export function jsonLd(thing: object): string {
  const json = JSON.stringify({ "@context": "https://schema.org", ...thing });
  return json.replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
}

function checked(quote: Quote, options: OfferOptions): void {
  only(options, OPTIONS);
  dateOptions(options);
  const { currency, itemCondition, limitedBelow, position, priceValidUntil, url } = options;
  text(currency, /^[A-Z]{3}$/, "options.currency", "an ISO 4217 code, three capital letters");
  if (url !== undefined) text(url, /^\S+$/, "options.url", "a URL");
  if (priceValidUntil !== undefined) midnight(priceValidUntil, "options.priceValidUntil");
  if (itemCondition !== undefined && !CONDITIONS.includes(itemCondition)) {
    throw invalid("options.itemCondition", `options.itemCondition must be one of ${CONDITIONS.join(", ")}`);
  }
  if (limitedBelow !== undefined) wholeNumber(limitedBelow, "options.limitedBelow");
  if (position !== undefined && position.sku !== quote.sku) {
    throw invalid("options.position", `options.position is of ${position.sku}, and the quote of ${quote.sku}`);
  }
}

type Availability = Offer["availability"] extends `https://schema.org/${infer Name}` ? Name : never;

function availability(quote: Quote, { limitedBelow = 0, position }: OfferOptions): Availability {
  switch (quote.availability) {
    case "inStock":
      return position !== undefined && position.available < limitedBelow ? "LimitedAvailability" : "InStock";
    case "limited":
    case "backorder":
      return "BackOrder";
    case "preorder":
      return "PreOrder";
    case "outOfStock":
      return "OutOfStock";
    case "discontinued":
      return "Discontinued";
  }
}

/** Whether it is sold now and ships later. */
function waits({ availability }: Quote): boolean {
  return availability === "limited" || availability === "backorder" || availability === "preorder";
}

/** From p50 to p95: a typical delay, as schema.org has it, and none where one end of it is unknown. */
function deliveryLeadTime({ ships }: Quote, now: Instant, timeZone?: string): QuantitativeValue | undefined {
  const { p50, p95 } = ships;
  if (p50 === null || p95 === null || p50 < now || !canBeWritten(p95)) return undefined;
  const day = (instant: Instant): number => midnight(civilDay(instant, timeZone), "day");
  const days = (date: Instant): number => (day(date) - day(now)) / DAY;
  return { "@type": "QuantitativeValue", minValue: days(p50), maxValue: days(p95), unitCode: "DAY" };
}

/** What is available, as far as it is known: fewer than were asked for are all there are. */
function inventoryLevel(quote: Quote, { position }: OfferOptions): number | undefined {
  if (position !== undefined) return position.available;
  return quote.now < quote.quantity && quote.availability !== "preorder" ? quote.now : undefined;
}
