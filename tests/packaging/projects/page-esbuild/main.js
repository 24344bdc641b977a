import { createEngine, init, restoreEngine } from "backorder";
import wasm from "backorder/wasm";
import { line } from "./line.js";

// esbuild leaves `new URL(…, import.meta.url)` alone; its loader "file" gives the address of what it emitted.
await init(new URL(wasm, import.meta.url));
document.querySelector("#line").textContent = await line({ createEngine, restoreEngine });
