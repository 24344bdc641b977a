import type { Id } from "../../index.js";

/**
 * A name for an event, for headers and message ids. Standard Webhooks allows no full stop in it, as it joins what is signed by
 * full stops; RFC 5322 allows "%" in a message id, but no brackets.
 */
export function keyOf(engine: Id, seq: number): string {
  const escaped = encodeURIComponent(engine).replace(/[.!~*'()]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${escaped}-${seq}`;
}

/** The `seq` in a key of this engine. */
export function seqOf(engine: Id, key: string): number | undefined {
  const seq = Number(key.slice(key.lastIndexOf("-") + 1));
  return keyOf(engine, seq) === key ? seq : undefined;
}
