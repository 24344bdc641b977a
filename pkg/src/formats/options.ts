import type { Price } from "../../formats.js";
import { invalid } from "../errors.js";

/** Refuses options that there are not: a mistyped one would be passed over in silence. */
export function only(options: object, names: readonly string[], path = "options"): void {
  if (typeof options !== "object" || options === null) throw invalid(path, `${path} must be an object`);
  for (const name of Object.keys(options)) {
    if (!names.includes(name)) {
      throw invalid(`${path}.${name}`, `${path}.${name} is no option: there are ${names.join(", ")}`);
    }
  }
}

/** A text that has a form. */
export function text(value: unknown, form: RegExp, path: string, what: string): asserts value is string {
  if (typeof value !== "string" || !form.test(value)) throw invalid(path, `${path} must be ${what}`);
}

export function wholeNumber(value: unknown, path: string): asserts value is number {
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    throw invalid(path, `${path} must be a whole number, 0 or more`);
  }
}

/** An amount as text with a decimal point: a number in JavaScript's shortest form, which may not have an exponent. */
export function priceText(price: Price, path: string): string {
  const written = typeof price === "number" ? String(price) : price;
  text(written, /^\d+(\.\d+)?$/, path, "an amount, 0 or more, such as 49 or \"49.00\"");
  return written;
}
