// The rows of the matrix: the project each is made of, and what is done with it.

import { createRequire } from "node:module";
import { copyFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lineOf, served } from "./browser.mjs";
import { follow } from "./follow.mjs";
import { GUIDES } from "./guides.mjs";
import { HERE, TARBALL, ran, versionOf, wasmIn } from "./workshop.mjs";

const NODE = process.execPath;
const node = `Node ${process.versions.node}`;
const bin = (name) => join(HERE, "node_modules", ".bin", name);

export const QUICK = [
  { name: "Node, import", project: "script", run: async (cwd) => ({ version: node, line: await ran(NODE, ["main.js"], { cwd }) }) },
  { name: "Node, require", project: "script", run: async (cwd) => ({ version: node, line: await ran(NODE, ["main.cjs"], { cwd }) }) },
  { name: "Vite, dev", project: "page", run: viteDev },
  { name: "Vite, build", project: "page", run: viteBuild },
  { name: "esbuild", project: "page-esbuild", run: esbuild },
  { name: "esbuild, inline", project: "page-inline", run: esbuildInline },
  { name: "esbuild, slim", project: "page-slim", run: esbuildSlim },
  { name: "Deno", project: "script", run: deno },
  { name: "workerd", project: "worker", run: workerd },
  ...guides(true),
];

export const WHOLE = [
  { name: "import map, no bundler", project: "page-map", run: importMap },
  { name: "webpack", project: "page", run: webpack },
  { name: "webpack, worker", project: "page-worker", run: webpack },
  { name: "Vite, dev, worker", project: "page-worker", run: viteDev },
  { name: "Vite, build, worker", project: "page-worker", run: viteBuild },
  { name: "Rollup", project: "page", run: rollup },
  { name: "Parcel", project: "page-parcel", run: parcel },
  { name: "Next, static export", project: "next", run: next },
  { name: "Bun", project: "script", run: bun },
  ...guides(false),
  { name: "publint", project: "script", run: publint },
  { name: "are the types wrong", run: typesWrong },
  ...readdirSync(join(HERE, "node_modules"))
    .filter((tool) => tool.startsWith("typescript-"))
    .sort()
    .map((compiler) => ({ name: `tsc --strict ${compiler.slice(11)}`, project: "types", run: (cwd) => types(compiler, cwd) })),
];

/** They are projects that their readers make. */
function guides(isQuick) {
  const some = GUIDES.filter((guide) => (guide.isQuick ?? false) === isQuick);
  return some.map((guide) => ({ name: guide.name, run: async () => (await follow(guide)) ?? {} }));
}

async function viteDev(root) {
  const { createServer, version } = await import("vite");
  const server = await createServer({ root, configFile: false, logLevel: "error", server: { port: 0, host: "127.0.0.1" } });
  try {
    await server.listen();
    return { version: `Vite ${version}`, line: await lineOf(server.resolvedUrls.local[0]) };
  } finally {
    await server.close();
  }
}

async function viteBuild(root) {
  const { build, version } = await import("vite");
  await build({ root, configFile: false, logLevel: "error" });
  return { version: `Vite ${version}`, ...(await page(join(root, "dist"))) };
}

async function esbuild(root) {
  const [version, outdir] = await builtByEsbuild(root);
  return { version, ...(await page(outdir)) };
}

/** The one wasm is text in the script: there is no file, and the page fetches none. */
async function esbuildInline(root) {
  const [version, outdir] = await builtByEsbuild(root);
  if (readdirSync(outdir).some((name) => name.endsWith(".wasm"))) throw new Error("it emitted a wasm file");
  return { version, line: await served(outdir, (url) => lineOf(url, 0)), wasm: wasmIn(outdir) };
}

/** The bundle has no wasm; the one that there is was put beside it by hand. */
async function esbuildSlim(root) {
  const [version, outdir] = await builtByEsbuild(root);
  if (wasmIn(outdir) !== 0) throw new Error("it emitted a wasm file");
  copyFileSync(join(root, "node_modules/backorder/dist/wasm/backorder_bg.wasm"), join(outdir, "elsewhere.wasm"));
  return { version, ...(await page(outdir)) };
}

async function builtByEsbuild(root) {
  const { build, version } = await import("esbuild");
  const outdir = join(root, "dist");
  await build({
    entryPoints: [join(root, "main.js"), join(root, "index.html")],
    bundle: true,
    format: "esm",
    target: "es2022",
    loader: { ".wasm": "file", ".html": "copy" },
    outdir,
    logLevel: "silent",
  });
  return [`esbuild ${version}`, outdir];
}

async function deno(cwd) {
  const [version] = (await ran(bin("deno"), ["--version"])).split(" (");
  return { version, line: await ran(bin("deno"), ["run", "--allow-read", "main.js"], { cwd }) };
}

