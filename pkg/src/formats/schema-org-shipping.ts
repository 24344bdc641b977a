import type { Instant } from "../../index.js";
import type { DayRange, OfferOptions, OfferShipping, OfferShippingDetails, QuantitativeValue } from "../../formats.js";
import { invalid } from "../errors.js";
import { isUtc, offset, offsetText } from "./instants.js";
import { only, priceText, text, wholeNumber } from "./options.js";

const OPTIONS: readonly (keyof OfferShipping)[] = [
  "country",
  "region",
  "postalCode",
  "rate",
  "handlingDays",
  "transitDays",
  "cutoff",
  "workdays",
];

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"] as const;

/** One for each destination, as schema.org has them. */
export function shippingDetails(
  shipping: OfferShipping | OfferShipping[],
  now: Instant,
  options: OfferOptions,
): OfferShippingDetails | OfferShippingDetails[] {
  return Array.isArray(shipping)
    ? shipping.map((one, index) => details(one, now, options, `options.shipping[${index}]`))
    : details(shipping, now, options, "options.shipping");
}

function details(shipping: OfferShipping, now: Instant, options: OfferOptions, path: string): OfferShippingDetails {
  only(shipping, OPTIONS, path);
  const { country, region, postalCode, rate } = shipping;
  text(country, /^[A-Z]{2}$/, `${path}.country`, "an ISO 3166-1 code, two capital letters");
  if (region !== undefined) text(region, /\S/, `${path}.region`, "text");
  if (postalCode !== undefined) text(postalCode, /\S/, `${path}.postalCode`, "text");
  const time = deliveryTime(shipping, now, options.timeZone ?? "UTC", path);
  return {
    "@type": "OfferShippingDetails",
    shippingDestination: {
      "@type": "DefinedRegion",
      addressCountry: country,
      ...(region !== undefined && { addressRegion: region }),
      ...(postalCode !== undefined && { postalCode }),
    },
    ...(rate !== undefined && {
      shippingRate: { "@type": "MonetaryAmount", value: priceText(rate, `${path}.rate`), currency: options.currency },
    }),
    ...(time !== undefined && { deliveryTime: time }),
  };
}

function deliveryTime(
  { cutoff, handlingDays, transitDays, workdays }: OfferShipping,
  now: Instant,
  timeZone: string,
  path: string,
): OfferShippingDetails["deliveryTime"] {
  if ([cutoff, handlingDays, transitDays, workdays].every((given) => given === undefined)) return undefined;
  return {
    "@type": "ShippingDeliveryTime",
    ...(workdays !== undefined && { businessDays: businessDays(workdays, `${path}.workdays`) }),
    ...(cutoff !== undefined && { cutoffTime: cutoffTime(cutoff, now, timeZone, `${path}.cutoff`) }),
    ...(handlingDays !== undefined && { handlingTime: range(handlingDays, `${path}.handlingDays`) }),
    ...(transitDays !== undefined && { transitTime: range(transitDays, `${path}.transitDays`) }),
  };
}

function businessDays(workdays: number[], path: string) {
  const dayOfWeek = workdays.map((workday, index) => {
    const name = WEEKDAYS[workday - 1];
    if (name === undefined) throw invalid(`${path}[${index}]`, `${path}[${index}] must be 1 for Monday to 7 for Sunday`);
    return `https://schema.org/${name}` as const;
  });
  return { "@type": "OpeningHoursSpecification", dayOfWeek } as const;
}

/** schema.org's Time, by the offset that the zone has at `now`. */
function cutoffTime(cutoff: string, now: Instant, timeZone: string, path: string): string {
  text(cutoff, /^([01]\d|2[0-3]):[0-5]\d$/, path, "a local time as 14:00");
  return `${cutoff}:00${isUtc(timeZone) ? "Z" : offsetText(offset(now, timeZone), ":")}`;
}

function range(days: DayRange, path: string): QuantitativeValue {
  const { min, max } = typeof days === "number" ? { min: days, max: days } : days;
  wholeNumber(min, path);
  wholeNumber(max, path);
  if (max < min) throw invalid(path, `${path} must not end before it begins`);
  return { "@type": "QuantitativeValue", minValue: min, maxValue: max, unitCode: "DAY" };
}
