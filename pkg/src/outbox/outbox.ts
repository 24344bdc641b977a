import type { Event, Instant } from "../../index.js";
import type { DeadLetter, KeepingEngine, Outbox as Contract, OutboxOptions, OutboxStatus } from "../../outbox.js";
import type { Store } from "../../store.js";
import { cloudEvent } from "../formats/cloudevents.js";
import { StoreError } from "../store/error.js";
import { Dispatcher } from "./dispatcher.js";
import { Journal } from "./journal.js";
import { keyOf, seqOf } from "./key.js";
import { checked } from "./options.js";
import { type Note, State, againLane, laneOf } from "./state.js";

/** So many events are taken over from the engine at once. Of a part that was taken twice, the last is among as many again. */
const BATCH = 500;

/** After its store failed, an outbox that delivers by itself tries again. */
const RECOVERY_MS = 1_000;

/** The longest time that a host's timers know. */
const MOST_TIMER_MS = 2 ** 31 - 1;

export class Outbox implements Contract {
  readonly #engine: KeepingEngine;
  readonly #store: Store;
  readonly #options: OutboxOptions;
  readonly #now: () => Instant;
  readonly #dispatchers = new Map<string, Dispatcher>();
  #state: State | undefined;
  #journal: Journal<Note> | undefined;

  /** Whether this one may write its store: it was asked for, and granted. */
  #claim: "none" | "asked" | "granted" = "none";
  #opening: Promise<boolean> | undefined;
  #lastTaking: Promise<void> = Promise.resolve();
  #nextTaking: Promise<void> | undefined;
  /** Nothing more is sent until the next call. */
  #failure: { error: unknown } | undefined;
  #closed = false;
  #landed: (() => void)[] = [];

  #started: ((error: unknown) => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unsubscribe: (() => void) | undefined;

