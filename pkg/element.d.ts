/**
 * `backorder/element`: `<backorder-eta sku="lamp" quantity="2">`, which says when it ships, how sure that is, and how many
 * units are ahead; and the same as plain text for servers. No framework and no WebAssembly: it shows what a source quotes.
 *
 * Nothing happens when this is imported: `defineEta` makes the element known.
 *
 * @module backorder/element
 */

import type { Quote } from "./index.js";
import type { DateOptions, OfferOptions } from "./formats.js";
import type { Id, Instant, Quantity } from "./index.js";

/** A quote, but that a sheet may not know how many units are ahead: then nothing is said of them. */
export type EtaQuote = Omit<Quote, "ahead"> & { ahead: Quantity | null };

/**
 * What quotes: an engine, a stored engine, one in a worker, a sheet, or anything else of this shape. With `subscribe` (it is
 * told after each change, and answers with what ends it) what is shown is always up to date; otherwise call `refresh`.
 */
export interface EtaSource {
  /** What would happen to so many units, as of now. */
  quote(request: { sku: Id; quantity: Quantity }, now: Instant): EtaQuote | Promise<EtaQuote>;
  /** Tells of each change; what it gives back ends that. */
  subscribe?(listener: () => void): () => void;
  /** Of a sheet, which is about one item, and is asked for a quantity alone. */
  readonly sku?: Id;
  /** Where its clock is ahead of the page's, this is the instant that counts. */
  lastInstant?(): Instant | Promise<Instant>;
}

/** The words of a language. "{date}", "{now}" (units), "{chance}" and "{count}" stand for what is said there. */
export interface EtaTexts {
  inStock: string;
  /** Some now, the rest later. */
  limited: string;
  limitedNoDate: string;
  backorder: string;
  backorderNoDate: string;
  preorder: string;
  preorderNoDate: string;
  outOfStock: string;
  discontinued: string;
  /** Nothing can be said: the source failed. */
  unknown: string;
  /** That it ships by then, at least. */
  chance: string;
  /** The supplier's own date, of which nothing is known. */
  supplier: string;
  /** An assumed lead time. */
  assumed: string;
  /** By the language's plural category. */
  ahead: { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;
  /** Nobody is ahead. */
  first: string;
}

/** English, German, French, Spanish and Chinese, by "en", "de", "fr", "es" and "zh". */
export const ETA_TEXTS: Readonly<Record<"en" | "de" | "fr" | "es" | "zh", EtaTexts>>;

/** `date`: as of `backorder/formats`; its chance is 95 % for "p95". `timeZone`: default that of the host. */
export interface EtaOptions extends DateOptions {
  /** BCP 47. Default "en", as where the language has no texts and none are given. */
  language?: string;
  /** Words in place of the language's own. */
  texts?: Partial<EtaTexts>;
}

/** What is said of a quote, part by part. */
export interface Eta {
  state: Quote["availability"] | "unknown";
  /** In the order in which they are read; `day` of what is or contains a date: "2026-03-12", and the words for it. */
  parts: { part: "availability" | "chance" | "ahead"; text: string; day?: { iso: string; text: string } }[];
}

/** What is said of a quote. */
export function eta(quote: EtaQuote, now: Instant, options?: EtaOptions): Eta;
/** The same in one line: "Ships by Fri, December 4 · 95% sure · 3 units ahead". */
export function etaText(quote: EtaQuote, now: Instant, options?: EtaOptions): string;
/** The element with that text in it, escaped, for servers: what is shown until the script runs, or where none does. */
export function etaHtml(quote: EtaQuote, now: Instant, options?: EtaOptions): string;

/** What all elements of a page have that have none of their own. */
export interface EtaDefaults {
  /** Of the element. Default "backorder-eta". */
  name?: string;
  source?: EtaSource;
  texts?: Partial<EtaTexts>;
}

/** Makes the element known, once; called again, it changes what the others have. On a server it does nothing. */
export function defineEta(defaults?: EtaDefaults): void;

/**
 * Attributes: `sku`; `quantity` (default 1); `date` "p95" (default) or "promise"; `time-zone` (default the visitor's); `lang`,
 * else that of what it stands in, else the browser's. With `price` and `currency` it puts a schema.org Product, with `name`
 * and `url`, beside what it shows, as JSON-LD.
 *
 * Parts: "eta", "mark", "availability", "date", "chance", "ahead". Custom properties: `--backorder-eta-muted`,
 * `--backorder-eta-good`, `--backorder-eta-wait`, `--backorder-eta-bad`; the colours of the marks follow `color-scheme`. The
 * state is the attribute `data-state` of the part "eta".
 *
 * It fires "backorder-eta" (bubbling) after each look at its source; `detail`: `{ quote, text }`, or `{ error }`.
 */
export class BackorderEta extends HTMLElement {
  source: EtaSource | undefined;
  texts: Partial<EtaTexts> | undefined;
  /** More of the offer: shipping, the item's condition, its position. */
  offer: Partial<OfferOptions> | undefined;
  /** Looks again; fulfilled when what is shown is up to date. */
  refresh(): Promise<void>;
}

declare global {
  interface HTMLElementTagNameMap {
    "backorder-eta": BackorderEta;
  }
}
