/** What survives a reload, in IndexedDB: a snapshot of the engine, and every command since. */

import type { Calendar, Command, Instant } from "./backorder/browser.js";
import type { RecordEntry } from "./backorder/record.js";
import type { Entry } from "./entry.js";
import type { Mail } from "./post.js";

export interface Switches {
  readonly ordersCome: boolean;
  readonly suppliesArrive: boolean;
  readonly readyShips: boolean;
}

export interface Clock {
  readonly now: Instant;
  readonly switches: Switches;
}

export interface Checkpoint {
  /** Of the data it began with. */
  readonly version: string;
  readonly snapshot: Uint8Array;
  readonly entries: readonly Entry[];
  /** By which the place sends; none: at any time of any day. */
  readonly days?: Calendar | undefined;
  /** These are not in what earlier versions of this page saved. */
  readonly mails?: readonly Mail[];
  readonly record?: readonly RecordEntry[];
}

export interface Logged {
  readonly at: Instant;
  readonly command: Command;
}

export interface Saved {
  readonly checkpoint: Checkpoint;
  readonly clock: Clock;
  readonly log: readonly Logged[];
}

const NAME = "backorder-shop";
const STATE = "state";
const LOG = "log";

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function done(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

export class Store {
  private constructor(private readonly database: IDBDatabase) {}

  static async open(): Promise<Store> {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STATE);
      request.result.createObjectStore(LOG, { autoIncrement: true });
    };
    return new Store(await answer(request));
  }

  async load(): Promise<Saved | undefined> {
    const transaction = this.database.transaction([STATE, LOG]);
    const state = transaction.objectStore(STATE);
    const [checkpoint, clock, log] = await Promise.all([
      answer<Checkpoint | undefined>(state.get("checkpoint")),
      answer<Clock | undefined>(state.get("clock")),
      answer<Logged[]>(transaction.objectStore(LOG).getAll()),
    ]);
    return checkpoint === undefined || clock === undefined ? undefined : { checkpoint, clock, log };
  }

  /** Commands in the order in which they were applied; transactions on one store keep that order. */
  append(commands: readonly Logged[], clock: Clock): Promise<void> {
    const transaction = this.database.transaction([STATE, LOG], "readwrite");
    for (const command of commands) transaction.objectStore(LOG).add(command);
    transaction.objectStore(STATE).put(clock, "clock");
    return done(transaction);
  }

  /** The snapshot takes the place of the log, both or neither. */
  checkpoint(checkpoint: Checkpoint, clock: Clock): Promise<void> {
    const transaction = this.database.transaction([STATE, LOG], "readwrite");
    transaction.objectStore(STATE).put(checkpoint, "checkpoint");
    transaction.objectStore(STATE).put(clock, "clock");
    transaction.objectStore(LOG).clear();
    return done(transaction);
  }

  clear(): Promise<void> {
    const transaction = this.database.transaction([STATE, LOG], "readwrite");
    transaction.objectStore(STATE).clear();
    transaction.objectStore(LOG).clear();
    return done(transaction);
  }
}

const PATIENCE_MS = 1500;

/** One page writes. `false`: another tab has the shop open, and this one must not save over it. */
export function becomeWriter(): Promise<boolean> {
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const held = navigator.locks.request(NAME, { signal }, () => {
      resolve(true);
      return new Promise<never>(() => {}); // until the page goes
    });
    held.catch(() => resolve(false));
  });
}
