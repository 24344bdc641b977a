/**
 * `backorder/messages`: what each notice and each event says to a customer, as subject, text, HTML and SMS, in English,
 * German, French, Spanish and Chinese. Plain functions: no WebAssembly, no engine, no clock. It needs the package
 * `messageformat` beside it, by which the words are formatted (Unicode MessageFormat 2). docs/MESSAGES.md names each
 * sentence with its placeholders, and what a language of your own must have. Not legal advice.
 *
 * What others wrote (names, reasons) stays text: it is escaped in HTML, isolated where it runs in another direction,
 * and has no line ends and no control characters.
 *
 * An argument that cannot be right throws a `BackorderError` with code "INVALID_ARGUMENT" and the path of what is wrong.
 *
 * @module backorder/messages
 */

import type { Event, Id, LineView, NoticeView, OrderView, Quote } from "./index.js";

/** One message, as it goes to a customer. */
export interface Message {
  /** One line. */
  subject: string;
  /** Paragraphs with an empty line between them. */
  text: string;
  /** The same as one `<div>` with its language, without scripts, styles or pictures. */
  html: string;
  /** What is needed of it, without greeting and closing. */
  sms: Sms;
  /** The language's tag. */
  language: string;
  /** Which sentences are in it, in their order. */
  says: readonly MessageId[];
}

/** A message as SMS, and what sending it takes. */
export interface Sms {
  text: string;
  /** "ucs2" where a character is not in the default alphabet of GSM 03.38. */
  encoding: "gsm7" | "ucs2";
  /** Septets, or code units of 16 bits. */
  units: number;
  /** So many messages are sent: 160 or 70 units in one, 153 or 67 in each of several. */
  segments: number;
}

/** How long a text is as SMS. */
export function smsLength(text: string): Omit<Sms, "text">;

/** In whose words, from whom, to whom, and where to answer. */
export interface MessageOptions {
  /** The words: `en`, `de`, `fr`, `es`, `zh`, or your own. */
  language: Language;
  /** By which dates and numbers are written: "en-GB". Default: the language's tag. */
  locale?: string;
  /** The buyer's IANA zone, in which instants fall on days. Days stay as they are. Default UTC. */
  timeZone?: string;
  /** Who sells. */
  shop: string;
  /** Who is spoken to, as in "Ms Ada King". Without it the greeting has no name. */
  customer?: string;
  /** What an item is called. Default: its id. */
  nameOf?: (sku: Id) => string;
  /** Why it is late, in the customer's language. A notice of an option whose length is unknown must have it. */
  reason?: string;
  /** What a notice's days are about, by its regime. Default "delivery" of a "newDate", else "shipment". */
  counts?: "shipment" | "delivery";
  /** Where to answer: http, https, mailto or tel. A notice of an option must have `cancel`; where silence cancels, `consent`, too. */
  links?: { consent?: string; cancel?: string; order?: string; substitute?: string };
}

/** What a message is made from, of an order and its lines. */
export type MessageOrder = Pick<OrderView, "order" | "placedAt"> & { lines: readonly MessageLine[] };
/** Of a line, what messages say. */
export type MessageLine = Pick<
  LineView,
  "line" | "sku" | "quantity" | "allocated" | "backordered" | "shipped" | "cancelled" | "promised" | "notice"
>;

/**
 * What a notice says, by its kind, its days, what silence means, and its state: while it is due or sent, the notice itself;
 * then that the customer agreed, that the order is cancelled, or that it was paid back. `order` has the notice's line.
 */
export function noticeMessage(notice: NoticeView, order: MessageOrder, options: MessageOptions): Message;

/**
 * What an event says to a customer, with the order as it is now; `undefined` where it says nothing, where another event of the
 * same command says it, or where it no longer holds, as a notice that was replaced.
 */
export function eventMessage(event: Event, order: MessageOrder, options: MessageOptions): Message | undefined;

/** What could be had in the place of a line: `alternatives` of a quote or a refusal, at least one. */
export function substituteMessage(
  line: Id,
  alternatives: readonly Pick<Quote, "sku" | "availability" | "promise">[],
  order: MessageOrder,
  options: MessageOptions,
): Message;

/** The words of one language, by id, as sources of Unicode MessageFormat 2 with the functions `:day` and the standard's. */
export interface Language {
  /** BCP 47. */
  tag: string;
  /** Default "ltr". */
  direction?: "ltr" | "rtl";
  /** What stands between sentences. Default " ". */
  separator?: string;
  messages: { readonly [Id in MessageId]: string };
}

/** English. */
export const en: Language;
/** German. */
export const de: Language;
/** French. */
export const fr: Language;
/** Spanish. */
export const es: Language;
/** Chinese, simplified. */
export const zh: Language;

/** What is wrong with a language, held against English: ids and placeholders that lack or are too many, sources that do not parse. */
export function languageProblems(language: Language): string[];

/** docs/MESSAGES.md says of each what it is for, and which placeholders it has. */
export type MessageId =
  | "greeting"
  | "about"
  | "closing"
  | "apology"
  // A notice
  | "delayed"
  | "delayedAgain"
  | "revised"
  | "revisedUnknown"
  | "reason"
  | "choice"
  | "silenceConsents"
  | "silenceConsentsUnknown"
  | "silenceCancels"
  | "silenceRejects"
  | "silenceNothing"
  | "stillCancel"
  | "answerFree"
  | "rights"
  // An answer, and an end
  | "consented"
  | "consentedUnknown"
  | "mayCancel"
  | "cancellation"
  | "deemedCancelled"
  | "cancelledAsAsked"
  | "cancelled"
  | "cancelledUnits"
  | "refundBy"
  | "refundSoon"
  | "refundLate"
  | "refunded"
  // Other news
  | "placed"
  | "placedReady"
  | "placedBy"
  | "placedUndated"
  | "promised"
  | "promiseMoved"
  | "promiseLost"
  | "promiseBroken"
  | "reasonSupplyChanged"
  | "reasonSupplyCancelled"
  | "reasonCount"
  | "ready"
  | "shipped"
  | "remaining"
  | "returned"
  | "substituted"
  | "substitutes"
  | "substituteReady"
  | "substituteBy"
  | "substituteUndated"
  | "substituteChoice"
  // Links
  | "linkConsent"
  | "linkCancel"
  | "linkOrder"
  | "linkSubstitute"
  // Subjects
  | "subjectAnswer"
  | "subjectChoice"
  | "subjectDelayed"
  | "subjectConsented"
  | "subjectCancelled"
  | "subjectRefund"
  | "subjectPlaced"
  | "subjectPromised"
  | "subjectReady"
  | "subjectShipped"
  | "subjectReturned"
  | "subjectSubstituted"
  | "subjectSubstitutes";
