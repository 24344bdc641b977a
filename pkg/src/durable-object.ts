/** For Cloudflare Workers: one engine in one Durable Object, which is the only writer of it. */

import { DurableObject } from "cloudflare:workers";
import type * as Contract from "../durable-object.js";
import type {
  Command,
  Engine,
  EngineOptions,
  Event,
  Id,
  Instant,
  NoticeView,
  Outcome,
  Page,
  Position,
  Quote,
  Reorder,
} from "../index.js";
import { commandObject, list } from "./check.js";
import type { KeepingEngine, Outbox } from "../outbox.js";
import type { Store } from "../store.js";
import { bodyText } from "./durable/body.js";
import type { State, Storage } from "./durable/host.js";
import { Kept, type Recorder } from "./durable/kept.js";
import { rowStore } from "./durable/row-store.js";
import { logOf } from "./engine.js";
import { BackorderError, invalid } from "./errors.js";

export { bodyText } from "./durable/body.js";

type Read<Name extends keyof Engine> = Engine[Name] extends (...values: never[]) => infer Answer ? Answer : never;
type Asked<Name extends "quote" | "quoteOrder"> = Parameters<Engine[Name]>[0];
type Act<Result> = (apply: (command: Command) => Outcome, engine: Engine, now: Instant) => Result;
type Public = Contract.BackorderObject<unknown>;

/** Where a clock of nanoseconds ends is 2262; an alarm within the year does as well, as it looks again. */
const FURTHEST_ALARM_MS = 365 * 86_400_000;

/** What a command left undone will not be done at once by another: an alarm that comes back at once would never rest. */
const OVERDUE_ALARM_MS = 1_000;

/** When deliveries are looked at again that a crash has ended. */
const UNFINISHED_ALARM_MS = 30_000;

export class BackorderObject<Env = unknown> extends DurableObject<Env> implements Pick<Public, keyof Public> {
  protected readonly options: EngineOptions = {};
  protected readonly events: "return" | "keep" | "drop" = "return";
  protected readonly mostBodyBytes: number = 1_000_000;
  protected readonly leastLogBytes: number = 256_000;

  readonly #storage: Storage;
  readonly #kept: Kept;
  /** The next alarm, which may come before there is anything to do, and never after. */
  #alarm: Instant | null = null;
  #outbox: Promise<Outbox> | undefined;
  /** When the outbox tries again, as far as it was asked. */
  #attemptAt: Instant | null = null;
  /** While a delivery is under way, or has just failed, what the engine keeps calls for no other. */
  #restsUntil: Instant = 0;

  constructor(ctx: unknown, env: Env) {
    super(ctx, env);
    const state = ctx as State;
    this.#storage = state.storage;
    this.#kept = new Kept(state.storage, () => ({ id: state.id.toString(), ...this.options }));
    void state.blockConcurrencyWhile(async () => {
      this.#alarm = await state.storage.getAlarm();
    });
  }

  apply(command: Command): Outcome {
    commandObject(command, "command");
    return this.change((apply) => apply(command));
  }

  applyAll(commands: Command[]): Outcome[] {
    list(commands, "commands");
    const all = Array.from(commands);
    all.forEach((command, index) => commandObject(command, `commands[${index}]`));
    return all.map((command) => this.apply(command));
  }

  drainEvents(max?: number): Event[] {
    if (max !== undefined && !Number.isSafeInteger(max)) throw invalid("max", "max must be a whole number");
    return this.#changed((_, log) => log.drainEvents(max));
  }

  keptEvents(max: number): Event[] {
    return this.read((engine) => logOf(engine).keptEvents(max));
  }

  quote(request: Asked<"quote">): Quote {
    return this.read((engine, now) => engine.quote(request, now));
  }

  quoteOrder(order: Asked<"quoteOrder">): Read<"quoteOrder"> {
    return this.read((engine, now) => engine.quoteOrder(order, now));
  }

  order(order: Id): Read<"order"> {
    return this.read((engine, now) => engine.order(order, now));
  }

  hold(hold: Id): Read<"hold"> {
    return this.read((engine, now) => engine.hold(hold, now));
  }

  position(sku: Id, location?: Id): Position | undefined {
    return this.read((engine) => engine.position(sku, location));
  }

  queue(sku: Id, page?: Page & { location?: Id }): Read<"queue"> {
    return this.read((engine) => engine.queue(sku, page));
  }

  items(page?: Page): Read<"items"> {
    return this.read((engine) => engine.items(page));
  }

  orders(page?: Page & { state?: "open" | "closed" }): Id[] {
    return this.read((engine) => engine.orders(page));
  }

  supplies(sku: Id, page?: Page): Read<"supplies"> {
    return this.read((engine) => engine.supplies(sku, page));
  }

  notices(): NoticeView[] {
    return this.read((engine) => engine.notices());
  }

  quoteSheet(sku: Id, location?: Id): Uint8Array {
    return this.read((engine, now) => engine.quoteSheet(sku, now, location));
  }

  reorders(): Reorder[] {
    return this.read((engine, now) => engine.reorders(now));
  }

