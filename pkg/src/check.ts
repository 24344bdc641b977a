import type { Instant } from "../index.js";
import { invalid } from "./errors.js";
import { NotData, plain } from "./plain.js";

/**
 * What must be settled before a value crosses: WebAssembly would turn "7", null or NaN into some number, and an array
 * into text. Whether a number is a quantity and a text an id is the core's to say.
 */

export function instant(value: unknown, path = "now"): asserts value is Instant {
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw invalid(path, `${path} must be milliseconds since 1970 in UTC, a whole number from 0 to 2^53 - 1`);
  }
}

/** Over 128 bytes nothing is an id, and nothing so long need cross to be told so. */
export function id(value: unknown, path: string): asserts value is string {
  if (typeof value !== "string" || value === "" || value.length > 128) {
    throw invalid(path, `${path} must be an id, 1 to 128 bytes of text`);
  }
}

export function commandObject(value: unknown, path: string): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw invalid(path, `${path} must be an object with a type`);
  }
}

export function list(value: unknown, path: string): asserts value is readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(path, `${path} must be an array`);
}

/** Typed arrays of another realm, a test runner's or a frame's, are as good; another type's would be converted. */
export function typed(value: unknown, type: string, path: string): void {
  if (Object.prototype.toString.call(value) !== `[object ${type}]`) throw invalid(path, `${path} must be a ${type}`);
}

/** An argument of plain data, for calls that have no outcome to refuse it in; `place`: which of several it is. */
export function data(value: unknown, place = ""): unknown {
  const copy = plain(value);
  if (!(copy instanceof NotData)) return copy;
  const refused = copy.at(place);
  throw invalid(refused.path, refused.message);
}

/** The same where it may be left out. */
export function optionalData(value: unknown): unknown {
  return value === undefined ? undefined : data(value);
}

const MODES = ["return", "keep", "drop"];

export const KEPT = MODES.indexOf("keep");

/** The number of an event mode. */
export function eventMode(options: unknown): number {
  if (options === undefined) return 0;
  if (typeof options !== "object" || options === null) throw invalid("options", "options must be an object");
  for (const name of Object.keys(options)) {
    if (name !== "events") throw invalid(`options.${name}`, `options.${name} is no option: there is "events"`);
  }
  const { events } = options as { events?: unknown };
  const mode = events === undefined ? 0 : MODES.indexOf(events as string);
  if (mode < 0) throw invalid("options.events", 'options.events must be "return", "keep" or "drop"');
  return mode;
}
