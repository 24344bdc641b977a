/** The record of promises: entries beside an engine, and their export. */

import type * as Declared from "../record.js";
import { Entries } from "./record/entries.js";

export { recordCsv, recordJson } from "./record/text.js";

export const recorder: typeof Declared.recorder = (engine) => new Entries(engine);
