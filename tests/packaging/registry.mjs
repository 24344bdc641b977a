// A registry on this machine that knows the packed package, and of others the one version that the lock names. So a guide's
// `npm install` runs as it is written, and always has the same result. What the lock names npm has in its cache.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { HERE, TARBALL, npm, ran } from "./workshop.mjs";

const TARBALL_PATH = /^\/(?<name>(?:@[^/]+\/)?[^/]+)\/-\/[^/]+\.tgz$/;

/** Serves as long as `use` lasts, which is given the registry's address. */
export async function withRegistry(use) {
  const [packages, upstream] = [known(), (await ran(npm, ["config", "get", "registry"], { cwd: HERE })).replace(/\/$/, "")];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const asked = TARBALL_PATH.exec(path)?.groups.name;
    if (asked === "backorder") return response.end(readFileSync(TARBALL));
    if (asked !== undefined) return response.writeHead(302, { location: `${upstream}${request.url}` }).end();
    const versions = packages.get(path.slice(1));
    if (versions === undefined) return response.writeHead(404).end();
    response.setHeader("content-type", "application/json");
    response.setHeader("cache-control", "no-store");
    response.end(JSON.stringify(packument(path.slice(1), versions, `http://${request.headers.host}`)));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** By name: what is known of each version, the one at the top of the tree first. */
function known() {
  const packages = new Map();
  const { packages: locked } = JSON.parse(readFileSync(join(HERE, "package-lock.json"), "utf8"));
  const byDepth = Object.entries(locked).filter(([path]) => path !== "");
  byDepth.sort(([one], [other]) => one.split("node_modules/").length - other.split("node_modules/").length);
  for (const [path, entry] of byDepth) {
    const name = entry.name ?? path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
    packages.set(name, { ...packages.get(name), [entry.version]: { ...packages.get(name)?.[entry.version], ...entry } });
  }
  const integrity = `sha512-${createHash("sha512").update(readFileSync(TARBALL)).digest("base64")}`;
  const manifest = JSON.parse(readFileSync(join(HERE, "edge/node_modules/backorder/package.json"), "utf8"));
  return packages.set("backorder", { [manifest.version]: { ...manifest, integrity } });
}

function packument(name, versions, origin) {
  const file = name.slice(name.indexOf("/") + 1);
  const all = Object.entries(versions).map(([version, { integrity, ...manifest }]) => {
    const tarball = `${origin}/${name}/-/${file}-${version}.tgz`;
    return [version, { ...manifest, name, version, dist: { tarball, integrity } }];
  });
  return { name, "dist-tags": { latest: all[0][0] }, versions: Object.fromEntries(all) };
}
