/** The little that the entries ask of their hosts, so that no host's whole declarations are needed. */

declare module "node:fs" {
  export function readFileSync(path: URL | string): Uint8Array<ArrayBuffer>;
}

declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
