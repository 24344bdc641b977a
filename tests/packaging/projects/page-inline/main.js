import { createEngine, init, restoreEngine } from "backorder/inline";
import { line } from "./line.js";

await init();
document.querySelector("#line").textContent = await line({ createEngine, restoreEngine });
