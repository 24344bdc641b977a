import type {
  Command,
  Engine as Contract,
  Event,
  Id,
  Instant,
  NoticeView,
  OrderColumns,
  Outcome,
  Page,
  PlacedColumns,
  Position,
  Quote,
  QuotedColumns,
  Reorder,
} from "../index.js";
import { KEPT, commandObject, data, eventMode, id, instant, list, optionalData } from "./check.js";
import { orderColumns, placed, quoteColumns, quoted } from "./columns.js";
import { BackorderError, invalid, thrownByCore } from "./errors.js";
import { plainlyRight, positionOf, quoteOf } from "./figures.js";
import { NotData, plain } from "./plain.js";
import type { Stack } from "./stack.js";
import { withTransitions } from "./zones.js";
import type { RawEngine } from "./wasm/backorder.js";

/** For a store, of which no caller knows: an engine with its log, which hands out each record. */
export interface EngineLog {
  /** Begins a log that follows the engine as it is; its head. */
  begin(): Uint8Array;
  /** Plays a log of the engine as it is, or records behind those played and made before, and goes on with it. */
  play(log: Uint8Array): { wholeBytes: number; records: number };
  apply(command: Command, now: Instant, options?: Options): { outcome: Outcome; record: Uint8Array };
  drainEvents(max?: number): { events: Event[]; record: Uint8Array };
  /** The oldest of the kept events, which stay. */
  keptEvents(max: number): Event[];
}

export let logOf: (engine: Contract) => EngineLog;

type Read<Name extends keyof Contract> = ReturnType<Contract[Name]>;
type Options = Parameters<Contract["apply"]>[2];

/** The engine in WebAssembly, behind checks of what JavaScript would coerce, and a fuse. */
export class Engine implements Contract {
  #raw: RawEngine | undefined;
  #trap: unknown;
  readonly #stack: Stack;
  readonly #locations = new Map<number, Id>();

  static {
    logOf = (engine) => (engine as Engine).#log();
  }

  constructor(raw: RawEngine, stack: Stack) {
    this.#raw = raw;
    this.#stack = stack;
  }

  apply(command: Command, now: Instant, options?: Options): Outcome {
    this.#alive();
    const mode = eventMode(options);
    commandObject(command, "command");
    instant(now);
    return this.#apply(command, now, mode);
  }

  applyAll(commands: Command[], now: Instant, options?: Options): Outcome[] {
    this.#alive();
    const mode = eventMode(options);
    list(commands, "commands");
    // `Array.from` looks at holes too, which `map` would pass over.
    const all = Array.from(commands);
    all.forEach((command, index) => commandObject(command, `commands[${index}]`));
    instant(now);
    return all.map((command) => this.#apply(command, now, mode));
  }

  drainEvents(max?: number): Event[] {
    if (max !== undefined && typeof max !== "number") throw invalid("max", "max must be a number");
    return this.#call((raw) => raw.drainEvents(max));
  }

  applyJson(commands: string, now: Instant): string {
    if (typeof commands !== "string") throw invalid("commands", "commands must be JSON text");
    instant(now);
    return this.#call((raw) => raw.applyJson(commands, now));
  }

  placeAll(rows: OrderColumns, now: Instant): PlacedColumns {
    const { orders, skus, codes, quantities, priorities } = orderColumns(rows);
    instant(now);
    const numbers = this.#call((raw) =>
      raw.placeAll(orders.text, orders.lengths, skus.text, skus.lengths, codes, quantities, priorities, now),
    );
    return placed(numbers);
  }

