// For browsers: serves this directory, and has a browser open it by way of its driver (WebDriver, which Chromium and
// Firefox share).
//
// browser.mjs DRIVER CAPABILITIES HISTORY

import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createServer as createSocket } from "node:net";
import { extname, join, normalize } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

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
const SECONDS_TO_START = 60;

const [driver, capabilities, history] = process.argv.slice(2);

let settle;
const played = new Promise((resolve) => (settle = resolve));
const site = await serve();
const port = await freePort();
const driving = spawn(driver, [`--port=${port}`], { stdio: ["ignore", "ignore", "inherit"] });
try {
  const session = await begin(JSON.parse(capabilities));
  try {
    await ask("POST", `session/${session.sessionId}/url`, { url: `http://127.0.0.1:${site.address().port}/` });
    console.log(JSON.stringify({ version: session.capabilities.browserVersion, ...(await result()) }));
  } finally {
    await ask("DELETE", `session/${session.sessionId}`);
  }
} finally {
  driving.kill();
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

/** Only the driver itself can take a port and keep it; between asking and taking nobody else is likely to. */
async function freePort() {
  const socket = createSocket();
  await new Promise((resolve) => socket.listen(0, "127.0.0.1", resolve));
  const { port } = socket.address();
  await new Promise((resolve) => socket.close(resolve));
  return port;
}

/** The driver takes a moment until it listens. */
async function begin(alwaysMatch) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask("POST", "session", { capabilities: { alwaysMatch } });
    } catch (error) {
      if (!(error instanceof TypeError) || attempt === SECONDS_TO_START * 5 || driving.exitCode !== null) throw error;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function result() {
  const late = new Promise((resolve) => setTimeout(resolve, SECONDS_TO_PLAY * 1_000, { failed: "it never ended" }).unref());
  const result = await Promise.race([played, late]);
  if (result.failed !== undefined) throw new Error(result.failed);
  return result;
}

async function ask(method, path, body) {
  const headers = { "content-type": "application/json" };
  const sent = body && JSON.stringify(body);
  const answer = await fetch(`http://127.0.0.1:${port}/${path}`, { method, headers, body: sent });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`the driver says: ${value.error}: ${value.message}`);
  return value;
}
