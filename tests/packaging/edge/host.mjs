// workerd, as Miniflare runs it, with a Worker bundled as a deployment bundles it.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { restoreEngine } from "backorder";
import { build } from "esbuild";
import { Miniflare } from "miniflare";
import { logOf } from "./node_modules/backorder/dist/engine.js";

export const COMPATIBILITY_DATE = "2026-04-01";

// The workerd that is nested under Miniflare is the one that runs.
const nested = createRequire(createRequire(import.meta.url).resolve("miniflare"));
export const WORKERD = nested("workerd/package.json").version;

/** What a Worker's entry comes to, in a directory of its own that goes with this process. */
export async function bundled(entry) {
  const outdir = mkdtempSync(join(tmpdir(), "backorder-worker-"));
  process.once("exit", () => rmSync(outdir, { recursive: true, force: true }));
  await build({
    entryPoints: { worker: entry },
    bundle: true,
    format: "esm",
    target: "es2022",
    conditions: ["workerd", "worker", "browser"],
    external: ["cloudflare:*"],
    loader: { ".wasm": "copy" },
    outdir,
    logLevel: "silent",
  });
  return outdir;
}

/** The modules of a directory for Miniflare, the entry first. */
export function modulesOf(directory, entry = "worker.js") {
  const wasm = readdirSync(directory).filter((name) => name.endsWith(".wasm"));
  return {
    modulesRoot: directory,
    modules: [
      { type: "ESModule", path: join(directory, entry) },
      ...wasm.map((name) => ({ type: "CompiledWasm", path: join(directory, name) })),
    ],
  };
}

/** The engine that stored bytes are of: what the object must be, made by nothing but the engine itself. */
export function played({ snapshot, log }) {
  const engine = restoreEngine(Uint8Array.from(Buffer.from(snapshot, "hex")));
  const bytes = Uint8Array.from(Buffer.from(log, "hex"));
  const { wholeBytes } = logOf(engine).play(bytes);
  if (wholeBytes !== bytes.length) throw new Error(`the log is torn at ${wholeBytes} of ${bytes.length} bytes`);
  return engine;
}

/** The Worker of shop.mjs. */
export async function shop(bindings = {}) {
  const worker = modulesOf(await bundled(fileURLToPath(new URL("shop.mjs", import.meta.url))));
  const durableObject = (className) => ({ className, useSQLite: true });
  const durableObjects = { SHOP: durableObject("Shop"), KEEPER: durableObject("Keeper"), TELLER: durableObject("Teller") };
  return new Host({ ...worker, bindings, durableObjects }).start();
}

/** A Worker with its Durable Objects' storage on disk, which outlives the process that runs it. */
export class Host {
  #settings;
  #worker;
  #processes = [];
  #storage = mkdtempSync(join(tmpdir(), "backorder-storage-"));

  constructor(settings) {
    this.#settings = settings;
  }

  async start() {
    const before = children();
    this.#worker = new Miniflare({
      compatibilityDate: COMPATIBILITY_DATE,
      durableObjectsPersist: this.#storage,
      ...this.#settings,
    });
    await this.#worker.ready;
    this.#processes = children().filter((process) => !before.includes(process));
    return this;
  }

  /** Where a browser finds it. */
  url() {
    return this.#worker.ready;
  }

  fetch(path, options) {
    return this.#worker.dispatchFetch(`http://shop.example${path}`, options);
  }

  /** Calls the object, or throws what it threw. */
  call(method, ...args) {
    return this.ask("call", method, args);
  }

  async ask(door, method, args) {
    const answer = await (await this.fetch(`/${door}/${method}`, { method: "POST", body: JSON.stringify(args) })).json();
    if ("error" in answer) throw new Error(answer.error);
    return answer.answer;
  }

  /** Ends workerd where it stands: no handler runs, nothing is flushed. */
  kill() {
    if (this.#processes.length === 0) throw new Error("there is no workerd to kill");
    for (const process_ of this.#processes) process.kill(process_, "SIGKILL");
  }

  async stop() {
    await this.#worker?.dispose();
    this.#worker = undefined;
  }

  async restart() {
    await this.stop();
    return this.start();
  }

  async end() {
    await this.stop();
    rmSync(this.#storage, { recursive: true, force: true });
  }
}

/** The workerd processes that this one has started. */
function children() {
  const rows = execFileSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" }).trim().split("\n");
  return rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, parent, name]) => Number(parent) === process.pid && name.includes("workerd"))
    .map(([child]) => Number(child));
}
