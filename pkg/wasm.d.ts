/** The compiled module, where the host imports `.wasm` files as modules: give it to `init`. */
declare const module: WebAssembly.Module;
export default module;
