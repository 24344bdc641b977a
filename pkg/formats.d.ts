/**
 * `backorder/formats`: what other systems read, made from quotes, lines and events. Plain functions: no WebAssembly, no
 * engine, no clock.
 *
 * Nothing is said that the engine did not say. Where an estimate is `null` there is no date in any format, nor where a
 * date cannot be written (after the year 9999). What takes `now` states no date that has passed by then.
 *
 * An argument that cannot be right throws a `BackorderError` with code "INVALID_ARGUMENT" and the path of what is wrong.
 *
 * @module backorder/formats
 */

import type { Day, Event, Id, Instant, LineView, Position, Quantity, Quote } from "./index.js";

// ── Instants and civil days ─────────────────────────────────────────────────────────────────────────────────────────

/**
 * RFC 3339, which ISO 8601 and schema.org's DateTime include: "2026-03-12T05:00:00Z", in a time zone
 * "2026-03-12T00:00:00-05:00". `timeZone`: an IANA name that this host's `Intl` knows; default UTC.
 */
export function dateTime(instant: Instant, timeZone?: string): string;
/** The civil day on which an instant falls: "2026-03-12". Default UTC. */
export function civilDay(instant: Instant, timeZone?: string): Day;
/** The instant of an RFC 3339 text, which must have its offset. Parts of a millisecond are dropped. */
export function instantOf(text: string): Instant;
/** The first instant of a civil day. Default UTC. A day that a zone skipped is refused. */
export function startOfDay(day: Day, timeZone?: string): Instant;

// ── The date that is stated ─────────────────────────────────────────────────────────────────────────────────────────

/**
 * Which date of a quote is stated: "p95", late enough for 19 in 20 (default), or "promise", what `placeOrder` would
 * promise. Show the same on the page: search engines hold the page and the data against each other.
 */
export interface DateOptions {
  date?: "p95" | "promise";
  /** For offsets and civil days. Default UTC. */
  timeZone?: string;
}

// ── schema.org ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** An amount of money in the currency's usual unit: 49, "49.00". A number is written as it is. */
export type Price = number | string;

/** What an offer says besides what was quoted. */
export interface OfferOptions extends DateOptions {
  price: Price;
  /** ISO 4217: "USD". */
  currency: string;
  /** The page where it is sold. */
  url?: string;
  /** The last day on which the price holds. */
  priceValidUntil?: Day;
  itemCondition?: "NewCondition" | "RefurbishedCondition" | "UsedCondition" | "DamagedCondition";
  /** The item's position: then its `available` is the inventory level. */
  position?: Position;
  /** With `position`: fewer than so many available is LimitedAvailability, still in stock. */
  limitedBelow?: Quantity;
  shipping?: OfferShipping | OfferShipping[];
}

/** Days that something takes: as many, or from so many to so many. */
export type DayRange = number | { min: number; max: number };

/** How an offer ships to one country, or to a part of it. */
export interface OfferShipping {
  /** ISO 3166-1, two letters: "US". */
  country: string;
  region?: string;
  postalCode?: string;
  /** What shipping costs, in the offer's currency. */
  rate?: Price;
  /** Working days until it leaves. */
  handlingDays?: DayRange;
  /** Working days on the way. */
  transitDays?: DayRange;
  /** Local time "HH:MM" in `timeZone`: what is ordered after it takes a day longer. */
  cutoff?: string;
  /** 1 Monday … 7 Sunday. */
  workdays?: number[];
}

/** A schema.org QuantitativeValue: units in stock, or days. */
export interface QuantitativeValue {
  "@type": "QuantitativeValue";
  value?: number;
  minValue?: number;
  maxValue?: number;
  unitCode?: "DAY";
}

type SchemaOrg<Name extends string> = `https://schema.org/${Name}`;

/** A day of the week, as schema.org names it. */
export type Weekday = SchemaOrg<"Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday">;

/** A schema.org OfferShippingDetails, as `offer` makes it of `shipping`. */
export interface OfferShippingDetails {
  "@type": "OfferShippingDetails";
  shippingDestination: {
    "@type": "DefinedRegion";
    addressCountry: string;
    addressRegion?: string;
    postalCode?: string;
  };
  shippingRate?: { "@type": "MonetaryAmount"; value: string; currency: string };
  deliveryTime?: {
    "@type": "ShippingDeliveryTime";
    businessDays?: { "@type": "OpeningHoursSpecification"; dayOfWeek: Weekday[] };
    cutoffTime?: string;
    handlingTime?: QuantitativeValue;
    transitTime?: QuantitativeValue;
  };
}

