import type { Store } from "../../store.js";
import { StoreError, asStoreError } from "../store/error.js";

/**
 * Notes in a store, as JSON: a snapshot of what the notes before it came to, and a log of those after it. Both begin with
 * `HEAD`; a frame follows, in the log one for each write: `u32` bytes of its text, `u32` hash of that, `u32` hash of these
 * eight bytes, the text. All are little-endian, the hash is FNV-1a of 32 bits.
 */
const HEAD = Uint8Array.of(0x42, 0x4b, 0x4f, 0x42, 1, 0, 0, 0);
const FRAME_HEAD_BYTES = 12;

/** A log is worth a snapshot when it is longer than this and than the one before it. */
const LEAST_LOG_BYTES = 64_000;

/** What notes come to. A note that was safe changes it, and nothing else does. */
export interface Told<Note> {
  tell(note: Note): void;
  snapshot(): unknown;
}

/** Notes that are told once they are safe. Those made while others are written go together. */
export class Journal<Note> {
  readonly #store: Store;
  readonly #told: Told<Note>;
  #waiting: Note[] = [];
  #next: Promise<void> | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #logBytes = 0;
  /** The log is worth a snapshot when it is longer than this. */
  #enoughBytes = 0;
  /** A snapshot failed: it or the log before it counts, which say the same, but the store has to find out which. */
  #unsure = false;

  private constructor(store: Store, told: Told<Note>) {
    this.#store = store;
    this.#told = told;
  }

  /** Goes on from what is kept, or begins. `restore` makes again what a snapshot says. */
  static async open<Note, State extends Told<Note>>(
    store: Store,
    restore: (snapshot: unknown) => State,
  ): Promise<{ journal: Journal<Note>; state: State }> {
    const kept = await store.load();
    if (kept === undefined) {
      const state = restore(undefined);
      const journal = new Journal<Note>(store, state);
      await journal.#save();
      return { journal, state };
    }
    const { texts: [snapshot], wholeBytes } = frames(kept.snapshot);
    if (snapshot === undefined || wholeBytes !== kept.snapshot.length) throw corrupt("its snapshot is not whole");
    const log = frames(kept.log);
    if (log.wholeBytes < kept.log.length) await store.truncate(log.wholeBytes);
    const state = restore(JSON.parse(snapshot));
    for (const text of log.texts) for (const note of JSON.parse(text) as Note[]) state.tell(note);
    const journal = new Journal<Note>(store, state);
    journal.#logBytes = log.wholeBytes;
    journal.#enoughBytes = Math.max(LEAST_LOG_BYTES, kept.snapshot.length);
    return { journal, state };
  }

  /** Fulfilled when the note is safe and told. If it can't be made safe, it is as if it had not been made. */
  add(note: Note): Promise<void> {
    this.#waiting.push(note);
    if (this.#next !== undefined) return this.#next;
    this.#next = this.#last.then(() => this.#write());
    this.#last = this.#next.catch(() => undefined);
    return this.#next;
  }

  /** Fulfilled when nothing is on its way. */
  async settled(): Promise<void> {
    await this.#last;
  }

  async #write(): Promise<void> {
    this.#next = undefined;
    const notes = this.#waiting;
    this.#waiting = [];
    const frame = framed(notes);
    try {
      if (this.#unsure) await this.#store.load();
      this.#unsure = false;
      await this.#store.append(frame);
    } catch (error) {
      throw asStoreError(error);
    }
    this.#logBytes += frame.length;
    for (const note of notes) this.#told.tell(note);
    if (this.#logBytes > this.#enoughBytes) await this.#saveIfPossible();
  }

  /** Where there is no room for a snapshot the log goes on, and it is tried again when that is as long again. */
  async #saveIfPossible(): Promise<void> {
    try {
      await this.#save();
    } catch {
      this.#unsure = true;
      this.#enoughBytes = 2 * this.#logBytes;
    }
  }

  async #save(): Promise<void> {
    const frame = framed(this.#told.snapshot());
    const snapshot = new Uint8Array(HEAD.length + frame.length);
    snapshot.set(HEAD);
    snapshot.set(frame, HEAD.length);
    await this.#store.save(snapshot, HEAD.slice());
    this.#logBytes = HEAD.length;
    this.#enoughBytes = Math.max(LEAST_LOG_BYTES, snapshot.length);
  }
}

function framed(content: unknown): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(content));
  const frame = new Uint8Array(FRAME_HEAD_BYTES + text.length);
  const numbers = new DataView(frame.buffer);
  numbers.setUint32(0, text.length, true);
  numbers.setUint32(4, hash(text), true);
  numbers.setUint32(8, hash(frame.subarray(0, 8)), true);
  frame.set(text, FRAME_HEAD_BYTES);
  return frame;
}

/** The texts of whole frames. The last may be torn: cut off, or zeros from some byte of it on, as file systems leave them. */
function frames(bytes: Uint8Array): { texts: string[]; wholeBytes: number } {
  HEAD.forEach((byte, index) => {
    if (bytes[index] === byte) return;
    if (index === 4 && (bytes[4] ?? 0) > byte) throw new StoreError("NEWER", "a later release wrote this outbox");
    throw corrupt("it does not begin as one");
  });
  const numbers = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const decoder = new TextDecoder();
  const texts: string[] = [];
  let at = HEAD.length;
  while (at < bytes.length) {
    const body = at + FRAME_HEAD_BYTES;
    if (body > bytes.length) break;
    const length = numbers.getUint32(at, true);
    const headed = numbers.getUint32(at + 8, true) === hash(bytes.subarray(at, at + 8));
    const end = headed ? body + length : body;
    if (end > bytes.length) break;
    const text = bytes.subarray(body, end);
    if (!headed || numbers.getUint32(at + 4, true) !== hash(text)) {
      if (onlyZerosFrom(bytes, end - 1)) break;
      throw corrupt(`it was altered at byte ${at} or behind`);
    }
    texts.push(decoder.decode(text));
    at = end;
  }
  return { texts, wholeBytes: at };
}

function onlyZerosFrom(bytes: Uint8Array, from: number): boolean {
  return bytes.subarray(from).every((byte) => byte === 0);
}

function hash(bytes: Uint8Array): number {
  let value = 0x811c9dc5;
  for (const byte of bytes) value = Math.imul(value ^ byte, 0x01000193);
  return value >>> 0;
}

function corrupt(why: string): StoreError {
  return new StoreError("CORRUPT", `what is kept is no outbox: ${why}`);
}
