/**
 * `backorder/outbox`: what an engine says, told to others: events as CloudEvents, delivered at least once, those of an order
 * one after the other, tried again with growing delays, set aside when that is no use.
 *
 * Why nothing is lost and nothing overtakes: commands keep their events (`openStored(store, { events: "keep" })`), so that
 * an event is safe with the command's own record: in the engine's log and snapshot, until it is taken out. The outbox
 * looks at the kept events that are safe, makes them safe in a store of its own, and only then has the engine let go of
 * them. Where the process dies in between, both have them, and the outbox knows by `seq` which it has. What was delivered
 * is noted before the next event of that order is sent; where the process dies before the note, that one is sent again,
 * with the same id.
 *
 * A receiver that looks at ids has each event once and each order's events in the order of `seq`, as long as senders end when
 * their signal says so. What it may see twice is an event that it took without the outbox hearing so. Events about different orders (holds, supplies, items) come in any order.
 *
 * A delivery that failed too often, or that its sender says can't succeed, becomes a dead letter. Later events of that order
 * go on: a mail that bounced must not keep back the notice that the law asks for. `redeliver` sends it again, out of turn.
 *
 * @module backorder/outbox
 */

import type { CloudEvent, CloudEventOptions } from "./formats.js";
import type { Event, Instant } from "./index.js";
import type { Store, StoredChange } from "./store.js";

// ── The outbox ──────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * What an outbox asks of an engine: a `StoredEngine` is one that was opened with `events: "keep"`. Nobody else may drain it.
 */
export interface KeepingEngine {
  readonly events: "return" | "keep" | "drop";
  /** The oldest kept events, which stay, once they are safe. */
  keptEvents(max: number): Event[] | Promise<Event[]>;
  /** Lets go of as many, the oldest; fulfilled when that is safe. */
  drainEvents(max: number): unknown;
  /** A "reader" delivers nothing; it does when it has become the writer. */
  readonly role?: "writer" | "reader";
  /** Tells of each change; what it gives back ends that. */
  subscribe?(listener: (change: StoredChange) => void): () => void;
}

/** What is delivered, to whom, and how often it is tried. */
export interface OutboxOptions {
  /** How events are named: the engine's id, and a domain of yours. */
  events: CloudEventOptions;
  /**
   * Where events go, by names that stay: each has its own progress. What waits for a name that is left out waits until it is
   * given again, and what comes meanwhile is not for it; a new one gets the events from then on.
   */
  destinations: { [name: string]: Destination };
  /** Default `Date.now`. */
  now?: () => Instant;
  /** From 0 to below 1, for the spread of delays. Default `Math.random`. */
  random?: () => number;
}

/** One receiver, and how it is reached. */
export interface Destination {
  send: Sender;
  /** Only events of these types. Default all. */
  types?: readonly Event["type"][];
  /**
   * Milliseconds until the next attempt, after the first failure, the second and so on; a dead letter after the last. To
   * each up to a fifth is added by chance, so that not all come back at once. Default: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h,
   * 14 h, 20 h, 24 h: three days, as Standard Webhooks suggests.
   */
  delaysMs?: readonly number[];
  /** An attempt that takes longer has failed. Default 15,000. */
  timeoutMs?: number;
  /** Attempts at the same time, each about something else. Default 8. */
  atOnce?: number;
}

/** Delivers; what it throws is a failure, and anything but a `DeliveryError` says to try again. */
export type Sender = (delivery: Delivery) => Promise<unknown>;

/** One event on its way to one destination. */
export interface Delivery {
  /**
   * The same at each attempt, also after a crash, and no other event's: the engine's id and `seq`, as "shop-41", of letters,
   * digits, "-", "_" and "%" alone.
   */
  key: string;
  event: CloudEvent;
  /** 1, 2, 3 … */
  attempt: number;
  /** When it began, by the outbox's clock. */
  now: Instant;
  /** Aborted when it takes too long, or when the outbox is closed. */
  signal: AbortSignal;
}

/** How a sender says more of a failure than that there was one. */
export class DeliveryError extends Error {
  constructor(message: string, options?: { outcome?: DeliveryError["outcome"]; retryAfterMs?: number; cause?: unknown });
  /**
   * "retry" (default): later. "deadLetter": this can't succeed. "stop": nothing may be sent there any more; all waits
   * until `resume`.
   */
  readonly outcome: "retry" | "deadLetter" | "stop";
  /** The next attempt is no earlier. A day counts at most. */
  readonly retryAfterMs: number;
}

/** A delivery that failed for good, or for so long. */
export interface DeadLetter {
  destination: string;
  key: string;
  event: CloudEvent;
  attempts: number;
  at: Instant;
  /** What the last failure said. */
  error: string;
}

/** How much is on its way, and how much was set aside. */
export interface OutboxStatus {
  destination: string;
  /** Deliveries that were not made yet. */
  waiting: number;
  dead: number;
  /** Why nothing is sent there any more. */
  stopped?: string;
}

