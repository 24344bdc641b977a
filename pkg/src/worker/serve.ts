import type { Engine } from "../../index.js";
import type * as Declared from "../../worker.js";
import { createEngine, init, restoreEngine } from "../browser.js";
import { BackorderError } from "../errors.js";
import { CHANGES, READS } from "../reads.js";
import { type Answered, type Asked, type Opening, told } from "./messages.js";

const CALLS: ReadonlySet<string> = new Set([...READS, ...CHANGES]);

export const serveEngine: typeof Declared.serveEngine = (scope = globalThis as never) => {
  const engines = new Map<number, Engine>();
  // One after the other, as the first has to load the WebAssembly.
  let last: Promise<void> = Promise.resolve();
  const answer = async ({ backorder, engine, call, given }: Asked): Promise<void> => {
    const answered: Answered = { backorder };
    try {
      answered.answer = await done(engines, engine, call, given);
    } catch (error) {
      answered.error = told(error);
    }
    scope.postMessage(answered);
  };
  scope.addEventListener("message", ({ data }: { data: unknown }) => {
    if (isAsked(data)) last = last.then(() => answer(data));
  });
};

function isAsked(data: unknown): data is Asked {
  return typeof data === "object" && data !== null && "backorder" in data && "call" in data;
}

async function done(engines: Map<number, Engine>, number: number, call: string, given: unknown[]): Promise<unknown> {
  if (call === "open") {
    engines.set(number, await opened(given[0] as Opening));
    return undefined;
  }
  const engine = engines.get(number);
  if (engine === undefined) throw new BackorderError("FREED", "this engine was freed");
  if (call === "free") {
    engine.free();
    engines.delete(number);
    return undefined;
  }
  if (!CALLS.has(call)) throw new BackorderError("INVALID_ARGUMENT", `${call} is no call of an engine`);
  return Reflect.apply(engine[call as "digest"], engine, given);
}

async function opened({ engine, snapshot, wasm }: Opening): Promise<Engine> {
  await init(wasm);
  return snapshot === undefined ? createEngine(engine) : restoreEngine(snapshot);
}
