/** For Node, Deno and Bun: reads the file beside it when first used, so that there is nothing to call. */

import { readFileSync } from "node:fs";
import { doors } from "./doors.js";
import { once } from "./load.js";
import { type InitOutput, initSync } from "./wasm/backorder.js";

export type * from "../index.js";
export { BackorderError } from "./errors.js";
export { AVAILABILITIES, REASONS } from "./names.js";

const FILE = new URL("./wasm/backorder_bg.wasm", import.meta.url);

let wasm: InitOutput | undefined;

function ready(module?: BufferSource | WebAssembly.Module): InitOutput {
  wasm ??= initSync({ module: module ?? readFileSync(FILE) });
  return wasm;
}

/** Not needed here; with a source, it is used in place of the file. */
export const init = once(async (source) => {
  if (source instanceof Response) ready(await source.arrayBuffer());
  else if (source instanceof URL) ready(readFileSync(source));
  else if (typeof source === "string") ready(readFileSync(source.startsWith("file:") ? new URL(source) : source));
  else ready(source);
});

export const { createEngine, restoreEngine, newId } = doors(ready);