/** Delivers what an engine keeps. */
export interface Outbox {
  /**
   * Takes over the events that the engine has by now and sends all that is due; fulfilled when nothing is on its way any more.
   * Failures of receivers are no errors; one of the store or of the engine is, and then it goes on with the next call.
   */
  deliver(): Promise<void>;
  /**
   * From now on delivers by itself, whenever the engine has events or an attempt is due, and keeps the process alive for that until
   * `close`. `failed`: as `deliver` throws. After a failure of the store it tries again each second, but not where that is damaged,
   * newer, or closed.
   */
  start(failed?: (error: unknown) => void): void;
  /** When the next attempt is due; `null`: nothing waits, or only for what is stopped. For hosts without timers. */
  nextAttemptAt(): Instant | null;
  /** How each destination stands. */
  status(): OutboxStatus[];
  /** What was set aside. */
  deadLetters(): DeadLetter[];
  /** Tries a dead letter again, from its first attempt on; events of its order that went on have overtaken it. Without such a letter nothing happens. */
  redeliver(destination: string, key: string): Promise<void>;
  /** Lets go of a dead letter, if there is one. */
  discard(destination: string, key: string): Promise<void>;
  /** Sends again where a sender said "stop". */
  resume(destination: string): Promise<void>;
  /** Lets attempts that are on their way end as failed ones would, unnoted, and gives the store back. The engine stays. */
  close(): Promise<void>;
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Goes on from what `store` keeps, or begins. The store is this outbox's alone: `fileStore` in a directory of its own,
 * `indexedDbStore` with a name of its own, or what you write.
 *
 * An engine that was set back to before the last event that came numbers its events anew: `deliver` throws a `StoreError` "CORRUPT".
 * Restore both stores as they were at one moment; or begin with an empty outbox, and another engine's id in `events`, as
 * receivers know the old ids. A release whose changelog says that the same commands give another digest can do the same, so
 * call `checkpoint` before it.
 */
export function openOutbox(engine: KeepingEngine, store: Store, options: OutboxOptions): Promise<Outbox>;

// ── Webhooks ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Where a webhook is, and by which secret it knows the sender. */
export interface WebhookOptions {
  /** Https, unless all that is said may be read on the way. Where customers name it, keep it out of your own network. */
  url: string | URL;
  /**
   * "whsec_" and base64 of 24 to 64 bytes, unique to the receiver; several sign each, while the receiver changes from one to
   * the next.
   */
  secret: string | readonly string[];
  /** Default: the host's. */
  fetch?: typeof fetch;
}

/**
 * Posts the CloudEvent as JSON, signed after Standard Webhooks 1.0.0 (HMAC-SHA256): `webhook-id` is the delivery's key. A 2xx
 * is a success; 410 stops; anything else, redirects too, is tried again, no earlier than Retry-After says.
 */
export function webhookSender(options: WebhookOptions): Sender;

/** The headers of a body, for senders of your own. `now` is when it is sent. */
export function webhookHeaders(
  key: string,
  now: Instant,
  body: string,
  secret: string | readonly string[],
): Promise<{ "webhook-id": string; "webhook-timestamp": string; "webhook-signature": string }>;

// ── E-mail ──────────────────────────────────────────────────────────────────────────────────────────────────────────

/** What is used of what nodemailer's `createTransport` makes. */
export interface MailTransport {
  /** As of a transport of nodemailer. */
  sendMail(mail: {
    from: Mailbox;
    to: Mailbox;
    subject: string;
    text: string;
    html?: string;
    messageId: string;
    headers: { [name: string]: string };
    envelope: { from: string; to: string };
    disableFileAccess: true;
    disableUrlAccess: true;
    signal: AbortSignal;
  }): Promise<unknown>;
}

/** Who sends or receives an email. */
export interface Mailbox {
  name: string;
  address: string;
}

/** By whom emails are sent, and what they say. */
export interface EmailOptions {
  transport: MailTransport;
  /** An address, or a mailbox with a name. */
  from: string | Mailbox;
  /** What the event says to whom; `undefined`: nothing, and it counts as delivered. */
  message: (event: CloudEvent) => Email | undefined | Promise<Email | undefined>;
}

/** One email. */
export interface Email {
  to: string | Mailbox;
  subject: string;
  text: string;
  html?: string;
}

/**
 * Mails by nodemailer, to one mailbox. "Message-ID" is the delivery's key at the sender's domain. Line ends and control characters
 * in subjects and names are spaces; an address that has any, or is more than one, is a dead letter. So is what the server
 * refuses for good (5xx) once it took the sender; anything else is tried again. Fulfilled with whether there was a mail.
 *
 * Where a notice counts as sent once its mail is:
 *
 * ```js
 * const mail = emailSender({ transport: createTransport("smtp://localhost"), from: "news@shop.example", message });
 * const send = async (delivery) => {
 *   const { data } = delivery.event;
 *   if (!(await mail(delivery)) || data.type !== "noticeDue") return;
 *   // A crash before this line has the mail come twice, with one id. No notice counts as sent that was not.
 *   await shop.apply({ type: "noticeSent", notice: data.notice, offersCancel: true }, Date.now());
 * };
 * ```
 */
export function emailSender(options: EmailOptions): (delivery: Delivery) => Promise<boolean>;

// ── Web Push ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** Where a notification leads, and what it is. */
export interface PushOptions {
  /** Where a tap leads: an absolute URL. */
  navigate: string | URL;
  /** Notifications of one tag replace each other. */
  tag?: string;
  /** BCP 47. */
  language?: string;
}

/** What one push message may hold before it is encrypted (RFC 8291, 4,096 bytes with it). */
export const PUSH_PAYLOAD_BYTES: 3993;

/**
 * A declarative push message (W3C Push API), which also is plain JSON for a service worker's "push" event. `subject` is the
 * title, `text` the body, whose end is cut off with "…" where there is no room.
 *
 * ```js
 * import webpush from "web-push";
 *
 * const push = async ({ event }) => {
 *   const payload = pushPayload(message(event), { navigate: "https://shop.example/orders", tag: event.subject });
 *   try {
 *     await webpush.sendNotification(subscriptionOf(event), payload, { TTL: 86_400 });
 *   } catch (error) {
 *     // The customer let go of it.
 *     const gone = error.statusCode === 404 || error.statusCode === 410;
 *     throw new DeliveryError(error.message, { outcome: gone ? "deadLetter" : "retry", cause: error });
 *   }
 * };
 * ```
 */
export function pushPayload(message: { subject: string; text: string }, options: PushOptions): string;
