import type { Kept, Peers, Store } from "../../store.js";
import { StoreError, asStoreError } from "./error.js";
import { joined } from "./memory.js";

/** Of the database's own shape; the bytes in it have versions of theirs. */
const VERSION = 1;
/** `STATE` holds the snapshot, the head of its log, and who writes; `LOG` the records behind the head, by number. */
const STATE = "state";
const LOG = "log";
/** Each transaction that was told of is on the disk: a browser's default is to leave that to the system. */
const SAFE: IDBTransactionOptions = { durability: "strict" };

interface Snapshot {
  readonly snapshot: Uint8Array;
  readonly head: Uint8Array;
}

export function indexedDbStore(name: string): Store {
  return new IndexedDbStore(name);
}

class IndexedDbStore implements Store {
  readonly #name: string;
  #database: Promise<IDBDatabase> | undefined;
  #closed = false;
  /** How often somebody became the writer, when it was this one's turn. */
  #turn: number | undefined;
  readonly #gone = new AbortController();
  #release: (() => void) | undefined;
  #channel: BroadcastChannel | undefined;

  constructor(name: string) {
    this.#name = name;
  }

  async load(): Promise<Kept | undefined> {
    return this.#transaction("readonly", async (state, log) => {
      const [found, records] = await Promise.all([
        answer<Snapshot | undefined>(state.get("snapshot")),
        answer<Uint8Array[]>(log.getAll()),
      ]);
      return found && { snapshot: found.snapshot, log: joined([found.head, ...records]) };
    });
  }

  append(records: Uint8Array): Promise<void> {
    return this.#write((_, log) => void log.add(records));
  }

  save(snapshot: Uint8Array, head: Uint8Array): Promise<void> {
    return this.#write((state, log) => {
      state.put({ snapshot, head } satisfies Snapshot, "snapshot");
      log.clear();
    });
  }

  truncate(bytes: number): Promise<void> {
    return this.#write(async (state, log) => {
      const found = await answer<Snapshot | undefined>(state.get("snapshot"));
      let left = bytes - (found?.head.length ?? 0);
      const [keys, records] = await Promise.all([answer(log.getAllKeys()), answer<Uint8Array[]>(log.getAll())]);
      records.forEach((record, index) => {
        const key = keys[index] as IDBValidKey;
        if (left <= 0) log.delete(key);
        else if (record.length > left) log.put(record.slice(0, left), key);
        left -= record.length;
      });
    });
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#gone.abort();
    this.#channel?.close();
    (await this.#database?.catch(() => undefined))?.close();
    this.#release?.();
  }

  readonly peers: Peers = {
    claim: (granted) => this.#claim(granted),
    tell: (message) => this.#meeting()?.postMessage(message),
    hear: (listener) => {
      const channel = this.#meeting();
      if (channel !== undefined) channel.onmessage = ({ data }) => listener(data as object);
    },
  };

  #meeting(): BroadcastChannel | undefined {
    if (typeof BroadcastChannel === "undefined" || this.#closed) return undefined;
    return (this.#channel ??= new BroadcastChannel(`backorder ${this.#name}`));
  }

  async #claim(granted: () => void): Promise<boolean> {
    await this.#open();
    const locks = globalThis.navigator?.locks;
    if (locks === undefined || (await this.#lock(locks, { ifAvailable: true }))) {
      await this.#takeTurn();
      return true;
    }
    const later = this.#lock(locks, { signal: this.#gone.signal }).then(() => this.#takeTurn());
    later.then(granted, () => undefined);
    return false;
  }

  /** Fulfilled when the lock is held, which it stays until the page or this store is gone; `false`: not to be had now. */
  #lock(locks: LockManager, options: LockOptions): Promise<boolean> {
    return new Promise((resolve, reject) => {
      const held = locks.request(`backorder ${this.#name}`, options, (lock) => {
        resolve(lock !== null);
        return lock === null || this.#closed ? undefined : new Promise<void>((release) => (this.#release = release));
      });
      held.catch(reject);
    });
  }

  #takeTurn(): Promise<void> {
    return this.#transaction("readwrite", async (state) => {
      const turn = ((await answer<number | undefined>(state.get("turn"))) ?? 0) + 1;
      state.put(turn, "turn");
      this.#turn = turn;
    });
  }

  /** A page whose turn is over must not write into what another goes on with. */
  #write(work: (state: IDBObjectStore, log: IDBObjectStore) => void | Promise<void>): Promise<void> {
    return this.#transaction("readwrite", async (state, log) => {
      const turn = await answer<number | undefined>(state.get("turn"));
      if (turn === undefined || turn !== this.#turn) throw new StoreError("NOT_WRITER", "another page writes this store");
      await work(state, log);
    });
  }

  /** Whole or not at all; fulfilled when it is safe. */
  async #transaction<Result>(
    mode: IDBTransactionMode,
    work: (state: IDBObjectStore, log: IDBObjectStore) => Promise<Result>,
  ): Promise<Result> {
    const database = await this.#open();
    try {
      const transaction = database.transaction([STATE, LOG], mode, SAFE);
      const done = new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
      });
      const worked = work(transaction.objectStore(STATE), transaction.objectStore(LOG)).catch((error: unknown) => {
        // What it threw says more than that the transaction was aborted; a request that failed has aborted it already.
        done.catch(() => undefined);
        try {
          transaction.abort();
        } catch {
          // It is over.
        }
        throw error;
      });
      const [result] = await Promise.all([worked, done]);
      return result;
    } catch (error) {
      throw asStoreError(error);
    }
  }

  #open(): Promise<IDBDatabase> {
    if (this.#closed) return Promise.reject(new StoreError("CLOSED", "this store was closed"));
    return (this.#database ??= opened(this.#name).catch((error: unknown) => {
      this.#database = undefined;
      throw error;
    }));
  }
}

async function opened(name: string): Promise<IDBDatabase> {
  let request: IDBOpenDBRequest;
  try {
    request = indexedDB.open(name, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STATE);
      request.result.createObjectStore(LOG, { autoIncrement: true });
    };
    const database = await answer(request);
    // A page of a later release that wants to change the shape need not wait for this one to go.
    database.onversionchange = () => database.close();
    return database;
  } catch (error) {
    const told = asStoreError(error);
    throw told.code === "FAILED" ? new StoreError("UNAVAILABLE", "this page has no IndexedDB", { cause: error }) : told;
  }
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
