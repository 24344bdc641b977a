import type { DeliveryError as Contract } from "../../outbox.js";

export class DeliveryError extends Error implements Contract {
  readonly outcome: Contract["outcome"];
  readonly retryAfterMs: number;

  constructor(
    message: string,
    { outcome = "retry", retryAfterMs = 0, cause }: { outcome?: Contract["outcome"]; retryAfterMs?: number; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.outcome = outcome;
    // A header that is no number makes NaN, which is before every instant.
    this.retryAfterMs = retryAfterMs > 0 ? retryAfterMs : 0;
  }
}

Object.defineProperty(DeliveryError.prototype, "name", { value: "DeliveryError", configurable: true, writable: true });
