/** For Node, Deno and Bun. */

import { createEngine, init, restoreEngine } from "./node.js";
import { opener } from "./store/stored.js";

export type * from "../store.js";
export { StoreError } from "./store/error.js";
export { fileStore } from "./store/file.js";
export { indexedDbStore } from "./store/indexed-db.js";
export { memoryStore } from "./store/memory.js";

export const openStored = opener({ init, createEngine, restoreEngine });
