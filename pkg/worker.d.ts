/**
 * `backorder/worker`: the engine in a Web Worker, behind the same calls, each of which gives a promise. For pages with a large
 * state, which should not wait while one is restored or played.
 *
 * Calls are done in the order in which they are made.
 *
 * @module backorder/worker
 */

import type { Engine, EngineOptions } from "./index.js";

/** What to begin with, and where. */
export interface WorkerOptions {
  /** Of the engine that is made. */
  engine?: EngineOptions;
  /** Or a snapshot that is restored. */
  snapshot?: Uint8Array;
  /** Where the WebAssembly is, if not beside the package's script; a compiled module is not compiled again. */
  wasm?: URL | string | WebAssembly.Module;
  /** A worker of your own, whose script calls `serveEngine`. Default: one of the package's, ended when the engine is freed. */
  worker?: WorkerPort;
}

/** The part of a `Worker` that is used. */
export interface WorkerPort {
  /** To the worker. */
  postMessage(message: unknown, transfer?: Transferable[]): void;
  /** As of a `Worker`. */
  addEventListener(type: "message" | "error" | "messageerror", listener: (event: any) => void): void;
  /** As of a `Worker`. */
  removeEventListener(type: "message" | "error" | "messageerror", listener: (event: any) => void): void;
  /** Ends the worker; without it a port is left open. */
  terminate?(): void;
}

type Call<F> = F extends (...given: infer Given) => infer Answer ? (...given: Given) => Promise<Answer> : never;

/**
 * An engine's calls. What they throw is thrown here too: a `BackorderError` with its code and path. What is handed over is copied.
 * A worker that failed, or could not be loaded, rejects its calls with "POISONED" or "NOT_INITIALISED".
 */
export type WorkerEngine = {
  [Name in Exclude<keyof Engine, "free" | typeof Symbol.dispose>]: Call<Engine[Name]>;
} & {
  /** Calls `listener` after each call by which the engine may have changed; the function returned ends it. */
  subscribe(listener: () => void): () => void;
  /** Ends the worker, where it is the package's, and its engine. Calls on their way, and later ones, reject with `FREED`. */
  free(): void;
  /** The same as `free`, for `using`. */
  [Symbol.dispose](): void;
};

/** Makes or restores an engine in a worker. */
export function openWorker(options?: WorkerOptions): Promise<WorkerEngine>;

/** In a worker's script: has it serve those that open it, each with an engine of its own. */
export function serveEngine(scope?: Pick<WorkerPort, "postMessage" | "addEventListener">): void;

// What is not exported above stays in here.
export {};