  quoteAll(rows: Omit<OrderColumns, "order">, now: Instant): QuotedColumns {
    const { skus, codes, quantities, priorities } = quoteColumns(rows);
    instant(now);
    const numbers = this.#call((raw) =>
      raw.quoteAll(skus.text, skus.lengths, codes, quantities, priorities, now),
    );
    return quoted(numbers);
  }

  quote(request: Parameters<Contract["quote"]>[0], now: Instant): Quote {
    instant(now);
    const right = plainlyRight(request);
    if (right !== undefined) {
      const { sku, quantity, priority } = right;
      const figures = this.#call((raw) => raw.quoteFigures(sku, quantity, priority, now));
      const quote = quoteOf(right, figures, this.#locationName);
      if (quote !== undefined) return quote;
    }
    const asked = right ?? data(request);
    return this.#call((raw) => raw.quote(asked, now));
  }

  quoteOrder(order: Parameters<Contract["quoteOrder"]>[0], now: Instant): Read<"quoteOrder"> {
    instant(now);
    const asked = data(order);
    return this.#call((raw) => raw.quoteOrder(asked, now));
  }

  order(order: Id, now: Instant): Read<"order"> {
    id(order, "id");
    instant(now);
    return this.#call((raw) => raw.order(order, now));
  }

  items(page?: Page): Read<"items"> {
    const asked = optionalData(page);
    return this.#call((raw) => raw.items(asked));
  }

  orders(page?: Page & { state?: "open" | "closed" }): Id[] {
    const asked = optionalData(page);
    return this.#call((raw) => raw.orders(asked));
  }

  supplies(sku: Id, page?: Page): Read<"supplies"> {
    id(sku, "sku");
    const asked = optionalData(page);
    return this.#call((raw) => raw.supplies(sku, asked));
  }

  lastInstant(): Instant {
    return this.#call((raw) => raw.lastInstant());
  }

  hold(hold: Id, now: Instant): Read<"hold"> {
    id(hold, "id");
    instant(now);
    return this.#call((raw) => raw.hold(hold, now));
  }

  position(sku: Id, location?: Id): Position | undefined {
    id(sku, "sku");
    if (location !== undefined) id(location, "location");
    const figures = this.#call((raw) => raw.position(sku, location));
    return positionOf(sku, location, figures);
  }

  queue(sku: Id, page?: Page & { location?: Id }): Read<"queue"> {
    id(sku, "sku");
    const asked = optionalData(page);
    return this.#call((raw) => raw.queue(sku, asked));
  }

  notices(): NoticeView[] {
    return this.#call((raw) => raw.notices());
  }

  reorders(now: Instant): Reorder[] {
    instant(now);
    return this.#call((raw) => raw.reorders(now));
  }

  metrics(now: Instant): Read<"metrics"> {
    instant(now);
    return this.#call((raw) => raw.metrics(now));
  }

  explain(order: Id, line: Id, now: Instant): string[] {
    id(order, "order");
    id(line, "line");
    instant(now);
    return this.#call((raw) => raw.explain(order, line, now));
  }

  whatIf(commands: Command[], now: Instant): Read<"whatIf"> {
    list(commands, "commands");
    instant(now);
    const asked = Array.from(commands, (command, index) => data(command, `commands[${index}]`));
    return this.#call((raw) => raw.whatIf(asked, now));
  }

  nextWakeAt(): Instant | null {
    const at = this.#call((raw) => raw.nextWakeAt());
    return Number.isNaN(at) ? null : at;
  }

  snapshot(): Uint8Array {
    return this.#call((raw) => raw.snapshot());
  }

  digest(): string {
    return this.#call((raw) => raw.digest());
  }

  quoteSheet(sku: Id, now: Instant, location?: Id): Uint8Array {
    id(sku, "sku");
    instant(now);
    if (location !== undefined) id(location, "location");
    return this.#call((raw) => raw.quoteSheet(sku, now, location));
  }

  free(): void {
    this.#raw?.free();
    this.#raw = undefined;
  }

  // Hosts without `Symbol.dispose` get a member that nobody calls, and lose nothing but `using`.
  [Symbol.dispose](): void {
    this.free();
  }

  /** Asked for once: the core never gives a location's number to another. */
  readonly #locationName = (location: number): Id => {
    const known = this.#locations.get(location);
    if (known !== undefined) return known;
    const name = this.#call((raw) => raw.locationName(location));
    this.#locations.set(location, name);
    return name;
  };

  #apply(command: Command, now: Instant, mode: number): Outcome {
    const asked = plain(command);
    if (asked instanceof NotData) return refused(asked);
    return this.#call((raw) => raw.apply(asked, now, mode));
  }

  #log(): EngineLog {
    return {
      begin: () => this.#call((raw) => raw.beginLog()),
      play: (log) => {
        const [wholeBytes, records] = this.#call((raw) => raw.playLog(log)) as unknown as [number, number];
        return { wholeBytes, records };
      },
      apply: (command, now, options) => {
        const mode = eventMode(options);
        commandObject(command, "command");
        instant(now);
        const asked = plain(command);
        if (asked instanceof NotData) return { outcome: refused(asked), record: new Uint8Array(0) };
        const resolved = withTransitions(asked, now);
        const outcome: Outcome = this.#call((raw) => raw.apply(resolved, now, mode));
        const text = outcome.status === "applied" ? json(resolved) : undefined;
        return { outcome, record: this.#call((raw) => raw.writeLog(now, text, 0, mode === KEPT)) };
      },
      drainEvents: (max) => {
        const events = this.drainEvents(max);
        return { events, record: this.#call((raw) => raw.writeLog(raw.lastInstant(), undefined, events.length, false)) };
      },
      keptEvents: (max) => {
        if (typeof max !== "number") throw invalid("max", "max must be a number");
        return this.#call((raw) => raw.keptEvents(max));
      },
    };
  }

  #call<Result>(use: (raw: RawEngine) => Result): Result {
    const raw = this.#alive();
    try {
      return use(raw);
    } catch (error) {
      throw this.#failure(error);
    }
  }

  #alive(): RawEngine {
    if (this.#raw !== undefined) return this.#raw;
    throw this.#trap === undefined
      ? new BackorderError("FREED", "this engine was freed")
      : poisoned(this.#trap);
  }

  /**
   * What the core throws on purpose leaves the engine as it was. After anything else, a trap in WebAssembly, its memory
   * can't be trusted: it is never called again, not even to be freed.
   */
  #failure(error: unknown): BackorderError {
    const expected = thrownByCore(error);
    if (expected !== undefined) return expected;
    this.#trap = error;
    this.#raw = undefined;
    this.#stack.clear();
    return poisoned(error);
  }
}

function refused({ message, path }: NotData): Outcome {
  return { status: "rejected", reason: "invalidCommand", ...(path !== "" && { path }), message, events: [] };
}

/** As the core reads it: half a surrogate pair, which crosses as U+FFFD, is no text that could be read back. */
function json(value: unknown): string {
  return JSON.stringify(value).replace(/\\(ud[89a-f][0-9a-f]{2}|.)/g, (escape, what: string) =>
    what.length > 1 ? "\ufffd" : escape,
  );
}

function poisoned(cause: unknown): BackorderError {
  const message =
    "this engine failed inside and can't be trusted: make another with restoreEngine, from its last snapshot, " +
    "and apply again the commands that came after it; engines beside it are not affected";
  return new BackorderError("POISONED", message, undefined, { cause });
}
