// Reads the lines that `cargo xtask replay` prepared; the format is in xtask/src/replay/playbook.rs.

import { readFileSync } from "node:fs";

/** The columns of a playbook, and the names that they point at. */
export function readPlaybook(path) {
  const bytes = readFileSync(path);
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const headerLength = Number(new DataView(buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, headerLength)));
  const { lines, orders } = header;
  let offset = 8 + headerLength;
  const column = (Type, length) => {
    const values = new Type(buffer, offset, length);
    offset += values.byteLength;
    return values;
  };
  return {
    ...header,
    at: column(Float64Array, lines),
    quantity: column(Float64Array, lines),
    sku: column(Uint32Array, lines),
    first: column(Uint32Array, orders.length + 1),
  };
}

/** Says how far it is, for the progress bar, about a hundred times. */
export function progressOf(lines, report = (line) => process.stdout.write(line)) {
  const step = Math.max(1, Math.floor(lines / 100));
  let next = step;
  return (played) => {
    if (played >= next) {
      next = played + step;
      report(`progress ${played}\n`);
    }
  };
}

/** Hands the figures back, as the last line. */
export function finish(seconds, figures, digest) {
  const columns = Object.fromEntries(Object.entries(figures).map(([name, column]) => [name, Array.from(column)]));
  process.stdout.write(`result ${JSON.stringify({ seconds, digest, figures: columns })}\n`);
}
