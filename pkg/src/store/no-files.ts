import type { Store } from "../../store.js";
import { StoreError } from "./error.js";

/** What stands for files where there are none. */
export function noFiles(_directory: string | URL): Store {
  throw new StoreError("UNAVAILABLE", "this host has no files");
}
