// Prints { files, entries }: the sizes of the files named after it, and of each entry of the package with all that it
// imports, as a page gets it. [{ name, raw, gzip, brotli }]
import { readFileSync } from "node:fs";
import { posix } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

function sized(name, content) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
  };
  return {
    name,
    raw: content.length,
    gzip: gzipSync(content, { level: 9 }).length,
    brotli: brotliCompressSync(content, { params }).length,
  };
}

/** A script and all scripts that it imports, each once, without their comments on where their source maps are. */
function reached(file, found = new Map()) {
  if (found.has(file)) return found;
  const script = readFileSync(file, "utf8").replace(/^\/\/# sourceMappingURL=.*$/gm, "");
  found.set(file, script);
  for (const [, specifier] of script.matchAll(/(?:from|import) "(\.[^"?]*\.js)"/g)) {
    reached(posix.join(posix.dirname(file), specifier), found);
  }
  return found;
}

const { exports } = JSON.parse(readFileSync("../package.json", "utf8"));
const scripts = Object.entries(exports).flatMap(([path, target]) => {
  const script = typeof target === "string" ? target : target.default;
  return script.endsWith(".js") ? [[posix.join("backorder", path), script.replace("./dist/", "")]] : [];
});
const entries = scripts.map(([name, script]) => sized(name, Buffer.from([...reached(script).values()].join(""))));
const files = process.argv.slice(1).map((file) => sized(file, readFileSync(file)));
console.log(JSON.stringify({ files, entries }));
