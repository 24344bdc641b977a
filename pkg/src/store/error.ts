import type { StoreError as Contract } from "../../store.js";

export class StoreError extends Error implements Contract {
  readonly code: Contract["code"];

  constructor(code: Contract["code"], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

Object.defineProperty(StoreError.prototype, "name", { value: "StoreError", configurable: true, writable: true });

/** What a store threw, as an error of ours. */
export function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const { name = "", message = String(error) } = (error ?? {}) as { name?: string; message?: string };
  if (name === "QuotaExceededError") return new StoreError("QUOTA", "there is no room left in this store", { cause: error });
  if (name === "VersionError") return new StoreError("NEWER", "a later release wrote this store", { cause: error });
  return new StoreError("FAILED", `the store failed: ${message}`, { cause: error });
}
