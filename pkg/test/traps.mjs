/** What the tests share that have the engine fail inside. */

import assert from "node:assert/strict";
import { BackorderError } from "../dist/node.js";
import { initSync, RawEngine } from "../dist/wasm/backorder.js";

export const failsWith = (code) => (error) => error instanceof BackorderError && error.code === code;

/** WebAssembly that does nothing but trap. */
export const TRAP = new WebAssembly.Instance(
  // (module (func (export "trap") unreachable))
  new WebAssembly.Module(
    Uint8Array.from([
      0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 8, 1, 4, 116, 114, 97, 112, 0, 0, 10, 5, 1, 3, 0, 0, 11,
    ]),
  ),
);

/** Has the core fail inside `use`, where `method` is called next. */
export function trapping(method, use, trap = () => TRAP.exports.trap()) {
  const original = RawEngine.prototype[method];
  RawEngine.prototype[method] = trap;
  try {
    return use();
  } finally {
    RawEngine.prototype[method] = original;
  }
}

/** Overwrites an engine's own memory, so that `call`, which comes to `method`, traps in the middle of the core. */
export function wreck(engine, method = "digest", call = () => engine.digest()) {
  const { memory } = initSync();
  const original = RawEngine.prototype[method];
  RawEngine.prototype[method] = function (...given) {
    // The first words count who uses the engine.
    new Uint8Array(memory.buffer, this.__wbg_ptr + 16, 512).fill(255);
    return original.apply(this, given);
  };
  try {
    assert.throws(call, (error) => error.code === "POISONED" && error.cause instanceof WebAssembly.RuntimeError);
  } finally {
    RawEngine.prototype[method] = original;
  }
}
