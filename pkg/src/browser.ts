/** For browsers: fetches the file beside it. */

import { web } from "./web.js";

export type * from "../index.js";
export { BackorderError } from "./errors.js";
export { AVAILABILITIES, REASONS } from "./names.js";

export const { init, createEngine, restoreEngine, newId } = web(() => new URL("./wasm/backorder_bg.wasm", import.meta.url));
