import type * as Contract from "../index.js";
import { data, typed } from "./check.js";
import { Engine } from "./engine.js";
import { BackorderError, invalid, thrownByCore } from "./errors.js";
import { Stack } from "./stack.js";
import { transitions } from "./zones.js";
import { type InitOutput, newId as rawNewId, RawEngine } from "./wasm/backorder.js";

const MAX_SEED = 2n ** 64n - 1n;

type Doors = Pick<typeof Contract, "createEngine" | "restoreEngine" | "newId">;

/** That of the main entry, for those beside it. */
let host: (() => Stack) | undefined;

/** The functions that every entry exports; `load` makes the WebAssembly ready, or throws what there is to do. */
export function doors(load: () => InitOutput): Doors {
  let loaded: Stack | undefined;
  const ready = (): Stack => (loaded ??= new Stack(load()));
  host = ready;
  return {
    createEngine(options = {}) {
      const stack = ready();
      if (typeof options !== "object" || options === null) throw invalid("options", "options must be an object");
      const { seed = 0n, ...others } = options;
      if (typeof seed !== "bigint" || seed < 0n || seed > MAX_SEED) {
        throw invalid("seed", "seed must be a BigInt from 0n to 2n ** 64n - 1n");
      }
      const settings = data(others);
      return new Engine(guarded(stack, () => new RawEngine(settings, seed, transitions)), stack);
    },

    restoreEngine(snapshot) {
      const stack = ready();
      typed(snapshot, "Uint8Array", "snapshot");
      return new Engine(guarded(stack, () => RawEngine.restore(snapshot, transitions)), stack);
    },

    newId() {
      return guarded(ready(), () => rawNewId(Date.now()));
    },
  };
}

/** A call of no engine, into the WebAssembly of this host's main entry. */
export function beside<Result>(use: () => Result): Result {
  if (host === undefined) throw new BackorderError("NOT_INITIALISED", 'import "backorder" before this is used');
  return guarded(host(), use);
}

/** Outside an engine there is nothing that a trap could leave half done. */
function guarded<Result>(stack: Stack, use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    const expected = thrownByCore(error);
    if (expected !== undefined) throw expected;
    stack.clear();
    const message = "the WebAssembly failed inside: there is no memory left for it, or this is a defect";
    throw new BackorderError("POISONED", message, undefined, { cause: error });
  }
}
