/** The script of the package's own worker. */

import { serveEngine } from "./worker/serve.js";

serveEngine();
