// Pages in Chromium, under the policy that the README names.

import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { existsSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { chromium } from "playwright-core";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".wasm": "application/wasm" };

let browser;

async function launched() {
  browser ??= await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
  return browser;
}

/** What goes wrong in a page, as it goes wrong. */
function complaintsOf(page) {
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
  return complaints;
}

/** A page on a phone, in English, whose clock is set, and what it complains about. */
export async function opened(url, { at }) {
  const viewport = { width: 390, height: 260 };
  const context = await (await launched()).newContext({ viewport, deviceScaleFactor: 2, locale: "en-US", timezoneId: "UTC" });
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.clock.setFixedTime(at);
  await page.goto(url);
  return { page, complaints };
}

/** What a page says of the order, once it does; it must fetch one wasm, or so many, and have no error. */
export async function lineOf(url, fetched = 1) {
  const page = await (await launched()).newPage();
  const errors = complaintsOf(page);
  const wasm = new Set();
  page.on("requestfinished", (request) => /\.wasm(\?|$)/.test(request.url()) && wasm.add(request.url()));
  try {
    await page.goto(url);
    await page
      .waitForFunction(() => document.querySelector("#line")?.textContent, undefined, { timeout: 60_000 })
      .catch((error) => {
        throw new Error([error.message, ...errors].join("\n"));
      });
    const line = await page.textContent("#line");
    if (errors.length > 0) throw new Error(errors.join("\n"));
    if (wasm.size !== fetched) throw new Error(`the page fetched ${wasm.size} wasm files: ${[...wasm]}`);
    return line;
  } finally {
    await page.close();
  }
}

export async function closeBrowser() {
  await browser?.close();
}

/** Serves a directory to `use`, which is given its address. */
export async function served(directory, use, policy = true) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    let file = join(directory, decodeURIComponent(pathname));
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!existsSync(file)) return response.writeHead(404).end();
    const body = readFileSync(file);
    response.setHeader("content-type", TYPES[extname(file)] ?? "application/octet-stream");
    if (policy) response.setHeader("content-security-policy", policyOf(extname(file) === ".html" ? body.toString() : ""));
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** No inline script but an import map, which can be nowhere else and is named by its digest. */
function policyOf(html) {
  const maps = [...html.matchAll(/<script type="?importmap"?>([^]*?)<\/script>/g)];
  const digests = maps.map(([, map]) => ` 'sha256-${createHash("sha256").update(map).digest("base64")}'`);
  return `script-src 'self' 'wasm-unsafe-eval'${digests.join("")}`;
}
