import type { InitOutput } from "./wasm/backorder.js";

/**
 * The stack that the core keeps in its memory, which all engines share. A trap leaves on it whatever was there: without
 * this a few hundred traps would leave no room to anyone.
 */
export class Stack {
  readonly #pointer: WebAssembly.Global<"i32">;
  readonly #empty: number;

  /** Before the first call. */
  constructor(wasm: InitOutput) {
    // The build has the linker export it, of which the glue's types know nothing.
    this.#pointer = (wasm as InitOutput & { __stack_pointer: WebAssembly.Global<"i32"> }).__stack_pointer;
    this.#empty = this.#pointer.value;
  }

  /** After a trap: no call is within another, so nothing of it is needed any more. */
  clear(): void {
    this.#pointer.value = this.#empty;
  }
}