  metrics(): Read<"metrics"> {
    return this.read((engine, now) => engine.metrics(now));
  }

  explain(order: Id, line: Id): string[] {
    return this.read((engine, now) => engine.explain(order, line, now));
  }

  whatIf(commands: Command[]): Read<"whatIf"> {
    return this.read((engine, now) => engine.whatIf(commands, now));
  }

  digest(): string {
    return this.read((engine) => engine.digest());
  }

  snapshot(): Uint8Array {
    return this.read((engine) => engine.snapshot());
  }

  compact(): void {
    this.#twice(() => this.#kept.compact());
  }

  async fetch(request: Request): Promise<Response> {
    if (request.method !== "POST") return refused(405, "a command is sent by POST", { allow: "POST" });
    const text = await bodyText(request, this.mostBodyBytes);
    if (text === undefined) return refused(413, `a body has at most ${this.mostBodyBytes} bytes`);
    let asked: unknown;
    try {
      asked = JSON.parse(text);
    } catch {
      return refused(400, "the body is no JSON");
    }
    try {
      return Response.json(Array.isArray(asked) ? this.applyAll(asked) : this.apply(asked as Command));
    } catch (error) {
      if (error instanceof BackorderError && error.code === "INVALID_ARGUMENT") return refused(400, error.message);
      throw error;
    }
  }

  async alarm(): Promise<void> {
    this.#alarm = null;
    const due = this.read((engine, now) => (engine.nextWakeAt() ?? Infinity) <= now);
    if (due) await this.fellDue(this.apply({ type: "tick" }));
    await this.deliver();
  }

  async deliver(): Promise<void> {
    const outbox = await this.outbox();
    if (outbox !== undefined) {
      if (outbox.nextAttemptAt() !== null || this.keptEvents(1).length > 0) {
        // A crash must find an alarm: the one that called may have been replaced by then.
        this.#restsUntil = this.#attemptAt = Date.now() + UNFINISHED_ALARM_MS;
        this.#twice(() => this.#wake());
      }
      await outbox.deliver();
      this.#attemptAt = outbox.nextAttemptAt();
      this.#restsUntil = 0;
    }
    this.#twice(() => this.#wake());
  }

  protected fellDue(_outcome: Outcome): void | Promise<void> {}

  protected openOutbox?(engine: KeepingEngine, store: Store): Promise<Outbox>;

  protected readonly outbox = (): Promise<Outbox> | undefined => {
    if (this.openOutbox === undefined) return undefined;
    return (this.#outbox ??= this.openOutbox(
      { events: this.events, keptEvents: (max) => this.keptEvents(max), drainEvents: (max) => this.drainEvents(max) },
      rowStore(this.#storage, "backorder_outbox"),
    ).catch((error: unknown) => {
      this.#outbox = undefined;
      throw error;
    }));
  };

  protected readonly read = <Result>(use: (engine: Engine, now: Instant) => Result): Result =>
    this.#twice(() => {
      const { engine } = this.#kept;
      return use(engine, instant(engine));
    });

  protected readonly change = <Result>(act: Act<Result>): Result =>
    this.#changed((engine, log) => {
      const now = instant(engine);
      return act((command) => log.apply(command, now, { events: this.events }), engine, now);
    });

  #changed<Result>(act: (engine: Engine, log: Recorder) => Result): Result {
    const result = this.#twice(() => this.#kept.change(act));
    this.#twice(() => this.#wake());
    this.#kept.compactIfOutgrown(this.leastLogBytes);
    return result;
  }

  /** An engine that failed inside is made again, and asked once more: it may have failed for want of memory. */
  #twice<Result>(use: () => Result): Result {
    try {
      return use();
    } catch (error) {
      if (!isPoisoned(error)) throw error;
      this.#kept.drop();
      return use();
    }
  }

  /** Without an `await` between them, rows and alarm are stored together. */
  #wake(): void {
    const { engine } = this.#kept;
    const now = instant(engine);
    const due = engine.nextWakeAt() ?? Infinity;
    const tick = due > now ? Math.min(due, now + FURTHEST_ALARM_MS) : now + OVERDUE_ALARM_MS;
    const at = Math.min(due === Infinity ? Infinity : tick, this.#tellAt(engine, now));
    if (at === Infinity || (this.#alarm !== null && this.#alarm <= at)) return;
    this.#alarm = at;
    void this.#storage.setAlarm(at);
  }

  /** When the outbox has something to do: at once while the engine keeps events, which it then takes. */
  #tellAt(engine: Engine, now: Instant): number {
    if (this.openOutbox === undefined) return Infinity;
    return logOf(engine).keptEvents(1).length > 0 ? Math.max(now, this.#restsUntil) : (this.#attemptAt ?? Infinity);
  }
}

/** A clock that was set back must not hold up the shop. */
function instant(engine: Engine): Instant {
  return Math.max(Date.now(), engine.lastInstant());
}

function isPoisoned(error: unknown): boolean {
  return error instanceof BackorderError && error.code === "POISONED";
}

function refused(status: number, error: string, headers?: Record<string, string>): Response {
  return Response.json({ error }, headers === undefined ? { status } : { status, headers });
}
