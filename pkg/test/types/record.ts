// A record beside an engine, and beside a stored one.

import { createEngine, type Command } from "backorder";
import { type RecordEntry, recordCsv, recordJson, recorder } from "backorder/record";
import { memoryStore, openStored } from "backorder/store";

const engine = createEngine();
const command: Command = { type: "tick" };
const entries: RecordEntry[] = recorder(engine).after(command, engine.apply(command, 0), 0, { shown: { channel: "email" } });
const stored = await openStored(memoryStore());
const kept = { events: await stored.drainEvents() };
entries.push(...recorder(stored).after(command, await stored.apply(command, 0, { events: "keep" }), 0, kept));
for (const { what, at, known, says } of entries) console.log(what, at.toFixed(), known?.quantile, says?.due);
const files: string[] = [recordCsv(entries), recordJson(new Set(entries))];
console.log(files);

// @ts-expect-error: what is shown is flat
recorder(engine).after(command, engine.apply(command, 0), 0, { shown: { page: {} } });
