/** For pages that say themselves where the WebAssembly is: nothing here leads a bundler to the file. */

import { web } from "./web.js";

export type * from "../slim.js";
export { BackorderError } from "./errors.js";
export { AVAILABILITIES, REASONS } from "./names.js";

export const { init, createEngine, restoreEngine, newId } = web(() => {
  throw new Error("backorder/slim has none of its own: give init its URL, a Response, bytes or a WebAssembly.Module");
});
