/** Edge hosts import a `.wasm` file as its compiled module. */
declare const module: WebAssembly.Module;
export default module;
