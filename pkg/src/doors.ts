import type * as Contract from "../index.js";
import { data, typed } from "./check.js";
import { Engine } from "./engine.js";
import { BackorderError, invalid, thrownByCore } from "./errors.js";
import { newId as rawNewId, RawEngine } from "./wasm/backorder.js";

const MAX_SEED = 2n ** 64n - 1n;

type Doors = Pick<typeof Contract, "createEngine" | "restoreEngine" | "newId">;

/** The functions that every entry exports; `load` makes the WebAssembly ready, or throws what there is to do. */
export function doors(load: () => void): Doors {
  return {
    createEngine(options = {}) {
      load();
      if (typeof options !== "object" || options === null) throw invalid("options", "options must be an object");
      const { seed = 0n, ...others } = options;
      if (typeof seed !== "bigint" || seed < 0n || seed > MAX_SEED) {
        throw invalid("seed", "seed must be a BigInt from 0n to 2n ** 64n - 1n");
      }
      const settings = data(others);
      return new Engine(guarded(() => new RawEngine(settings, seed)));
    },

    restoreEngine(snapshot) {
      load();
      typed(snapshot, "Uint8Array", "snapshot");
      return new Engine(guarded(() => RawEngine.restore(snapshot)));
    },

    newId() {
      load();
      return guarded(() => rawNewId(Date.now()));
    },
  };
}

/** Outside an engine there is nothing that a trap could leave half done. */
function guarded<Result>(use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    const message = "the WebAssembly failed inside: there is no memory left for it, or this is a defect";
    throw thrownByCore(error) ?? new BackorderError("POISONED", message, undefined, { cause: error });
  }
}
