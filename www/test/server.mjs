// The site as it was put together, served on this machine. SITE_DIR: where it stands.

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

export const SITE = process.env.SITE_DIR ?? fileURLToPath(new URL("../../target/site", import.meta.url));
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".mjs": "text/javascript",
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

/**
 * `pages`: pages of a test's own beside the site's, by path, under the strictest policy that the package works with. A
 * function is given what was sent to it.
 */
export async function serve(pages = {}) {
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    if (pages[path] !== undefined) {
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/html; charset=utf-8", "content-security-policy": POLICY });
      response.end(typeof pages[path] === "function" ? pages[path](await text(request)) : pages[path]);
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
