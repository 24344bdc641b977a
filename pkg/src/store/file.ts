import { open, mkdir, readFile, readdir, rename, unlink, type FileHandle } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import type { Kept, Peers, Store } from "../../store.js";
import { StoreError, asStoreError } from "./error.js";
import { Lock } from "./file-lock.js";

/**
 * A snapshot and its log bear a number, and the highest counts. A log's head and its snapshot are written through before the
 * snapshot gets its name, which is the moment that counts; what a crash leaves of another is passed over, and swept by the next.
 */

const SNAPSHOT = /^snapshot-(\d+)\.bkor$/;
const OURS = /^(snapshot-\d+\.bkor(\.new)?|log-\d+\.bkol)$/;

export function fileStore(directory: string | URL): Store {
  return new FileStore(directory instanceof URL ? directory : pathToFileURL(directory));
}


class FileStore implements Store {
  readonly #directory: URL;
  readonly #lock: Lock;
  #number = 0;
  /** Open for appending, once something is. */
  #log: FileHandle | undefined;
  #bytes = 0;
  #closed = false;

  constructor(directory: URL) {
    this.#directory = directory.href.endsWith("/") ? directory : new URL(`${directory.href}/`);
    this.#lock = new Lock(new URL("lock", this.#directory));
  }

  load(): Promise<Kept | undefined> {
    return this.#told(async () => {
      await this.#forget();
      this.#number = await this.#highest();
      if (this.#number === 0) return undefined;
      const [snapshot, log] = await Promise.all([readFile(this.#snapshot()), readFile(this.#logFile())]);
      this.#bytes = log.length;
      return { snapshot, log };
    });
  }

  append(records: Uint8Array): Promise<void> {
    return this.#told(async () => {
      const log = (this.#log ??= await open(this.#logFile(), "r+"));
      try {
        await written(log, records, this.#bytes);
        await log.datasync();
      } catch (error) {
        // What was not said to be safe must not be found either.
        await log.truncate(this.#bytes).catch(() => undefined);
        throw error;
      }
      this.#bytes += records.length;
    });
  }

  truncate(bytes: number): Promise<void> {
    return this.#told(async () => {
      this.#log ??= await open(this.#logFile(), "r+");
      await this.#log.truncate(bytes);
      await this.#log.sync();
      this.#bytes = bytes;
    });
  }

  save(snapshot: Uint8Array, head: Uint8Array): Promise<void> {
    return this.#told(async () => {
      const number = this.#number + 1;
      const [fresh, log] = [new URL(`${this.#snapshot(number)}.new`), this.#logFile(number)];
      await this.#wholeFile(log, head);
      await this.#wholeFile(fresh, snapshot);
      await this.#settled();
      await rename(fresh, this.#snapshot(number));
      await this.#settled();
      await this.#forget();
      this.#number = number;
      this.#bytes = head.length;
      await this.#sweep();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#forget();
    await this.#lock.release();
  }

  readonly peers: Peers = {
    claim: () =>
      this.#told(async () => {
        await mkdir(this.#directory, { recursive: true });
        await this.#lock.take();
        return true;
      }),
    tell() {},
    hear() {},
  };

  #snapshot(number = this.#number): URL {
    return new URL(`snapshot-${number}.bkor`, this.#directory);
  }

  #logFile(number = this.#number): URL {
    return new URL(`log-${number}.bkol`, this.#directory);
  }

  async #highest(): Promise<number> {
    const numbers = (await readdir(this.#directory)).map((name) => Number(SNAPSHOT.exec(name)?.[1] ?? 0));
    return Math.max(0, ...numbers);
  }

  async #wholeFile(file: URL, content: Uint8Array): Promise<void> {
    const handle = await open(file, "w");
    try {
      await written(handle, content, 0);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  /** Names, too, must reach the disk; where a directory can't be opened, as on Windows, the system sees to it. */
  async #settled(): Promise<void> {
    const directory = await open(this.#directory, "r").catch(() => undefined);
    try {
      await directory?.sync();
    } finally {
      await directory?.close();
    }
  }

  async #sweep(): Promise<void> {
    const counts = [this.#snapshot(), this.#logFile()].map(({ href }) => href);
    for (const name of await readdir(this.#directory)) {
      const file = new URL(name, this.#directory);
      if (OURS.test(name) && !counts.includes(file.href)) await unlink(file);
    }
  }

  async #forget(): Promise<void> {
    const log = this.#log;
    this.#log = undefined;
    await log?.close();
  }

  async #told<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#closed) throw new StoreError("CLOSED", "this store was closed");
    try {
      return await work();
    } catch (error) {
      const { code } = error as { code?: string };
      if (code === "ENOSPC" || code === "EDQUOT") {
        throw new StoreError("QUOTA", "there is no room left on this disk", { cause: error });
      }
      throw asStoreError(error);
    }
  }
}

/** A write may take a part of what it is given. */
async function written(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    at += (await handle.write(bytes, at, bytes.length - at, position + at)).bytesWritten;
  }
}
