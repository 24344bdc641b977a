import { createEngine, init, restoreEngine } from "backorder/slim";
import { line } from "./line.js";

await init("/elsewhere.wasm");
document.querySelector("#line").textContent = await line({ createEngine, restoreEngine });
