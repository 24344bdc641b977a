// For hosts that read files: Node, Deno and Bun. Says what came out as one line of JSON.

import { readFileSync } from "node:fs";
import { play } from "./play.mjs";

const version = globalThis.Deno?.version.deno ?? globalThis.Bun?.version ?? process.version.slice(1);
const played = await play(readFileSync(process.argv[2], "utf8"));
console.log(JSON.stringify({ version, ...played }));
