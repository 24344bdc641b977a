// For workerd, by way of Miniflare: the package as a Worker has it, the module compiled by the host.

import { createRequire } from "node:module";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Miniflare } from "miniflare";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const DIST = "node_modules/backorder/dist";

// The workerd that is nested under Miniflare is the one that runs.
const require = createRequire(createRequire(import.meta.url).resolve("miniflare"));
const { version } = require("workerd/package.json");

const worker = new Miniflare({
  modulesRoot: HERE,
  modules: [
    esModule("worker.mjs"),
    { type: "ESModule", path: "play.mjs", contents: bound("play.mjs") },
    ...readdirSync(DIST).filter((name) => name.endsWith(".js")).map((name) => esModule(`${DIST}/${name}`)),
    esModule(`${DIST}/wasm/backorder.js`),
    { type: "CompiledWasm", path: `${DIST}/wasm/backorder_bg.wasm` },
  ],
  compatibilityDate: "2026-04-01",
});
try {
  const answer = await worker.dispatchFetch("http://localhost/", {
    method: "POST",
    body: readFileSync(process.argv[2]),
  });
  if (!answer.ok) throw new Error(await answer.text());
  console.log(JSON.stringify({ version, ...(await answer.json()) }));
} finally {
  await worker.dispose();
}

function esModule(path) {
  return { type: "ESModule", path };
}

/** A bundler would follow the package's `workerd` condition; without one the name is bound here. */
function bound(path) {
  const { exports } = JSON.parse(readFileSync("node_modules/backorder/package.json", "utf8"));
  const entry = exports["."].workerd.replace("./", "./node_modules/backorder/");
  return readFileSync(path, "utf8").replace('from "backorder"', `from "${entry}"`);
}
