/**
 * An engine and the rows that it can be made of again: a snapshot in chunks, and its log, record by record. Both are the
 * engine's own bytes (docs/FORMAT.md); a table holds them whole or not at all, so that nothing is ever torn.
 */

import type { Engine, EngineOptions } from "../../index.js";
import { logOf } from "../engine.js";
import { BackorderError } from "../errors.js";
import { createEngine, restoreEngine } from "../workerd.js";
import type { Storage } from "./host.js";
import { Rows } from "./rows.js";

/** The calls that change an engine, each of which leaves its record. */
export type Recorder = Pick<Engine, "apply" | "drainEvents">;

export class Kept {
  readonly #storage: Storage;
  readonly #snapshot: Rows;
  readonly #log: Rows;
  readonly #options: () => EngineOptions;
  #engine: Engine | undefined;
  #nextRow = 0;
  #logBytes = 0;
  #snapshotBytes = 0;
  /** How long the log may become before a snapshot is tried again that could not be stored. */
  #patienceBytes = 0;

  constructor(storage: Storage, options: () => EngineOptions) {
    this.#storage = storage;
    this.#options = options;
    this.#snapshot = new Rows(storage, "backorder_snapshot");
    this.#log = new Rows(storage, "backorder_log");
  }

  /** The engine as storage has it. */
  get engine(): Engine {
    return (this.#engine ??= this.#recovered());
  }

  /**
   * Stores a snapshot if the log has grown beyond the one that it follows, and beyond so many bytes. If that fails what is
   * stored is as good as before: what was done is safe, and is answered.
   */
  compactIfOutgrown(bytes: number): void {
    if (this.#logBytes <= Math.max(bytes, this.#snapshotBytes, this.#patienceBytes)) return;
    const patience = this.#logBytes + bytes;
    try {
      this.compact();
    } catch (error) {
      this.#patienceBytes = patience;
      console.error("backorder: no snapshot could be stored; the log goes on", error);
    }
  }

  /**
   * Lets `act` change the engine, and stores what it recorded in the same transaction. If either fails neither has
   * happened: the rows are rolled back, and the engine is made again from them when it is next asked for.
   */
  change<Result>(act: (engine: Engine, log: Recorder) => Result): Result {
    const engine = this.engine;
    return this.#whole(() => {
      let [next, bytes] = [this.#nextRow, 0];
      const stored = (record: Uint8Array): void => {
        next = this.#log.insert(record, next);
        bytes += record.length;
      };
      const log = logOf(engine);
      const result = act(engine, {
        apply(command, now, options) {
          const { outcome, record } = log.apply(command, now, options);
          stored(record);
          return outcome;
        },
        drainEvents(max) {
          const { events, record } = log.drainEvents(max);
          stored(record);
          return events;
        },
      });
      if (result instanceof Promise) throw new TypeError("a change can't be asynchronous: it is one transaction");
      return () => {
        this.#nextRow = next;
        this.#logBytes += bytes;
        return result;
      };
    });
  }

  /** Puts a snapshot in the place of the one before and of its log. */
  compact(): void {
    const engine = this.engine;
    this.#whole(() => this.#save(engine));
  }

  /** Forgets the engine, but not what is stored. */
  drop(): void {
    const lost = this.#engine;
    this.#engine = undefined;
    lost?.free();
  }

  /** `act` returns what is left to do once its rows are stored, which can't fail. */
  #whole<Result>(act: () => () => Result): Result {
    let finish;
    try {
      finish = this.#storage.transactionSync(act);
    } catch (error) {
      this.drop();
      throw error;
    }
    return finish();
  }

  #recovered(): Engine {
    const snapshot = this.#snapshot.read();
    if (snapshot.length === 0) {
      const engine = createEngine(this.#options());
      this.#whole(() => this.#save(engine));
      return engine;
    }
    const engine = restoreEngine(snapshot);
    try {
      const log = this.#log.read();
      const { wholeBytes } = logOf(engine).play(log);
      // A torn record is what a file may end in. Rows don't.
      if (wholeBytes !== log.length) {
        throw new BackorderError("CORRUPT_SNAPSHOT", `the stored log ends within a record, at byte ${wholeBytes}`);
      }
      this.#snapshotBytes = snapshot.length;
      this.#logBytes = log.length;
      this.#nextRow = this.#log.next();
    } catch (error) {
      engine.free();
      throw error;
    }
    return engine;
  }

  #save(engine: Engine): () => void {
    const snapshot = engine.snapshot();
    const head = logOf(engine).begin();
    this.#snapshot.clear();
    this.#log.clear();
    this.#snapshot.insert(snapshot, 0);
    const next = this.#log.insert(head, 0);
    return () => {
      this.#snapshotBytes = snapshot.length;
      this.#patienceBytes = 0;
      this.#logBytes = head.length;
      this.#nextRow = next;
    };
  }
}
