import { doors } from "./doors.js";
import { BackorderError } from "./errors.js";
import { once, type Source } from "./load.js";
import load, { type InitOutput } from "./wasm/backorder.js";

export type * from "../index.js";
export { BackorderError } from "./errors.js";
export { AVAILABILITIES, REASONS } from "./names.js";

let wasm: InitOutput | undefined;

export const init = once(async (source: Source = new URL("./wasm/backorder_bg.wasm", import.meta.url)) => {
  wasm = await load({ module_or_path: await found(source) });
});

/** A page that says "not found" is no module. */
async function found(source: Source): Promise<Exclude<Source, URL | string>> {
  const answer = typeof source === "string" || source instanceof URL ? await fetch(source) : source;
  if (answer instanceof Response && !answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  return answer;
}

export const { createEngine, restoreEngine, newId } = doors(() => {
  if (wasm !== undefined) return wasm;
  throw new BackorderError("NOT_INITIALISED", "call init() and await its promise before using backorder in a browser");
});
