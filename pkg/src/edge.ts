/** For hosts that forbid compiling bytes and hand over the compiled module instead. */

import { doors } from "./doors.js";
import { once } from "./load.js";
import { type InitOutput, initSync } from "./wasm/backorder.js";

export function edge(module: WebAssembly.Module) {
  let wasm: InitOutput | undefined;
  const ready = (source = module): InitOutput => (wasm ??= initSync({ module: source }));
  const init = once((source) => {
    if (source !== undefined && !(source instanceof WebAssembly.Module)) {
      throw new Error("this host takes a WebAssembly.Module, or nothing");
    }
    ready(source);
  });
  return { init, ...doors(ready) };
}
