import type * as Declared from "../../worker.js";
import type { WorkerEngine, WorkerPort } from "../../worker.js";
import { BackorderError, invalid } from "../errors.js";
import { CHANGES, READS } from "../reads.js";
import { type Answered, type Asked, type Opening, thrown } from "./messages.js";

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** Of calls and engines, over all workers. */
let numbers = 0;

export const openWorker: typeof Declared.openWorker = async (options = {}) => {
  const { engine, snapshot, wasm, worker } = options;
  if (engine !== undefined && snapshot !== undefined) {
    throw invalid("options.snapshot", "options.snapshot is an engine already: options.engine can't be given beside it");
  }
  const remote = new Remote(worker ?? ours(), worker === undefined);
  const opening: Opening = {
    ...(engine !== undefined && { engine }),
    ...(snapshot !== undefined && { snapshot }),
    // As it is meant here: the worker's script stands elsewhere.
    ...(wasm !== undefined && { wasm: wasm instanceof WebAssembly.Module ? wasm : new URL(wasm, globalThis.document?.baseURI ?? location.href).href }),
  };
  try {
    await remote.call("open", [opening]);
  } catch (error) {
    remote.free();
    throw error;
  }
  return remote as unknown as WorkerEngine;
};

/** Bundlers know a worker's script by this form. */
function ours(): WorkerPort {
  return new Worker(new URL("../worker-script.js", import.meta.url), { type: "module", name: "backorder" });
}

class Remote {
  static {
    for (const [names, changes] of [[READS, false], [CHANGES, true]] as const) {
      for (const name of names) {
        const call = async function (this: Remote, ...given: unknown[]): Promise<unknown> {
          try {
            return await this.call(name, given);
          } finally {
            if (changes) this.#tellListeners();
          }
        };
        Object.defineProperty(this.prototype, name, { value: call, configurable: true, writable: true });
      }
    }
  }

  readonly #port: WorkerPort;
  readonly #own: boolean;
  readonly #engine = (numbers += 1);
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<() => void>();
  /** Why there is nothing to be had any more. */
  #gone: BackorderError | undefined;
  #answered = false;

  constructor(port: WorkerPort, own: boolean) {
    this.#port = port;
    this.#own = own;
    port.addEventListener("message", this.#heard);
    port.addEventListener("error", this.#failed);
    port.addEventListener("messageerror", this.#failed);
  }

  call(call: string, given: unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#gone !== undefined) throw this.#gone;
      const asked: Asked = { backorder: (numbers += 1), engine: this.#engine, call, given };
      try {
        this.#port.postMessage(asked);
      } catch (cause) {
        throw new BackorderError("INVALID_ARGUMENT", `${call} takes plain data only`, undefined, { cause });
      }
      this.#waiting.set(asked.backorder, { resolve, reject });
    });
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  free(): void {
    if (this.#gone !== undefined) return;
    if (!this.#own) this.call("free", []).catch(() => undefined);
    this.#end(new BackorderError("FREED", "this engine was freed"));
  }

  [Symbol.dispose](): void {
    this.free();
  }

  readonly #heard = ({ data }: { data: Answered }): void => {
    const waiting = this.#waiting.get(data?.backorder);
    if (waiting === undefined) return;
    this.#answered = true;
    this.#waiting.delete(data.backorder);
    if (data.error === undefined) waiting.resolve(data.answer);
    else waiting.reject(thrown(data.error));
  };

  readonly #failed = (event: { message?: string }): void => {
    const reason = event.message === undefined || event.message === "" ? "" : `: ${event.message}`;
    this.#end(
      this.#answered
        ? new BackorderError("POISONED", `the worker failed${reason}; open another, from the last snapshot`)
        : new BackorderError("NOT_INITIALISED", `the worker's script could not be loaded${reason}`),
    );
  };

  #end(gone: BackorderError): void {
    this.#gone = gone;
    this.#port.removeEventListener("message", this.#heard);
    this.#port.removeEventListener("error", this.#failed);
    this.#port.removeEventListener("messageerror", this.#failed);
    if (this.#own) this.#port.terminate?.();
    for (const { reject } of this.#waiting.values()) reject(gone);
    this.#waiting.clear();
  }

  #tellListeners(): void {
    for (const listener of this.#listeners) {
      try {
        listener();
      } catch (error) {
        // Told where it is nobody's answer.
        queueMicrotask(() => {
          throw error;
        });
      }
    }
  }
}
