/** The little that the entries ask of their hosts, so that no host's whole declarations are needed. */

declare module "node:fs" {
  export function readFileSync(path: URL | string): Uint8Array<ArrayBuffer>;
}

declare module "node:fs/promises" {
  export interface FileHandle {
    write(bytes: Uint8Array, offset: number, length: number, position: number): Promise<{ bytesWritten: number }>;
    truncate(bytes: number): Promise<void>;
    datasync(): Promise<void>;
    sync(): Promise<void>;
    close(): Promise<void>;
  }
  export function open(path: URL, flags: string): Promise<FileHandle>;
  export function mkdir(path: URL, options: { recursive: true }): Promise<unknown>;
  export function readFile(path: URL): Promise<Uint8Array<ArrayBuffer>>;
  export function readFile(path: URL, encoding: "utf8"): Promise<string>;
  export function writeFile(path: URL, text: string): Promise<void>;
  export function readdir(path: URL): Promise<string[]>;
  export function rename(from: URL, to: URL): Promise<void>;
  export function link(from: URL, to: URL): Promise<void>;
  export function unlink(path: URL): Promise<void>;
}

declare module "node:url" {
  export function pathToFileURL(path: string): URL;
}

declare module "node:process" {
  export const pid: number;
  export function kill(pid: number, signal: 0): void;
}

declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}

declare module "cloudflare:workers" {
  export class DurableObject<Env> {
    constructor(ctx: unknown, env: Env);
    protected readonly ctx: unknown;
    protected readonly env: Env;
  }
}
