// For browsers: serves this directory, and has a browser open it by way of its driver.
//
// browser.mjs ENGINE HISTORY

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { Browser } from "./webdriver.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const TYPES = { ".js": "text/javascript", ".mjs": "text/javascript", ".wasm": "application/wasm" };
/** Plays, and sends here what came out. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>digest</title>
<script type="importmap">{ "imports": { "backorder": "/node_modules/backorder/dist/browser.js" } }</script>
<script type="module">
  const told = (result) => fetch("/played", { method: "POST", body: JSON.stringify(result) });
  try {
    const { play } = await import("/play.mjs");
    await told(await play(await (await fetch("/history")).text()));
  } catch (error) {
    await told({ failed: error + " " + error?.stack });
  }
</script>`;
const SECONDS_TO_PLAY = 600;

const [engine, history] = process.argv.slice(2);

let settle;
const played = new Promise((resolve) => (settle = resolve));
const site = await serve();
try {
  const browser = await Browser.open(JSON.parse(engine));
  try {
    await browser.visit(`http://127.0.0.1:${site.address().port}/`);
    console.log(JSON.stringify({ version: browser.version, ...(await result()) }));
  } finally {
    await browser.close();
  }
} finally {
  site.close();
}

async function serve() {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    try {
      if (path === "/played") settle(JSON.parse(await text(request)));
      const body = await contentOf(path);
      response.writeHead(200, { "content-type": path === "/" ? "text/html" : (TYPES[extname(path)] ?? "text/plain") });
      response.end(body);
    } catch {
      response.writeHead(404);
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

async function contentOf(path) {
  if (path === "/") return PAGE;
  if (path === "/played") return "";
  return readFile(path === "/history" ? history : join(HERE, normalize(path)));
}

async function result() {
  const late = new Promise((resolve) => setTimeout(resolve, SECONDS_TO_PLAY * 1_000, { failed: "it never ended" }).unref());
  const result = await Promise.race([played, late]);
  if (result.failed !== undefined) throw new Error(result.failed);
  return result;
}
