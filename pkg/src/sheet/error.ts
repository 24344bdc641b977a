import type { SheetError as Contract } from "../../sheet.js";

export class SheetError extends Error {
  readonly code: Contract["code"];
  declare readonly path?: string;

  constructor(code: Contract["code"], message: string, path?: string) {
    super(message);
    this.code = code;
    if (path !== undefined) this.path = path;
  }
}

// On the prototype, as the built-in errors have it, so that it is no part of what a logger lists.
Object.defineProperty(SheetError.prototype, "name", { value: "SheetError", configurable: true, writable: true });

export function corrupt(what: string): SheetError {
  return new SheetError("CORRUPT_SHEET", `the sheet is damaged: ${what}`);
}

export function invalid(path: string, message: string): SheetError {
  return new SheetError("INVALID_ARGUMENT", `${path} must be ${message}`, path);
}
