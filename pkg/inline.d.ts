/**
 * `backorder/inline`: the engine in a page that can load no second file, as one that is saved, or an extension. Its
 * WebAssembly is text in the script, which is a third larger so, and nothing is fetched. As in `backorder`, await `init()` once.
 *
 * @module backorder/inline
 */

export * from "./index.js";
