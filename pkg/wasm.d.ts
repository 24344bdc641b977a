/**
 * `backorder/wasm`: the WebAssembly file itself, for hosts that import it as a module or as an address.
 *
 * @module backorder/wasm
 */

/** The compiled module, where the host imports `.wasm` files as modules: give it to `init`. */
declare const module: WebAssembly.Module;
export default module;
