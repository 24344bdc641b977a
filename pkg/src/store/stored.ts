import type { Command, Engine, Event, Instant, Outcome } from "../../index.js";
import type { Store, StoredChange, StoredEngine, StoredOptions } from "../../store.js";
import { type EngineLog, logOf } from "../engine.js";
import { BackorderError, invalid } from "../errors.js";
import { commandObject, eventMode, list } from "../check.js";
import { READS } from "../reads.js";
import { StoreError, asStoreError } from "./error.js";
import { joined } from "./memory.js";

/** What an entry knows of its host. */
export interface Host {
  init(): Promise<void>;
  createEngine(options?: StoredOptions["engine"]): Engine;
  restoreEngine(snapshot: Uint8Array): Engine;
}

type Options = Parameters<Engine["apply"]>[2];
type Role = StoredEngine["role"];

const HEAD_BYTES = 32;

/** To those who follow: records that came to stand in a log at a byte, or a new log. A log is known by its head. */
interface Told {
  log: string;
  at: number;
  records?: Uint8Array;
  next?: string;
}

class Stored {
  // What only reads answers at once, from the engine as it stands.
  static {
    for (const name of READS) {
      const read = function (this: Stored, ...given: unknown[]): unknown {
        try {
          return Reflect.apply(this.#engine[name], this.#engine, given);
        } catch (error) {
          // A call on which the engine fails takes no other with it.
          if (isPoisoned(error) && !this.#stale) this.#reload().catch(() => undefined);
          throw error;
        }
      };
      Object.defineProperty(this.prototype, name, { value: read, configurable: true, writable: true });
    }
  }

  readonly #host: Host;
  readonly #store: Store;
  readonly #options: StoredOptions;
  readonly #listeners = new Set<(change: StoredChange) => void>();
  readonly recovered = { records: 0, tornBytes: 0 };
  readonly events: StoredEngine["events"];
  role: Role = "reader";

  #engine!: Engine;
  #log!: EngineLog;
  /** The log that is written or followed, how long it is, and how many records it has. */
  #head = "";
  #bytes = 0;
  #records = 0;

  /** Records that are not on their way yet, and the write that will take them. */
  #waiting: Uint8Array[] = [];
  #next: Promise<void> | undefined;
  /** Whatever is done with the store is done one after the other. */
  #last: Promise<unknown> = Promise.resolve();
  /** While this is so, commands wait: the engine is made anew, or its log is. */
  #paused: Promise<void> | undefined;
  /** The engine is not what is kept, and was not made anew yet. Nothing is written then: it would not fit the log. */
  #stale = false;
  /** The last time that what was not safe was lost. */
  #loss: { told: Error } | undefined;
  #closed = false;
  #arrived: (() => void) | undefined;

  constructor(host: Host, store: Store, options: StoredOptions) {
    this.#host = host;
    this.#store = store;
    this.#options = options;
    this.events = options.events ?? "return";
  }

  async open(): Promise<void> {
    const { peers } = this.#store;
    await this.#host.init();
    peers?.hear((message) => this.#hear(message as Told));
    const first = peers === undefined || (await peers.claim(() => this.#succeed()));
    if (first) this.role = "writer";
    while (!(await this.#load())) {
      // Whoever writes has yet to begin.
      if (this.role === "reader") await new Promise<void>((resolve) => (this.#arrived = resolve));
      else await this.#begin();
    }
    if (this.role === "writer" && !first) await this.#reload();
  }

  async apply(command: Command, now: Instant, options?: Options): Promise<Outcome> {
    const outcomes = await this.#apply([command], now, options);
    return outcomes[0] as Outcome;
  }

  async applyAll(commands: Command[], now: Instant, options?: Options): Promise<Outcome[]> {
    list(commands, "commands");
    const all = Array.from(commands);
    all.forEach((command, index) => commandObject(command, `commands[${index}]`));
    return this.#apply(all, now, options);
  }

  async drainEvents(max?: number): Promise<Event[]> {
    return this.#safely(() => {
      const { events, record } = this.#log.drainEvents(max);
      this.#keep(record);
      return events;
    });
  }

  async keptEvents(max: number): Promise<Event[]> {
    return this.#safely(() => this.#log.keptEvents(max));
  }

  async checkpoint(): Promise<void> {
    while (this.#mustWait()) await this.#wait();
    this.#mayChange();
    await this.#pause(() => this.#snapshot());
  }

  subscribe(listener: (change: StoredChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#paused?.catch(() => undefined);
    await this.#next?.catch(() => undefined);
    await this.#last.catch(() => undefined);
    this.#engine.free();
    await this.#store.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  // ── The one that writes ───────────────────────────────────────────────────────────────────────────────────────────

  async #apply(commands: Command[], now: Instant, options: Options = { events: this.events }): Promise<Outcome[]> {
    const outcomes = await this.#safely(() =>
      commands.map((command) => {
        const { outcome, record } = this.#log.apply(command, now, options);
        this.#keep(record);
        return outcome;
      }),
    );
    this.#tellListeners(outcomes.flatMap(({ events }) => events));
    this.#checkpointIfDue();
    return outcomes;
  }

  /** Changes the engine, and answers when the records of it are safe. */
  async #safely<Result>(change: () => Result): Promise<Result> {
    // Nothing is awaited between the end of a pause and the change.
    while (this.#mustWait()) await this.#wait();
    this.#mayChange();
    const loss = this.#loss;
    let result: Result;
    try {
      result = change();
    } catch (error) {
      // A command on which the engine fails is in no log, so the engine that is made anew has not seen it.
      if (isPoisoned(error)) await this.#reload();
      throw error;
    }
    await this.#written();
    if (this.#loss !== undefined && this.#loss !== loss) throw this.#loss.told;
    return result;
  }

  #mustWait(): boolean {
    return this.#paused !== undefined || (this.#stale && !this.#closed);
  }

  /** Where it could not be made anew, it is tried again, and what is wrong is the answer. */
  async #wait(): Promise<void> {
    if (this.#paused === undefined) await this.#reload();
    else await this.#paused.catch(() => undefined);
  }

  #mayChange(): void {
    if (this.#closed) throw new StoreError("CLOSED", "this engine was closed");
    if (this.role === "reader") throw new StoreError("NOT_WRITER", "another page writes this store: this one follows it");
  }

  /** What comes of it is no command's: where there is no room for a snapshot, the log goes on. */
  #checkpointIfDue(): void {
    const every = this.#options.checkpointEvery ?? 1_000;
    if (every === 0 || this.#records < every || this.#paused !== undefined || this.#closed) return;
    this.#records = 0;
    this.#pause(() => this.#snapshot()).catch(() => undefined);
  }

  #keep(record: Uint8Array): void {
    if (record.length === 0) return;
    this.#waiting.push(record);
    this.#records += 1;
  }

  /** Fulfilled when all records made by now are safe. Those made while others are written go together. */
  #written(): Promise<void> {
    if (this.#waiting.length === 0) return this.#next ?? this.#last.then(() => undefined);
    return (this.#next ??= this.#one(async () => {
      this.#next = undefined;
      const records = joined(this.#waiting);
      this.#waiting = [];
      if (records.length === 0) return;
      try {
        await this.#store.append(records);
      } catch (error) {
        await this.#lost(error);
      }
      this.#tell({ records });
      this.#bytes += records.length;
    }));
  }

  #one<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** The engine is ahead of its store, or can't be trusted: it is made again from what is safe. */
  async #lost(cause: unknown): Promise<never> {
    const told = asStoreError(cause);
    this.#loss = { told };
    this.#stale = true;
    this.#waiting = [];
    if (told.code === "NOT_WRITER") this.role = "reader";
    // Within a turn of its own at the store already.
    await this.#pause(() => this.#load().then(() => undefined));
    this.#tellListeners([]);
    throw told;
  }

  async #pause(work: () => Promise<void>): Promise<void> {
    const paused = work().finally(() => {
      if (this.#paused === paused) this.#paused = undefined;
    });
    this.#paused = paused;
    await paused;
  }

  async #snapshot(): Promise<void> {
    await this.#written();
    const [log, at] = [this.#head, this.#bytes];
    const [snapshot, head] = [this.#engine.snapshot(), this.#log.begin()];
    try {
      await this.#one(() => this.#store.save(snapshot, head));
    } catch (error) {
      // The log that was goes on.
      this.#stale = true;
      await this.#one(() => this.#load());
      throw asStoreError(error);
    }
    this.#stand(head, 0);
    if (log !== "") this.#store.peers?.tell({ log, at, next: this.#head } satisfies Told);
  }

  async #begin(): Promise<void> {
    const { engine, snapshot } = this.#options;
    this.#engine = snapshot === undefined ? this.#host.createEngine(engine) : this.#host.restoreEngine(snapshot);
    this.#log = logOf(this.#engine);
    await this.#snapshot();
    this.#store.peers?.tell({ log: this.#head, at: 0 } satisfies Told);
  }

  /** The one that wrote is gone. */
  async #succeed(): Promise<void> {
    if (this.#closed) return;
    this.role = "writer";
    this.#arrived?.();
    if (this.#head === "") return;
    await this.#reload().catch(() => undefined);
  }

  /** All that is kept is read anew, once what is on its way is kept. */
  async #reload(): Promise<void> {
    this.#stale = true;
    await this.#pause(async () => {
      await this.#written();
      await this.#one(() => this.#load());
    });
    this.#tellListeners([]);
  }

  // ── Those that follow ─────────────────────────────────────────────────────────────────────────────────────────────

  #hear(told: Told): void {
    this.#arrived?.();
    if (this.role === "writer" || this.#closed || this.#head === "") return;
    if (this.#paused !== undefined) {
      const again = (): void => this.#hear(told);
      this.#paused.then(again, again);
      return;
    }
    try {
      if (this.#follow(told)) this.#tellListeners([]);
    } catch {
      // Something was missed, as while this page slept: all of it is in the store.
      this.#reload().catch(() => undefined);
    }
  }

  /** Whether it brought anything new. */
  #follow({ log, at, records, next }: Told): boolean {
    if (this.#head === next) return false;
    if (this.#head !== log || at > this.#bytes) throw new Error("something was missed");
    if (next !== undefined) {
      if (at < this.#bytes) return false;
      this.#stand(this.#log.begin(), 0);
      if (this.#head !== next) throw new Error("another state");
      return false;
    }
    if (records === undefined || at < this.#bytes) return false;
    const played = this.#log.play(records);
    this.#bytes += played.wholeBytes;
    return true;
  }

  // ── Both ──────────────────────────────────────────────────────────────────────────────────────────────────────────

  /** Goes on from what is kept; `false`: nothing is. */
  async #load(): Promise<boolean> {
    const kept = await this.#store.load().catch((error: unknown) => {
      throw asStoreError(error);
    });
    if (kept === undefined) return false;
    let engine: Engine | undefined;
    try {
      engine = this.#host.restoreEngine(kept.snapshot);
      const log = logOf(engine);
      const { wholeBytes, records } = log.play(kept.log);
      const tornBytes = kept.log.length - wholeBytes;
      if (tornBytes > 0 && this.role === "writer") await this.#store.truncate(wholeBytes);
      if (this.#head === "") Object.assign(this.recovered, { records, tornBytes });
      this.#engine?.free();
      this.#engine = engine;
      this.#log = log;
      this.#stand(kept.log, records);
      this.#bytes = wholeBytes;
      this.#stale = false;
      return true;
    } catch (error) {
      engine?.free();
      if (!(error instanceof BackorderError)) throw asStoreError(error);
      const code = error.code === "UNSUPPORTED_SNAPSHOT" ? "NEWER" : "CORRUPT";
      throw new StoreError(code, `what is kept can't be read: ${error.message}`, { cause: error });
    }
  }

  #stand(log: Uint8Array, records: number): void {
    this.#head = log.subarray(0, HEAD_BYTES).join();
    this.#bytes = HEAD_BYTES;
    this.#records = records;
  }

  #tell({ records }: { records: Uint8Array }): void {
    this.#store.peers?.tell({ log: this.#head, at: this.#bytes, records } satisfies Told);
  }

  #tellListeners(events: Event[]): void {
    for (const listener of this.#listeners) {
      try {
        listener({ events, role: this.role });
      } catch (error) {
        // Told where it is nobody's answer: what is safe is safe.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}

function isPoisoned(error: unknown): boolean {
  return error instanceof BackorderError && error.code === "POISONED";
}

/** The `openStored` of a host's entry. */
export function opener(host: Host) {
  return async (store: Store, options: StoredOptions = {}): Promise<StoredEngine> => {
    const { engine, snapshot, checkpointEvery: every = 0, events } = options;
    if (engine !== undefined && snapshot !== undefined) {
      throw invalid("options.snapshot", "options.snapshot is an engine already: options.engine can't be given beside it");
    }
    if (!Number.isSafeInteger(every) || every < 0) {
      throw invalid("options.checkpointEvery", "options.checkpointEvery must be a whole number, 0 or more");
    }
    eventMode(events === undefined ? undefined : { events });
    const stored = new Stored(host, store, options);
    try {
      await stored.open();
    } catch (error) {
      await store.close().catch(() => undefined);
      throw error;
    }
    return stored as unknown as StoredEngine;
  };
}
