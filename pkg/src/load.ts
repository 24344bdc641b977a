import type { init as Init } from "../index.js";
import { BackorderError } from "./errors.js";

export type Source = Exclude<Parameters<typeof Init>[0], undefined>;

/**
 * An `init` that begins once, so that every part of a page may call it; after a failure the next call tries again.
 * What goes wrong says so in our words first: "expected magic word 00 61 73 6d" helps nobody.
 */
export function once(start: (source?: Source) => void | Promise<void>): typeof Init {
  let started: Promise<void> | undefined;
  const attempt = async (source?: Source): Promise<void> => {
    try {
      await start(source);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `the WebAssembly of backorder could not be loaded: ${reason}`;
      throw new BackorderError("NOT_INITIALISED", message, undefined, { cause: error });
    }
  };
  return (source) => {
    started ??= attempt(source).catch((error: unknown) => {
      started = undefined;
      throw error;
    });
    return started;
  };
}
