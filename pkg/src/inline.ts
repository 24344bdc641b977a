/** For pages that can load no second file: the WebAssembly is text in the script. */

import { web } from "./web.js";
import base64 from "./wasm/inlined.js";

export type * from "../inline.js";
export { BackorderError } from "./errors.js";
export { AVAILABILITIES, REASONS } from "./names.js";

export const { init, createEngine, restoreEngine, newId } = web(() => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)));
