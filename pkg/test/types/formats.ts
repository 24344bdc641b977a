// What the formats are made as is what their readers' own types take: schema.org's by schema-dts, CloudEvents by its SDK.

import type { CloudEventV1 } from "cloudevents/dist/event/interfaces.js";
import type { Offer as SchemaOrgOffer, Product, WithContext } from "schema-dts";
import type { Event, LineView, Position, Quote } from "backorder";
import {
  CLOUDEVENT_TYPES,
  EDI_CODES,
  EDI_STATUSES,
  GOOGLE_TSV_HEADER,
  batchMessage,
  civilDay,
  cloudEvent,
  dateTime,
  ediOfEvent,
  ediOfLine,
  ediOfQuote,
  googleAvailability,
  googleTsvRow,
  instantOf,
  jsonLdScript,
  offer,
  startOfDay,
  structuredMessage,
} from "backorder/formats";
import type {
  CloudEvent,
  EdiLine,
  EdiStatus,
  GoogleAvailability,
  Offer,
  OfferShippingDetails,
  QuantitativeValue,
} from "backorder/formats";

declare const quote: Quote;
declare const position: Position;
declare const line: LineView;
declare const happened: Event;
declare const now: number;
declare function holds<_Check extends true>(): void;

// schema.org
const shipping = { country: "US", handlingDays: { min: 1, max: 2 }, transitDays: 3, cutoff: "14:00", workdays: [1] };
const sold: Offer = offer(quote, now, { price: 49, currency: "USD", position, limitedBelow: 3, shipping, date: "promise" });
const read: SchemaOrgOffer = sold;
const product: WithContext<Product> = { "@context": "https://schema.org", "@type": "Product", name: "lamp", offers: sold };
const element: string = jsonLdScript(product);
// Each member is one of schema.org's: a name too many would be assignable all the same.
type OfNames<Names, Known> = [Known] extends [never] ? false : [Names] extends [keyof Known] ? true : false;
type SchemaOrg<Types, Name> = Extract<Types, { "@type": Name }>;
type PlainOffer = SchemaOrg<SchemaOrgOffer, "Offer">;
type Details = SchemaOrg<PlainOffer["shippingDetails"], "OfferShippingDetails">;
type Time = SchemaOrg<Details["deliveryTime"], "ShippingDeliveryTime">;
type Own<Name extends keyof OfferShippingDetails> = NonNullable<OfferShippingDetails[Name]>;
type Quantitative = SchemaOrg<PlainOffer["deliveryLeadTime"], "QuantitativeValue">;
holds<OfNames<keyof Offer, PlainOffer>>();
holds<OfNames<keyof OfferShippingDetails, Details>>();
holds<OfNames<keyof Own<"shippingDestination">, SchemaOrg<Details["shippingDestination"], "DefinedRegion">>>();
holds<OfNames<keyof Own<"shippingRate">, SchemaOrg<Details["shippingRate"], "MonetaryAmount">>>();
holds<OfNames<keyof Own<"deliveryTime">, Time>>();
holds<OfNames<keyof QuantitativeValue, Quantitative>>();
// @ts-expect-error there is no such member of ItemAvailability
const misspelt: SchemaOrgOffer = { "@type": "Offer", availability: "https://schema.org/Backorder" };
// @ts-expect-error an offer has a price
offer(quote, now, { currency: "USD" });
// @ts-expect-error `now` is an argument
offer(quote, { price: 49, currency: "USD" });

// Google
const google: GoogleAvailability = googleAvailability(quote, now, { timeZone: "Europe/Berlin" });
if (google.availability === "backorder") console.log(google.availability_date.length);
// @ts-expect-error what is in stock has no date
if (google.availability === "in_stock") console.log(google.availability_date);
const feed: string = [GOOGLE_TSV_HEADER, googleTsvRow(quote.sku, google)].join("\n");

// CloudEvents
const options = { engine: "shop-7", typePrefix: "com.example.shop" };
const made: CloudEvent = cloudEvent(happened, options);
const standard: CloudEventV1<Event> = made;
if (happened.type === "supplyMoved") {
  const to: number = cloudEvent(happened, options).data.to;
  console.log(to);
}
holds<[keyof typeof CLOUDEVENT_TYPES] extends [Event["type"]] ? true : false>();
holds<[Event["type"]] extends [keyof typeof CLOUDEVENT_TYPES] ? true : false>();
const { headers, body } = structuredMessage(made);
await fetch("https://shop.example/events", { method: "POST", headers, body });
await fetch("https://shop.example/events", { method: "POST", ...batchMessage([made]) });

// EDI
const answers: EdiLine[] = [ediOfQuote(quote), ediOfLine(line, { unit: "EA" })];
const told: EdiLine | undefined = ediOfEvent(happened, { timeZone: "UTC" });
const status: EdiStatus = answers[0]?.status ?? "accepted";
console.log(EDI_STATUSES[status].lineStatus, EDI_CODES.find(({ element }) => element === "668")?.source, told?.x12.date);

// Instants and days
const days: string = civilDay(instantOf("2026-03-12T00:00:00Z"), "Europe/Berlin");
console.log(read, element, misspelt, feed, standard, dateTime(startOfDay(days)));
