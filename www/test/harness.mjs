// The assembled site, served and opened in Chromium. SITE_DIR: where the site stands; CHROMIUM: the browser.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const SITE = process.env.SITE_DIR ?? fileURLToPath(new URL("../../target/site", import.meta.url));
const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
  ".md": "text/plain",
};

/** Scripts as the README says that they must be allowed, nothing inline, and the test's own style sheets. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "worker-src 'self'",
  "img-src 'self'",
  "style-src 'self'",
].join("; ");

/** `pages`: pages of a test's own beside the site's, by path, under the strictest policy that the package works with. */
export async function serve(pages = {}) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    if (pages[path] !== undefined) {
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/html; charset=utf-8", "content-security-policy": POLICY });
      response.end(pages[path]);
      return;
    }
    const file = join(SITE, path.endsWith("/") ? `${path}index.html` : path);
    try {
      const body = await readFile(file);
      response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
      response.end(body);
    } catch {
      response.writeHead(404);
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

export const launch = () => chromium.launch({ executablePath: CHROMIUM, args: QUIET });

/** One browser for a file of tests; each visit is a new profile, so nothing is left over from the last. */
export class Visitors {
  static async arrive() {
    const [server, browser] = await Promise.all([serve(), launch()]);
    return new Visitors(server, browser);
  }

  constructor(server, browser) {
    this.server = server;
    this.browser = browser;
    this.address = `http://127.0.0.1:${server.address().port}/`;
  }

  /** A visit fails on anything that the browser complains about, at its end. */
  async visit({ width = 1440, height = 900, scheme = "light", hash = "", prepare = async () => {} } = {}, act) {
    const context = await this.browser.newContext({ viewport: { width, height }, colorScheme: scheme });
    const complaints = [];
    const open = async (at = hash) => {
      const page = await context.newPage();
      page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      await prepare(page);
      await page.goto(this.address + at);
      await ready(page);
      return page;
    };
    try {
      await act(await open(), { context, open, complaints });
    } finally {
      await context.close();
    }
    if (complaints.length > 0) throw new Error(`The browser complained: ${complaints.join("; ")}`);
  }

  async leave() {
    await this.browser.close();
    this.server.close();
  }
}

export async function ready(page) {
  await page.waitForFunction(() => document.querySelector("main")?.hasAttribute("aria-busy") === false);
}

/** After the next frame the views are up to date. */
export const settled = (page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

export const text = async (page, selector) =>
  (await page.locator(selector).first().innerText()).replaceAll(/\s+/g, " ").trim();

/** The number that a text begins with or holds: "1,104 units" is 1104. */
export const number = (words) => Number(/[\d,]+/.exec(words)[0].replaceAll(",", ""));
