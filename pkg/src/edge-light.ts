/** For edge hosts whose bundlers take `?module` as a sign to compile. */

import { edge } from "./edge.js";
import module from "./wasm/backorder_bg.wasm?module";

export type * from "../index.js";
export { BackorderError } from "./errors.js";
export { AVAILABILITIES, REASONS } from "./names.js";

export const { init, createEngine, restoreEngine, newId } = edge(module);
