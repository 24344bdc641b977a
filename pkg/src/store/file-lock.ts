import { link, readFile, unlink, writeFile } from "node:fs/promises";
import * as process from "node:process";
import { StoreError } from "./error.js";

/** What this process holds: its own number in a lock says nothing else, as systems give numbers again. */
const held = new Set<string>();

/** A file with the number of the process that writes. One that is gone, or was killed, holds nothing. */
export class Lock {
  readonly #file: URL;

  constructor(file: URL) {
    this.#file = file;
  }

  async take(): Promise<void> {
    if (held.has(this.#file.href)) throw taken("this process");
    const own = new URL(`${this.#file.href}.${process.pid}`);
    await writeFile(own, String(process.pid));
    try {
      for (;;) {
        try {
          // Unlike opening it for ourselves, linking never shows a lock without its content.
          await link(own, this.#file);
          break;
        } catch (error) {
          if ((error as { code?: string }).code !== "EEXIST") throw error;
          await this.#removeOfDead();
        }
      }
      held.add(this.#file.href);
    } finally {
      await unlink(own);
    }
  }

  async release(): Promise<void> {
    if (held.delete(this.#file.href)) await unlink(this.#file);
  }

  async #removeOfDead(): Promise<void> {
    const holder = Number(await readFile(this.#file, "utf8").catch(() => ""));
    if (holder !== process.pid && lives(holder)) throw taken(`process ${holder}`);
    await unlink(this.#file).catch(() => undefined);
  }
}

function lives(pid: number): boolean {
  if (!Number.isInteger(pid) || pid < 1) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}

function taken(by: string): StoreError {
  return new StoreError("NOT_WRITER", `${by} writes this store`);
}
