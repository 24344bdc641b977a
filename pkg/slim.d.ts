/**
 * `backorder/slim`: the engine without its WebAssembly, for who says where that is: at an address of a content delivery
 * network, in bytes that came with others, or compiled already. No bundler emits the file because of it: it is
 * `backorder/wasm`, of the same version.
 *
 * @module backorder/slim
 */

export * from "./index.js";

/** As that of `backorder`, but for its source, without which there is nothing to load. A URL is fetched. */
export function init(source: URL | string | Response | BufferSource | WebAssembly.Module): Promise<void>;