  private constructor(engine: KeepingEngine, store: Store, options: OutboxOptions) {
    this.#engine = engine;
    this.#store = store;
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  static async open(engine: KeepingEngine, store: Store, options: OutboxOptions): Promise<Outbox> {
    checked(engine, options);
    const outbox = new Outbox(engine, store, options);
    try {
      await outbox.#stands();
    } catch (error) {
      await store.close().catch(() => undefined);
      throw error;
    }
    return outbox;
  }

  async deliver(): Promise<void> {
    this.#mustBeOpen();
    await this.#begun();
    await this.#allLanded();
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  start(failed: (error: unknown) => void = waits): void {
    this.#mustBeOpen();
    if (this.#started !== undefined) return;
    this.#started = failed;
    // After a failure the timer goes on, or each command would fail at a store that has no room.
    this.#unsubscribe = this.#engine.subscribe?.(() => this.#failure === undefined && this.#go());
    this.#go();
  }

  nextAttemptAt(): Instant | null {
    const next = [...this.#dispatchers.values()].flatMap((dispatcher) => dispatcher.next() ?? []);
    return next.length === 0 ? null : Math.min(...next);
  }

  status(): OutboxStatus[] {
    return [...(this.#state?.boxes ?? [])].map(([destination, { lanes, dead, stopped }]) => ({
      destination,
      waiting: [...lanes.values()].reduce((sum, { length }) => sum + length, 0),
      dead: dead.size,
      ...(stopped !== undefined && { stopped }),
    }));
  }

  deadLetters(): DeadLetter[] {
    const { events } = this.#options;
    return [...(this.#state?.boxes ?? [])].flatMap(([destination, { dead }]) =>
      [...dead.values()].map(({ delivery: { event, attempts }, at, error }) => ({
        destination,
        key: keyOf(events.engine, event.seq),
        event: cloudEvent(event, events),
        attempts: attempts + 1,
        at,
        error,
      })),
    );
  }

  async redeliver(destination: string, key: string): Promise<void> {
    const letter = this.#deadLetter(destination, key);
    if (letter === undefined) return;
    await this.#note({ type: "revived", to: destination, seq: letter.seq });
    this.#dispatchers.get(destination)?.enter(againLane(letter));
    this.#fill();
  }

  async discard(destination: string, key: string): Promise<void> {
    const letter = this.#deadLetter(destination, key);
    if (letter !== undefined) await this.#note({ type: "discarded", to: destination, seq: letter.seq });
  }

  async resume(destination: string): Promise<void> {
    this.#mustBeOpen();
    if (this.#state?.boxes.get(destination)?.stopped === undefined) return;
    await this.#note({ type: "resumed", to: destination });
    this.#fill();
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#unsubscribe?.();
    clearTimeout(this.#timer);
    for (const dispatcher of this.#dispatchers.values()) dispatcher.abort();
    await this.#allLanded();
    await this.#opening?.catch(() => undefined);
    await this.#lastTaking.catch(() => undefined);
    await this.#journal?.settled();
    await this.#store.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  // ── Whether this one delivers ─────────────────────────────────────────────────────────────────────────────────────

  #mustBeOpen(): void {
    if (this.#closed) throw new StoreError("CLOSED", "this outbox was closed");
  }

  /** Whether this one may deliver, as its engine's writer is this page or process, and so is its store's. */
  async #stands(): Promise<boolean> {
    if (this.#engine.role === "reader") return false;
    if (this.#journal !== undefined) return true;
    this.#opening ??= this.#begin().finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  async #begin(): Promise<boolean> {
    if (this.#claim === "none") {
      const granted = await (this.#store.peers?.claim(() => this.#granted()) ?? true);
      this.#claim = granted ? "granted" : "asked";
    }
    if (this.#claim !== "granted") return false;
    const { journal, state } = await Journal.open<Note, State>(this.#store, State.restored);
    this.#journal = journal;
    this.#state = state;
    const { events, destinations, random = Math.random } = this.#options;
    const around = {
      events,
      random,
      now: this.#now,
      note: (note: Note) => this.#note(note),
      open: () => this.#maySend(),
      landed: (error?: unknown) => this.#land(error),
    };
    for (const [name, destination] of Object.entries(destinations)) {
      this.#dispatchers.set(name, new Dispatcher(name, destination, state.box(name), around));
    }
    return true;
  }

  /** Whoever had the store is gone. */
  #granted(): void {
    this.#claim = "granted";
    if (this.#started !== undefined) this.#go();
  }

  /** Takes what the engine has and begins what is due, and does not wait for what comes of it. */
  async #begun(): Promise<void> {
    this.#failure = undefined;
    if (!(await this.#stands())) return;
    await this.#take();
    this.#fill();
  }

  #maySend(): boolean {
    return !this.#closed && this.#failure === undefined && this.#engine.role !== "reader";
  }

  // ── From the engine ───────────────────────────────────────────────────────────────────────────────────────────────

  /** Fulfilled when all events that were safe by now are here. One after the other: the engine lets go of its oldest. */
  #take(): Promise<void> {
    if (this.#nextTaking !== undefined) return this.#nextTaking;
    const taking = this.#lastTaking
      .catch(() => undefined)
      .then(() => {
        this.#nextTaking = undefined;
        return this.#takeAll();
      });
    this.#nextTaking = taking;
    this.#lastTaking = taking;
    return taking;
  }

  async #takeAll(): Promise<void> {
    const state = this.#state as State;
    for (;;) {
      if (this.#closed) return;
      const kept = await this.#engine.keptEvents(BATCH);
      if (kept.length === 0) return;
      const events = state.fresh(kept);
      if (events.length > 0) await this.#came(events);
      // Only now: they are safe here.
      await this.#engine.drainEvents(kept.length);
      if (kept.length < BATCH) return;
    }
  }

  async #came(events: Event[]): Promise<void> {
    const destinations = Object.entries(this.#options.destinations);
    const wanting = (type: Event["type"]): string[] =>
      destinations.filter(([, { types }]) => types?.includes(type) ?? true).map(([name]) => name);
    const to = events.map(({ type }) => wanting(type));
    await this.#note({ type: "came", events, to });
    events.forEach((event, index) => {
      for (const name of to[index] ?? []) this.#dispatchers.get(name)?.enter(laneOf(event));
    });
    this.#fill();
  }

  // ── To the destinations ───────────────────────────────────────────────────────────────────────────────────────────

  #note(note: Note): Promise<void> {
    return (this.#journal as Journal<Note>).add(note);
  }

  #fill(): void {
    for (const dispatcher of this.#dispatchers.values()) dispatcher.fill();
    this.#arm();
  }

  #flying(): number {
    return [...this.#dispatchers.values()].reduce((sum, { flying }) => sum + flying, 0);
  }

  #allLanded(): Promise<void> {
    return this.#flying() === 0 ? Promise.resolve() : new Promise((resolve) => this.#landed.push(resolve));
  }

  #land(error: unknown): void {
    if (error !== undefined) this.#fail(error);
    this.#fill();
    if (this.#flying() > 0) return;
    const waiting = this.#landed;
    this.#landed = [];
    for (const resolve of waiting) resolve();
  }

  #deadLetter(destination: string, key: string): Event | undefined {
    this.#mustBeOpen();
    const seq = seqOf(this.#options.events.engine, key);
    return seq === undefined ? undefined : this.#state?.boxes.get(destination)?.dead.get(seq)?.delivery.event;
  }

  // ── By itself ─────────────────────────────────────────────────────────────────────────────────────────────────────

  #go(): void {
    if (!this.#closed) this.#begun().catch((error: unknown) => this.#fail(error));
  }

  #fail(error: unknown): void {
    const isKnown = this.#failure !== undefined;
    this.#failure = { error };
    if (this.#closed || this.#started === undefined) return;
    if (!isFinal(error)) this.#goIn(RECOVERY_MS);
    if (!isKnown) tell(this.#started, error);
  }

  #arm(): void {
    if (this.#started === undefined || !this.#maySend()) return;
    const next = this.nextAttemptAt();
    if (next !== null) this.#goIn(next - this.#now());
  }

  #goIn(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#go(), Math.min(Math.max(ms, 0), MOST_TIMER_MS));
  }
}

/** What no later attempt mends. */
function isFinal(error: unknown): boolean {
  return error instanceof StoreError && ["CORRUPT", "NEWER", "CLOSED"].includes(error.code);
}

/** Whoever listens may fail without the outbox doing so. */
function tell(listener: (error: unknown) => void, error: unknown): void {
  try {
    listener(error);
  } catch (thrown) {
    console.error("backorder: a listener of the outbox failed", thrown);
  }
}

function waits(error: unknown): void {
  console.error("backorder: the outbox could not go on, and tries again", error);
}
