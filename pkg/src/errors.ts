import type { BackorderError as Contract } from "../index.js";

export type ErrorCode = Contract["code"];

export class BackorderError extends Error {
  readonly code: ErrorCode;
  declare readonly path?: string;

  constructor(code: ErrorCode, message: string, path?: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    if (path !== undefined) this.path = path;
  }
}

// On the prototype, as the built-in errors have it, so that it is no part of what a logger lists.
Object.defineProperty(BackorderError.prototype, "name", {
  value: "BackorderError",
  configurable: true,
  writable: true,
});

export function invalid(path: string, message: string): BackorderError {
  return new BackorderError("INVALID_ARGUMENT", message, path === "" ? undefined : path);
}

/** What the core throws: an error's parts. */
interface Thrown {
  code: ErrorCode;
  path?: string;
  message: string;
}

/** The error that the core threw on purpose; `undefined` if it is anything else, a trap above all. */
export function thrownByCore(error: unknown): BackorderError | undefined {
  if (typeof error !== "object" || error === null || error instanceof Error || !("code" in error)) return undefined;
  const { code, message, path } = error as Thrown;
  return new BackorderError(code, message, path);
}
