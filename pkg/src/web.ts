/** For pages, whoever tells them where the WebAssembly is. */

import { doors } from "./doors.js";
import { BackorderError } from "./errors.js";
import { once, type Source } from "./load.js";
import load, { type InitOutput } from "./wasm/backorder.js";

/** `own`: what `init` loads where it is given nothing. */
export function web(own: () => Source) {
  let wasm: InitOutput | undefined;
  const init = once(async (source = own()) => {
    wasm = await load({ module_or_path: await found(source) });
  });
  const ready = (): InitOutput => {
    if (wasm !== undefined) return wasm;
    throw new BackorderError("NOT_INITIALISED", "call init() and await its promise before using backorder in a browser");
  };
  return { init, ...doors(ready) };
}

/** A page that says "not found" is no module. */
async function found(source: Source): Promise<Exclude<Source, URL | string>> {
  const answer = typeof source === "string" || source instanceof URL ? await fetch(source) : source;
  if (answer instanceof Response && !answer.ok) throw new Error(`${answer.url} answered ${answer.status}`);
  return answer;
}