/** A schema.org Offer. It has no "@context" of its own: it stands in a Product, or `jsonLdScript` gives it one. */
export interface Offer {
  "@type": "Offer";
  sku: string;
  price: string;
  priceCurrency: string;
  priceValidUntil?: Day;
  url?: string;
  itemCondition?: SchemaOrg<NonNullable<OfferOptions["itemCondition"]>>;
  availability: SchemaOrg<"InStock" | "LimitedAvailability" | "BackOrder" | "PreOrder" | "OutOfStock" | "Discontinued">;
  /** When it ships, where it waits and a date is known. */
  availabilityStarts?: string;
  /** Civil days from `now` to p50 and to p95, where it waits and both are known. */
  deliveryLeadTime?: QuantitativeValue;
  inventoryLevel?: QuantitativeValue;
  shippingDetails?: OfferShippingDetails | OfferShippingDetails[];
}

/**
 * A schema.org Offer of what was quoted, so quote the quantity that is sold as one, mostly 1. "limited" says that a part
 * of that quantity waits, which makes the whole a BackOrder; LimitedAvailability means few left, and is said by
 * `limitedBelow`. Without `position`, an inventory level is given only where the quote says all there is for the priority
 * and the locations that it was asked for: where fewer are available than were asked for, and the item is released.
 */
export function offer(quote: Quote, now: Instant, options: OfferOptions): Offer;

/**
 * The element to put into a page, with schema.org's context first unless `thing` has one. "<", ">" and "&" are written
 * as JSON's escapes, so that no text in it can end the element.
 */
export function jsonLdScript(thing: object): string;

// ── Google Merchant Center ──────────────────────────────────────────────────────────────────────────────────────────

/** The attributes of the product data specification: a date with "backorder" and "preorder", and with no other. */
export type GoogleAvailability =
  | { availability: "in_stock" | "out_of_stock" }
  | { availability: "backorder" | "preorder"; availability_date: string };

/**
 * `availability` and `availability_date` (support.google.com/merchants/answer/6324448 and /6324470). What waits and has
 * no date, or none within 365 days, is "out_of_stock". The date is rounded up to the whole minute: a text such as
 * "2026-03-12T00:00-0500", in UTC "2026-03-12T05:00Z".
 */
export function googleAvailability(quote: Quote, now: Instant, options?: DateOptions): GoogleAvailability;

/** The first line of a tab-separated feed of these attributes, without its line end. */
export const GOOGLE_TSV_HEADER: "id\tavailability\tavailability_date";
/** A line of that feed, without its line end. An id with a tab or a line end is refused. */
export function googleTsvRow(id: string, availability: GoogleAvailability): string;

// ── CloudEvents 1.0.2 ───────────────────────────────────────────────────────────────────────────────────────────────

/** What an event does not know of itself: whose it is. */
export interface CloudEventOptions {
  /** The engine's id, which must be its alone: id and source together name an event once and for all. */
  engine: Id;
  /**
   * What stands before the engine's id in `source`; an absolute URI is best: "https://shop.example/engines/".
   * Default "/engines/".
   */
  sourceBase?: string;
  /** A reversed domain name of yours, as event types begin with one: "com.example.shop". */
  typePrefix: string;
}

/**
 * An event as CloudEvents 1.0.2. Every attribute is a text; all numbers are in `data`, where they may exceed 32 bits. A type
 * and no interface, so that the SDK's own, which has an index signature, takes it.
 */
export type CloudEvent<Data extends Event = Event> = {
  specversion: "1.0";
  /** The event's `seq`. */
  id: string;
  source: string;
  /** `typePrefix`, then the name in `CLOUDEVENT_TYPES`. */
  type: string;
  /** What it is about: "order/A-1/line/2", "hold/H-1", "supply/PO-77", "sku/lamp/location/east"; ids as URI components. */
  subject?: string;
  /** RFC 3339. Left out after the year 9999. */
  time?: string;
  datacontenttype: "application/json";
  data: Data;
};

/** The end of `type` for each type of event: "backorder.promise.moved.v1". */
export const CLOUDEVENT_TYPES: { readonly [Type in Event["type"]]: string };
/** An event of an engine as a CloudEvent; the same event is always the same text. */
export function cloudEvent<Data extends Event>(event: Data, options: CloudEventOptions): CloudEvent<Data>;

