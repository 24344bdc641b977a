/** For pages, and for the scripts of their workers. */

export type * from "../worker.js";
export { openWorker } from "./worker/open.js";
export { serveEngine } from "./worker/serve.js";
