/** For browsers, their workers, and whatever else has IndexedDB. */

import { createEngine, init, restoreEngine } from "./browser.js";
import { opener } from "./store/stored.js";

export type * from "../store.js";
export { StoreError } from "./store/error.js";
export { noFiles as fileStore } from "./store/no-files.js";
export { indexedDbStore } from "./store/indexed-db.js";
export { memoryStore } from "./store/memory.js";

export const openStored = opener({ init, createEngine, restoreEngine });
