/** What crosses between a page and its worker. */

import type { EngineOptions } from "../../index.js";
import { BackorderError, type ErrorCode } from "../errors.js";

export interface Opening {
  engine?: EngineOptions;
  snapshot?: Uint8Array;
  wasm?: string | WebAssembly.Module;
}

/** `id`: that of the call, which its answer bears; "open" and "free" besides an engine's own. */
export interface Asked {
  backorder: number;
  engine: number;
  call: string;
  given: unknown[];
}

export interface Answered {
  backorder: number;
  answer?: unknown;
  error?: Told;
}

/** An error's parts: of the error itself, its class and what is its own would be lost. */
interface Told {
  message: string;
  code?: ErrorCode;
  path?: string;
}

export function told(error: unknown): Told {
  if (error instanceof BackorderError) {
    const { message, code, path } = error;
    return { message, code, ...(path !== undefined && { path }) };
  }
  return { message: error instanceof Error ? error.message : String(error) };
}

export function thrown({ message, code, path }: Told): Error {
  return code === undefined ? new Error(message) : new BackorderError(code, message, path);
}
