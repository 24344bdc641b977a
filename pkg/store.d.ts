/**
 * `backorder/store`: an engine whose commands survive: a snapshot, and a log of what came after it, in IndexedDB, in files,
 * or in what you write. The bytes are those of docs/FORMAT.md, and the Rust crate reads them.
 *
 * One writes, whoever else has the same store open follows: other tabs of a browser see each command once it is safe,
 * and one of them goes on when the writer is gone.
 *
 * @module backorder/store
 */

import type { Command, Engine, EngineOptions, Event, Instant, Outcome } from "./index.js";

// ── What keeps bytes ────────────────────────────────────────────────────────────────────────────────────────────────

/** A snapshot and the log that follows it. */
export interface Kept {
  snapshot: Uint8Array;
  log: Uint8Array;
}

/**
 * Where bytes are kept. To write one, keep to this: a promise that is fulfilled means that the bytes are safe. What fails
 * throws a `StoreError`; anything else that is thrown is told as one with the code "FAILED".
 */
export interface Store {
  /** What is kept; `undefined`: nothing yet. */
  load(): Promise<Kept | undefined>;
  /** Puts records behind the log. Of the last ones a crash may leave a part, never of what was safe. */
  append(records: Uint8Array): Promise<void>;
  /** Puts a snapshot and the head of its log in the place of all that is kept: both, or neither. */
  save(snapshot: Uint8Array, head: Uint8Array): Promise<void>;
  /** Cuts the log to so many bytes, where a crash left a part of a record behind them. */
  truncate(bytes: number): Promise<void>;
  /** Gives up being the writer, and the store with it. */
  close(): Promise<void>;
  /** Where several may have the same store open. */
  peers?: Peers;
}

/** Others that have the same store open, and which of them writes. */
export interface Peers {
  /**
   * Asks to be the one that writes. `false`: another is, and `granted` is called once when it no longer is. Who writes
   * without having been granted it gets a `StoreError` "NOT_WRITER".
   */
  claim(granted: () => void): Promise<boolean>;
  /** Tells all others. */
  tell(message: object): void;
  /** From here on, what others tell. */
  hear(listener: (message: object) => void): void;
}

/** What went wrong with a store. What was not answered by then is not kept; the engine stands where its store does. */
export class StoreError extends Error {
  constructor(code: StoreError["code"], message: string, options?: { cause?: unknown });
  /**
   * "QUOTA": no room left. "NOT_WRITER": another page or process writes. "UNAVAILABLE": there is no such store here, as in
   * some private windows. "NEWER": a later release wrote it. "CORRUPT": what is kept can't be read, with the
   * `BackorderError` as its cause. "CLOSED": it was closed. "FAILED": anything else, with its cause.
   */
  readonly code: "QUOTA" | "NOT_WRITER" | "UNAVAILABLE" | "NEWER" | "CORRUPT" | "CLOSED" | "FAILED";
}

/**
 * IndexedDB, in a database of this name. Tabs agree by Web Locks and a BroadcastChannel; where there are none (pages that
 * are not served securely) the tab opened last writes, and the one before is told "NOT_WRITER" when it tries to.
 */
export function indexedDbStore(name: string): Store;

/**
 * Files in a directory, for Node, Deno and Bun: "snapshot-N.bkor" and "log-N.bkol". Each append is written through to the
 * disk. One process at a time: a second is told "NOT_WRITER". In a browser: "UNAVAILABLE".
 */
export function fileStore(directory: string | URL): Store;

/** Nothing outlives the page: for tests, and for private windows in which nothing else can be had. */
export function memoryStore(): Store;

// ── An engine with its store ────────────────────────────────────────────────────────────────────────────────────────

/** What to begin with where nothing is kept, and when a snapshot is taken. */
export interface StoredOptions {
  /** Of the engine that is made where nothing is kept. */
  engine?: EngineOptions;
  /** A snapshot to begin with where nothing is kept. */
  snapshot?: Uint8Array;
  /** A snapshot takes the place of the log after so many records. Default 1,000; 0: only by `checkpoint`. */
  checkpointEvery?: number;
  /**
   * What becomes of a command's events where it does not say: in the outcome (default), kept for `drainEvents` and for an
   * outbox (`backorder/outbox`), or not made. Kept ones are safe when their command is.
   */
  events?: "return" | "keep" | "drop";
}

type Changing = "apply" | "applyAll" | "applyJson" | "placeAll" | "drainEvents" | "free" | typeof Symbol.dispose;

/** What happened to a stored engine. `events`: of commands given here, as far as their outcomes had them. */
export interface StoredChange {
  events: Event[];
  role: "writer" | "reader";
}

/**
 * The reads of an engine, at once, and its commands, answered when they are safe. Reads see a command before it is safe; if
 * it can't be made so, its promise is rejected and the engine made again from what is kept. No bulk doors: a log holds commands.
 */
export interface StoredEngine extends Omit<Engine, Changing> {
  /** Answered when its record is safe. */
  apply(command: Command, now: Instant, options?: { events?: "return" | "keep" | "drop" }): Promise<Outcome>;
  /** Safe together: one write for all. */
  applyAll(commands: Command[], now: Instant, options?: { events?: "return" | "keep" | "drop" }): Promise<Outcome[]>;
  /** Kept events, once their removal is safe. */
  drainEvents(max?: number): Promise<Event[]>;
  /** The oldest of the kept events, which stay, once all of them are safe. Only the writer's. */
  keptEvents(max: number): Promise<Event[]>;
  /** Puts a snapshot in the place of the log. */
  checkpoint(): Promise<void>;
  /** A "reader" follows another page's engine, and its commands throw a `StoreError` "NOT_WRITER". */
  readonly role: "writer" | "reader";
  /** As it was opened with. */
  readonly events: "return" | "keep" | "drop";
  /** What was found when it was opened: records played, and the bytes of a torn one that were dropped. */
  readonly recovered: { records: number; tornBytes: number };
  /** Calls `listener` after each change, also those of other pages and of `role`; the function returned ends it. */
  subscribe(listener: (change: StoredChange) => void): () => void;
  /** Waits for what is on its way, then gives memory and store back. */
  close(): Promise<void>;
  /** The same as `close`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** Loads the WebAssembly if need be, and goes on from what the store keeps, or begins. The store is this engine's then. */
export function openStored(store: Store, options?: StoredOptions): Promise<StoredEngine>;

// What is not exported above stays in here.
export {};
