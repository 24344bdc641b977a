/**
 * `backorder/durable-object`: a shop's engine in a Cloudflare Durable Object with SQLite storage, which is the only one
 * that writes it. Of what was answered nothing is lost: a command and its record in the log are one transaction, and the
 * answer leaves when that is on disk. An engine that fails inside, or whose record can't be stored, is made again from
 * storage within the same request. Declarations of "cloudflare:workers" come from `wrangler types` or
 * `@cloudflare/workers-types`.
 *
 * ```js
 * import { BackorderObject } from "backorder/durable-object";
 *
 * export class Shop extends BackorderObject {}
 *
 * export default {
 *   fetch: (request, env) => env.SHOP.getByName("main").fetch(request), // put who may ask for what before this
 * };
 * ```
 *
 * With an outbox:
 *
 * ```js
 * import { openOutbox, webhookSender } from "backorder/outbox";
 *
 * export class Shop extends BackorderObject {
 *   events = "keep";
 *   openOutbox(engine, store) {
 *     const erp = { send: webhookSender({ url: "https://erp.example/hook", secret: this.env.ERP_SECRET }) };
 *     return openOutbox(engine, store, { events: { engine: "main", typePrefix: "com.example" }, destinations: { erp } });
 *   }
 * }
 * ```
 *
 * @module backorder/durable-object
 */

import { DurableObject } from "cloudflare:workers";
import type { KeepingEngine, Outbox } from "./outbox.js";
import type { Store } from "./store.js";
import type {
  Command,
  Engine,
  EngineOptions,
  Event,
  HoldView,
  Id,
  Instant,
  ItemSettings,
  Metrics,
  NoticeView,
  OrderView,
  Outcome,
  Page,
  Position,
  PromiseChange,
  Quote,
  Reorder,
} from "./index.js";

/** An engine to look at. */
export type Reads = Omit<Engine, "apply" | "applyAll" | "applyJson" | "drainEvents" | "free" | "placeAll" | symbol>;

/**
 * The calls of an `Engine`, for the Worker's own code: by RPC on a stub, or by `fetch`. There is no access control in
 * it. `now` is the object's clock, or the last command's instant where the clock was set back.
 *
 * Ids make commands safe to repeat: after a failed call send the same command again, and an order that was placed is
 * answered with "exists".
 */
export class BackorderObject<Env = unknown> extends DurableObject<Env> {
  /** How the engine is made the first time. Default: the object's id as its id. */
  protected readonly options: EngineOptions;
  /** What becomes of events: in the outcome (default), kept for `drainEvents`, or not made. */
  protected readonly events: "return" | "keep" | "drop";
  /** How long a body may be that `fetch` takes. Default 1,000,000. */
  protected readonly mostBodyBytes: number;
  /**
   * A snapshot is stored when the log is longer than this and than the snapshot before it, so that a restart never plays
   * more than it reads. Default 256,000.
   */
  protected readonly leastLogBytes: number;

  /** Applies a command, and stores its record, in one transaction. */
  apply(command: Command): Outcome;
  /** Each command stands for itself. */
  applyAll(commands: Command[]): Outcome[];
  /** Events that were kept. They are gone from the object when the answer leaves. */
  drainEvents(max?: number): Event[];
  /** The oldest of the kept events, which stay. */
  keptEvents(max: number): Event[];

  /** What placing one line would do: `Engine.quote`. */
  quote(request: Parameters<Engine["quote"]>[0]): Quote;
  /** What placing a cart would do: `Engine.quoteOrder`. */
  quoteOrder(order: Parameters<Engine["quoteOrder"]>[0]): ReturnType<Engine["quoteOrder"]>;
  /** An order with its lines. */
  order(order: Id): OrderView | undefined;
  /** A hold with its lines. */
  hold(hold: Id): HoldView | undefined;
  /** How an item stands. */
  position(sku: Id, location?: Id): Position | undefined;
  /** What waits for an item, in the order in which it will be served. */
  queue(sku: Id, page?: Page & { location?: Id }): ReturnType<Engine["queue"]>;
  /** The items with their settings. */
  items(page?: Page): { sku: Id; settings: ItemSettings }[];
  /** Ids of orders. */
  orders(page?: Page & { state?: "open" | "closed" }): Id[];
  /** Supplies of an item. */
  supplies(sku: Id, page?: Page): ReturnType<Engine["supplies"]>;
  /** Notices of delay that are due, or were sent. */
  notices(): NoticeView[];
  /** As of now, for `openSheet` of `backorder/sheet`. */
  quoteSheet(sku: Id, location?: Id): Uint8Array;
  /** What should be ordered now. */
  reorders(): Reorder[];
  /** What the merchant is judged by. */
  metrics(): Metrics;
  /** Why a line has its date. */
  explain(order: Id, line: Id): string[];
  /** What commands would do to the promises, without doing it. */
  whatIf(commands: Command[]): PromiseChange[];
  /** A digest of the state. */
  digest(): string;
  /** Everything as bytes, for `restoreEngine` elsewhere. */
  snapshot(): Uint8Array;

  /**
   * Stores a snapshot now and begins a new log. Do it before a release is deployed whose changelog says that the same
   * commands give another digest: snapshots are read without any rule.
   */
  compact(): void;

  /**
   * A command, or a list of them, as the JSON body of a POST; answers with the outcome, or the outcomes. 400: no JSON, or
   * no command; 405: no POST; 413: the body is too long.
   */
  fetch(request: Request): Promise<Response>;
  /**
   * Brings about what is due by now, as a command in the log, and delivers. Set after each command: from `nextWakeAt`, from the
   * outbox's next attempt, and at once where events were kept for it.
   */
  alarm(): Promise<void>;
  /** Delivers what is due. The alarm does; call it after `redeliver` and `resume`, so that it knows when to come again. */
  deliver(): Promise<void>;

  /**
   * How events are delivered: `return openOutbox(engine, store, { events, destinations })`, of `backorder/outbox`, with `events`
   * of the object "keep". Called once, when there is something to deliver. `store` is rows of this object.
   */
  protected openOutbox?(engine: KeepingEngine, store: Store): Promise<Outbox>;
  /** That outbox; `undefined`: there is none. */
  protected readonly outbox: () => Promise<Outbox> | undefined;

  /** Called with what fell due when nobody asked. If it throws the alarm comes again, but the events don't. */
  protected fellDue(outcome: Outcome): void | Promise<void>;
  /** For calls of your own that change nothing. Outside code can't reach it by RPC, nor the next. */
  protected readonly read: <Result>(use: (engine: Reads, now: Instant) => Result) => Result;
  /** For calls of your own that send several commands as one: if `act` throws, none of them has happened. */
  protected readonly change: <Result>(
    act: (apply: (command: Command) => Outcome, engine: Reads, now: Instant) => Result,
  ) => Result;
}

/** The text of a request's body, read no further than the limit; `undefined`: there is more. */
export function bodyText(request: Request, mostBytes: number): Promise<string | undefined>;