/** The content type of one event in structured mode. */
export const CLOUDEVENT_MEDIA_TYPE: "application/cloudevents+json";
/** The content type of several in batched mode. */
export const CLOUDEVENT_BATCH_MEDIA_TYPE: "application/cloudevents-batch+json";

/** Headers and body for `fetch`. */
export interface CloudEventMessage {
  headers: { "content-type": string };
  body: string;
}
/** One event in structured content mode. */
export function structuredMessage(event: CloudEvent): CloudEventMessage;
/** Several events in batched content mode. */
export function batchMessage(events: readonly CloudEvent[]): CloudEventMessage;

// ── EDI: X12 855 and 870, EDIFACT ORDRSP ────────────────────────────────────────────────────────────────────────────

/** A code of a standard's list, with the element whose list it is, what it says, and where that can be read. */
export interface EdiCode {
  standard: "X12" | "EDIFACT";
  element: "668" | "368" | "355" | "374" | "1229" | "6063" | "2005" | "2379";
  code: string;
  meaning: string;
  source: string;
}
/** The codes that this package uses, and no others. */
export const EDI_CODES: readonly EdiCode[];

/**
 * How things stand with a line, in our words. "…Undated" has no date that could be promised; "reduced…" and "…Reduced"
 * have lost units that were cancelled.
 */
export type EdiStatus =
  | "accepted"
  | "scheduled"
  | "reduced"
  | "reducedScheduled"
  | "backordered"
  | "partlyBackordered"
  | "partlyBackorderedUndated"
  | "preordered"
  | "preorderedUndated"
  | "rescheduled"
  | "substituted"
  | "shipped"
  | "shippedReduced"
  | "cancelled"
  | "outOfStock"
  | "discontinued";

/** What each standard says of a status. */
export interface EdiStatusCodes {
  /** X12 element 668, ACK01 of an 855. */
  lineStatus: "IA" | "IQ" | "IB" | "BP" | "SP" | "DR" | "IS" | "AC" | "ID" | "IR";
  /** X12 element 368, of an 870; none where no code says it. */
  orderStatus?: "AV" | "AS" | "BO" | "BP" | "ED" | "IS" | "CL" | "IC" | "DS" | "DI";
  /** EDIFACT element 1229, of LIN in an ORDRSP. */
  action: "2" | "5" | "6" | "7";
  /** The same in EANCOM, whose ORDRSP has no 6 and says 3, nor a 2. */
  eancomAction?: "3" | "5" | "7";
}
/** The codes of every status. */
export const EDI_STATUSES: { readonly [Status in EdiStatus]: Readonly<EdiStatusCodes> };

/** How quantities and dates are written. */
export interface EdiOptions {
  /** For the civil day that a date is. Default UTC. */
  timeZone?: string;
  /** X12 element 355, of the quantity. Default "EA". */
  unit?: string;
}

/** A line in the codes of X12 and of EDIFACT. */
export interface EdiLine {
  status: EdiStatus;
  x12: Pick<EdiStatusCodes, "lineStatus" | "orderStatus"> & {
    /** What waits: ACK02 and ACK03. */
    backordered?: { quantity: Quantity; unit: string };
    /** Promised for shipment: ACK04 and ACK05, CCYYMMDD. */
    date?: { qualifier: "079"; value: string };
  };
  edifact: Pick<EdiStatusCodes, "action" | "eancomAction"> & {
    /** QTY: 21 ordered, 83 backordered, 12 despatched. */
    quantities: { qualifier: "21" | "83" | "12"; quantity: Quantity }[];
    /** DTM: 11 despatch, in format 102, CCYYMMDD. */
    date?: { qualifier: "11"; value: string; format: "102" };
  };
}

/** What the answer to an order of what was quoted would say. */
export function ediOfQuote(quote: Quote, options?: EdiOptions): EdiLine;
/** How an order's line stands: the answer to the order, or a later report. The date is the one promised. */
export function ediOfLine(line: LineView, options?: EdiOptions): EdiLine;
/**
 * What an event says by itself, of the line that it names. `undefined` where it says nothing about a line, or too little:
 * an allocation may be a part, a cancellation too; of such a line `ediOfLine` knows more.
 */
export function ediOfEvent(event: Event, options?: EdiOptions): EdiLine | undefined;

// What is not exported above stays in here.
export {};
