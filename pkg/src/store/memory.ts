import type { Kept, Store } from "../../store.js";

/** The least that a store is. */
export function memoryStore(): Store {
  let kept: Kept | undefined;
  return {
    load: async () => kept,
    async append(records) {
      if (kept !== undefined) kept.log = joined([kept.log, records]);
    },
    async save(snapshot, head) {
      kept = { snapshot, log: head };
    },
    async truncate(bytes) {
      if (kept !== undefined) kept.log = kept.log.slice(0, bytes);
    },
    async close() {},
  };
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((bytes, part) => bytes + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
