/**
 * Plain data of a caller's objects, copied before it crosses into WebAssembly, where a getter that throws, a proxy or a
 * cycle would be a trap. What is `undefined` is left out, so that there it can't be taken for `null`.
 *
 * The limits on depth and size are the core's, which refuses what exceeds them; here copying just stops a bit later.
 */

/** One level more than the core reads. */
const DEPTH = 9;

/** More values than the core reads of one command. */
const VALUES = 300_000;

/** What can't be data, and where it stands. */
export class NotData {
  constructor(
    readonly path: string,
    readonly what: string,
  ) {}

  get message(): string {
    return `${this.path === "" ? "this" : this.path} must be plain data, not ${this.what}`;
  }

  /** The same as part of a greater whole. */
  at(place: string): NotData {
    return new NotData(joined(place, this.path), this.what);
  }
}

/** Thrown and caught in here only; every level on the way out puts itself before the path. */
class Refusal {
  path = "";

  constructor(readonly what: string) {}

  at(step: string): this {
    this.path = joined(step, this.path);
    return this;
  }
}

function joined(step: string, path: string): string {
  const dot = step === "" || path === "" || path.startsWith("[") ? "" : ".";
  return step + dot + path;
}

let left = 0;

export function plain(value: unknown): unknown {
  left = VALUES;
  try {
    return copy(value, DEPTH);
  } catch (error) {
    const refusal = asRefusal(error);
    return new NotData(refusal.path, refusal.what);
  }
}

function copy(value: unknown, depth: number): unknown {
  left -= 1;
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
      return value;
    case "object":
      if (value === null) return null;
      return Array.isArray(value) ? copyList(value, depth - 1) : copyObject(value, depth - 1);
    case "bigint":
      throw new Refusal("a BigInt");
    case "undefined":
      throw new Refusal("undefined");
    default:
      throw new Refusal(`a ${typeof value}`);
  }
}

function copyList(list: readonly unknown[], depth: number): unknown[] {
  const result: unknown[] = [];
  if (depth < 0) return result;
  for (let index = 0; index < list.length && left > 0; index += 1) {
    try {
      result.push(copy(list[index], depth));
    } catch (error) {
      throw asRefusal(error).at(`[${index}]`);
    }
  }
  return result;
}

function copyObject(object: object, depth: number): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  if (!isPlain(object)) throw new Refusal(`a ${tag(object)}`);
  if (depth < 0) return result;
  for (const name of Object.keys(object)) {
    if (left <= 0) break;
    try {
      const value: unknown = (object as Record<string, unknown>)[name];
      if (value !== undefined) set(result, name, copy(value, depth));
    } catch (error) {
      throw asRefusal(error).at(shortened(name));
    }
  }
  return result;
}

function set(object: Record<string, unknown>, name: string, value: unknown): void {
  if (name === "__proto__") Object.defineProperty(object, name, { value, enumerable: true });
  else object[name] = value;
}

/** Objects of another realm, of a class, and proxies are plain; a Date, a Map or a typed array isn't. */
function isPlain(object: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(object);
  return prototype === Object.prototype || prototype === null || tag(object) === "Object";
}

function tag(object: object): string {
  return Object.prototype.toString.call(object).slice("[object ".length, -1);
}

function shortened(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}

/** A getter or a proxy may throw anything. */
function asRefusal(error: unknown): Refusal {
  return error instanceof Refusal ? error : new Refusal("something that throws when it is read");
}