async function workerd(root) {
  const { bundled, modulesOf, COMPATIBILITY_DATE, WORKERD } = await import("./edge/host.mjs");
  const { Miniflare } = await import("miniflare");
  const directory = await bundled(join(root, "main.js"));
  const worker = new Miniflare({ ...modulesOf(directory), compatibilityDate: COMPATIBILITY_DATE });
  try {
    const answer = await worker.dispatchFetch("http://shop.example/");
    return { version: `workerd ${WORKERD}`, line: await answer.text(), wasm: wasmIn(directory) };
  } finally {
    await worker.dispose();
  }
}

async function importMap(root) {
  return { line: await served(root, lineOf) };
}

async function webpack(root) {
  const require = createRequire(import.meta.url);
  const compile = require("webpack");
  const output = { path: join(root, "dist-webpack") };
  // It warns of whatever has more than 244 KiB as it stands.
  const settings = { mode: "production", performance: { hints: false } };
  const compiler = compile({ context: root, entry: "./main.js", output, ...settings });
  await new Promise((resolve, reject) =>
    compiler.run((error, stats) => {
      const wrong = error ?? (stats.hasErrors() || stats.hasWarnings() ? new Error(stats.toString("errors-warnings")) : undefined);
      compiler.close(() => (wrong === undefined ? resolve() : reject(wrong)));
    }),
  );
  return { version: `webpack ${compile.version}`, ...(await page(output.path, root)) };
}

async function rollup(root) {
  const { rollup, VERSION } = await import("rollup");
  const { nodeResolve } = await import("@rollup/plugin-node-resolve");
  const { importMetaAssets } = await import("@web/rollup-plugin-import-meta-assets");
  const onwarn = ({ message }) => {
    throw new Error(message);
  };
  const plugins = [nodeResolve({ browser: true }), importMetaAssets()];
  const bundle = await rollup({ input: join(root, "main.js"), plugins, onwarn });
  const dir = join(root, "dist-rollup");
  await bundle.write({ dir, format: "es" });
  await bundle.close();
  return { version: `Rollup ${VERSION}`, ...(await page(dir, root)) };
}

async function parcel(root) {
  const settings = ["--no-cache", "--no-source-maps", "--dist-dir", "dist", "--public-url", "/"];
  await ran(bin("parcel"), ["build", "index.html", ...settings], { cwd: root });
  return { version: `Parcel ${versionOf("parcel")}`, ...(await page(join(root, "dist"))) };
}

async function next(root) {
  await ran(bin("next"), ["build"], { cwd: root, env: { NEXT_TELEMETRY_DISABLED: "1", CI: "1", NODE_ENV: "production" } });
  const out = join(root, "out");
  // Next puts scripts into the page itself, which a policy would have to name.
  return { version: `Next ${versionOf("next")}`, line: await served(out, lineOf, false), wasm: wasmIn(out) };
}

async function bun(cwd) {
  const version = `Bun ${await ran(bin("bun"), ["--version"])}`;
  return { version, line: await ran(bin("bun"), ["run", "main.js"], { cwd }) };
}

/** What a bundler emitted, with the page of the project where it emitted none. */
async function page(directory, root) {
  if (root !== undefined) {
    const { readFileSync } = await import("node:fs");
    writeFileSync(join(directory, "index.html"), readFileSync(join(root, "index.html")));
  }
  return { line: await served(directory, lineOf), wasm: wasmIn(directory) };
}

async function publint(root) {
  const { publint } = await import("publint");
  const { formatMessage } = await import("publint/utils");
  const { messages, pkg } = await publint({ pkgDir: join(root, "node_modules/backorder"), strict: true });
  if (messages.length > 0) throw new Error(messages.map((message) => formatMessage(message, pkg)).join("\n"));
  return { version: `publint ${versionOf("publint")}` };
}

/** That CommonJS gets an ES module is so on purpose: Node requires it all the same. */
async function typesWrong() {
  const wrong = "@arethetypeswrong/cli";
  await ran(bin("attw"), [TARBALL, "--profile", "esm-only", "--no-emoji"]);
  return { version: `attw ${versionOf(wrong)}` };
}

/** Declarations are checked too, which most projects leave out. */
async function types(compiler, root) {
  for (const [module, resolution] of [["esnext", "bundler"], ["node16", "node16"], ["nodenext", "nodenext"]]) {
    for (const [file, lib, types] of [["shop.ts", "es2022,dom", ""], ["edge.ts", "es2022", "@cloudflare/workers-types"]]) {
      const settings = { module, moduleResolution: resolution, target: "es2022", lib: lib.split(","), types: types ? [types] : [] };
      const compilerOptions = { ...settings, strict: true, exactOptionalPropertyTypes: true, skipLibCheck: types !== "", noEmit: true };
      writeFileSync(join(root, "tsconfig.json"), JSON.stringify({ compilerOptions, files: [file] }));
      await ran(NODE, [join(HERE, "node_modules", compiler, "lib", "tsc.js"), "--project", root]);
    }
  }
  return { version: `TypeScript ${versionOf(compiler)}` };
}
