/** Takes numbers and text off bytes, and then bits, each checked before it is believed. */

import { corrupt } from "./error.js";

export class Reader {
  #at: number;
  /** Bits of the byte before `#at` that were not taken yet, and how many. */
  #bits = 0;
  #held = 0;

  constructor(
    private readonly bytes: Uint8Array,
    at: number,
  ) {
    this.#at = at;
  }

  byte(most: number): number {
    const byte = this.bytes[this.#at];
    if (byte === undefined) throw corrupt("it ends too early");
    if (byte > most) throw corrupt(`${byte} where ${most} is the most`);
    this.#at += 1;
    return byte;
  }

  /** Seven bits a byte, the low ones first, and no byte more than are needed. */
  number(): bigint {
    let number = 0n;
    for (let shift = 0n; shift < 63n; shift += 7n) {
      const byte = this.byte(255);
      number |= BigInt(byte & 127) << shift;
      if (byte === 0 && shift > 0n) break;
      if (byte < 128) return number;
    }
    throw corrupt("a number that is written longer than it is");
  }

  /** A quantity, an instant, or days. */
  safe(): number {
    return safe(this.number());
  }

  signed(): bigint {
    return unfolded(this.number());
  }

  flags(count: number): boolean[] {
    const flags = this.byte(2 ** count - 1);
    return Array.from({ length: count }, (_, bit) => ((flags >> bit) & 1) === 1);
  }

  text(): string {
    const length = this.safe();
    const taken = this.bytes.subarray(this.#at, this.#at + length);
    if (taken.length !== length) throw corrupt("it ends too early");
    this.#at += length;
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(taken);
    } catch {
      throw corrupt("text that is not UTF-8");
    }
  }

  /** So many bits, at most 30, the lowest first. */
  low(count: number): number {
    let number = 0;
    for (let taken = 0; taken < count; ) {
      if (this.#held === 0) {
        this.#bits = this.byte(255);
        this.#held = 8;
      }
      const some = Math.min(count - taken, this.#held);
      number |= (this.#bits & (2 ** some - 1)) << taken;
      this.#bits >>= some;
      this.#held -= some;
      taken += some;
    }
    return number;
  }

  #long(count: number): bigint {
    let number = 0n;
    for (let taken = 0; taken < count; taken += 30) {
      number |= BigInt(this.low(Math.min(30, count - taken))) << BigInt(taken);
    }
    return number;
  }

  /** A number in the exponential Golomb code of an order. */
  golomb(order: number): bigint {
    let length = 0;
    while (this.low(1) === 0) {
      length += 1;
      if (length > 62) throw corrupt("a number above 2^63");
    }
    const head = ((1n << BigInt(length)) | this.#long(length)) - 1n;
    return (head << BigInt(order)) | this.#long(order);
  }

  /** How many there are of something. */
  count(most: number): number {
    const count = this.golomb(0);
    if (count > BigInt(most)) throw corrupt("more than there may be");
    return Number(count);
  }

  column(count: number): bigint[] {
    const order = this.low(6);
    if (order > 53) throw corrupt("an order above 53");
    return Array.from({ length: count }, () => this.golomb(order));
  }

  /** Numbers that ascend, each once, the last at most `most`. */
  ascending(count: number, most: number): number[] {
    let last = -1n;
    return this.column(count).map((step, index) => {
      const number = index === 0 ? step : last + step;
      if (number <= last || number > BigInt(most)) throw corrupt("what should ascend does not");
      last = number;
      return Number(number);
    });
  }

  end(): void {
    if (this.#bits !== 0 || this.#at !== this.bytes.length) throw corrupt("something follows the end");
  }
}

export function safe(number: bigint): number {
  if (number < 0n || number > BigInt(Number.MAX_SAFE_INTEGER)) throw corrupt("a number below 0 or above 2^53");
  return Number(number);
}

/** 0, 1, 2, 3 … as 0, -1, 1, -2 … */
export function unfolded(number: bigint): bigint {
  return number & 1n ? -(number >> 1n) - 1n : number >> 1n;
}

/** The checksum of ISO 3309, as gzip and PNG have it. */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}
