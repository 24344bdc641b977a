import type { SqlValue, Storage } from "./host.js";

/** A row may have 2 MB; half of it leaves room for whatever else a host counts. */
const CHUNK_BYTES = 1_000_000;

/** Bytes in a table of a Durable Object's SQLite: `part INTEGER PRIMARY KEY`, `bytes BLOB`. All of them, by `part`, are what is kept. */
export class Rows {
  readonly #storage: Storage;
  readonly #table: string;

  constructor(storage: Storage, table: string) {
    this.#storage = storage;
    this.#table = table;
    storage.sql.exec(`CREATE TABLE IF NOT EXISTS ${table} (part INTEGER PRIMARY KEY, bytes BLOB NOT NULL)`);
  }

  /** Appends bytes as rows from `part` on, and returns the number of the row after them. */
  insert(bytes: Uint8Array, part: number): number {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      const chunk = bytes.slice(at, at + CHUNK_BYTES).buffer as ArrayBuffer;
      this.#storage.sql.exec(`INSERT INTO ${this.#table} VALUES (?, ?)`, part, chunk);
      part += 1;
    }
    return part;
  }

  /** All chunks, one after the other. */
  read(): Uint8Array {
    const chunks = this.#rows(`SELECT bytes FROM ${this.#table} ORDER BY part`).map(([bytes]) => new Uint8Array(bytes as ArrayBuffer));
    const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const chunk of chunks) {
      whole.set(chunk, at);
      at += chunk.length;
    }
    return whole;
  }

  /** The number of the row after the last. */
  next(): number {
    return this.#rows(`SELECT coalesce(max(part), -1) + 1 FROM ${this.#table}`)[0]?.[0] as number;
  }

  clear(): void {
    this.#storage.sql.exec(`DELETE FROM ${this.#table}`);
  }

  #rows(query: string): SqlValue[][] {
    return [...this.#storage.sql.exec(query).raw()];
  }
}
