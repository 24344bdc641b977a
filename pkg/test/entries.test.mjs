import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

const PACKAGE = new URL("..", import.meta.url);
const entry = (name) => new URL(`dist/${name}.js`, PACKAGE).href;
const WASM = new URL("dist/wasm/backorder_bg.wasm", PACKAGE);
const manifest = JSON.parse(readFileSync(new URL("package.json", PACKAGE), "utf8"));

/** Runs a module in a Node of its own, where nothing is loaded yet, and gives what it prints. */
async function run(code, ...flags) {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [
    ...flags,
    "--no-warnings",
    "--input-type=module",
    "--eval",
    code,
  ]);
  assert.equal(stderr, "");
  return stdout.trim();
}

const USE = `
  const engine = backorder.createEngine();
  engine.apply({ type: "defineItem", sku: "lamp" }, 0);
  engine.apply({ type: "receive", sku: "lamp", quantity: 2 }, 0);
  engine.apply({ type: "placeOrder", order: backorder.newId(), lines: [{ sku: "lamp", quantity: 5 }] }, 0);
  const { allocated, backordered } = engine.position("lamp");
  console.log(allocated, backordered);
`;
const USED = "2 3";

/** What must never happen: fetching, on Node; compiling bytes, at the edge. */
const NO_FETCH = `globalThis.fetch = () => { throw new Error("fetched"); };`;
const NO_COMPILING = `
  const { Module } = WebAssembly;
  WebAssembly.Module = new Proxy(Module, { construct() { throw new Error("compiled"); } });
`;

/**
 * Has Node import \`.wasm\` files as edge hosts do: as the compiled module, whatever stands after a "?". Of what workerd has
 * built in there is as much as a class needs to stand on.
 */
const EDGE_LOADER = `data:text/javascript,${encodeURIComponent(`
  import { register } from "node:module";
  const hooks = \`
    export async function resolve(specifier, context, next) {
      if (!specifier.startsWith("cloudflare:")) return next(specifier, context);
      return { url: "data:text/javascript,export class DurableObject {}", shortCircuit: true };
    }
    export async function load(url, context, next) {
      const [file] = url.split("?");
      if (!file.endsWith(".wasm")) return next(url, context);
      const source = 'import { readFileSync } from "node:fs";' +
        'export default new WebAssembly.Module(readFileSync(new URL("' + file + '")));';
      return { format: "module", source, shortCircuit: true };
    }
  \`;
  register("data:text/javascript," + encodeURIComponent(hooks));
`)}`;

let server;
let origin;
before(async () => {
  server = createServer((request, response) => {
    const found = request.url === "/backorder_bg.wasm" || request.url === "/typeless";
    if (!found) return response.writeHead(404).end("<!doctype html>not found");
    if (request.url !== "/typeless") response.setHeader("content-type", "application/wasm");
    response.end(readFileSync(WASM));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

test("Node: nothing to call, nothing fetched, by the package's own name", async () => {
  const code = `${NO_FETCH} import * as backorder from "backorder"; ${USE}`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], { cwd: PACKAGE });
  assert.equal(stdout.trim(), USED);
});

test("Node: init is allowed, gives one promise, and takes a source", async () => {
  const load = `import * as backorder from "${entry("node")}"; import { readFileSync } from "node:fs"; ${NO_FETCH}`;
  for (const source of [
    "",
    `new URL("${WASM}")`,
    `"${WASM}"`,
    `readFileSync(new URL("${WASM}"))`,
    `new WebAssembly.Module(readFileSync(new URL("${WASM}")))`,
    `new Response(readFileSync(new URL("${WASM}")))`,
  ]) {
    const code = `${load} if (backorder.init(${source}) !== backorder.init()) throw 1; await backorder.init(); ${USE}`;
    assert.equal(await run(code), USED, source);
  }
  const failing = `${load} await backorder.init("/no/such.wasm").catch((error) => console.log(error.code)); ${USE}`;
  assert.equal(await run(failing), `NOT_INITIALISED\n${USED}`);
});

test("browser: before init every door says what to call", async () => {
  const code = `
    import * as backorder from "${entry("browser")}";
    const doors = [() => backorder.createEngine(), () => backorder.restoreEngine(new Uint8Array()), () => backorder.newId()];
    for (const door of doors) try { door(); } catch (error) {
      if (!(error instanceof backorder.BackorderError) || !/init\\(\\)/.test(error.message)) throw error;
      console.log(error.code);
    }
  `;
  assert.equal(await run(code), "NOT_INITIALISED\n".repeat(3).trim());
});

test("browser: init takes every kind of source, once, with no warning", async () => {
  const load = `
    import * as backorder from "${entry("browser")}"; import { readFileSync } from "node:fs";
    const bytes = readFileSync(new URL("${WASM}"));
  `;
  for (const source of [
    `"${origin}/backorder_bg.wasm"`,
    `new URL("${origin}/backorder_bg.wasm")`,
    `await fetch("${origin}/backorder_bg.wasm")`,
    `new Response(bytes)`,
    `bytes`,
    `bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)`,
    `new WebAssembly.Module(bytes)`,
  ]) {
    const code = `${load}
      const first = backorder.init(${source});
      if (first !== backorder.init()) throw new Error("another promise");
      if ((await first) !== undefined || first !== backorder.init()) throw new Error("another promise");
      ${USE}`;
    if (source === "new Response(bytes)") {
      // Without its media type a response loads all the same; the host warns of the slower way.
      const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code]);
      assert.equal(stdout.trim(), USED, source);
    } else {
      assert.equal(await run(code), USED, source);
    }
  }
});

test("browser: a failure says why, and the next init tries again", async () => {
  const code = `
    import * as backorder from "${entry("browser")}";
    const failed = (error) => console.log(error.code, /404/.test(error.message));
    await backorder.init("${origin}/elsewhere.wasm").catch(failed);
    await backorder.init(new Uint8Array(9)).catch((error) => console.log(error.code));
    await backorder.init("${origin}/backorder_bg.wasm");
    ${USE}`;
  assert.equal(await run(code), `NOT_INITIALISED true\nNOT_INITIALISED\n${USED}`);
});

test("inline: its own bytes, which are the file's, and nothing fetched", async () => {
  const code = `${NO_FETCH} import * as backorder from "backorder/inline";
    try { backorder.createEngine(); } catch (error) { console.log(error.code); }
    if (backorder.init() !== backorder.init()) throw 1; await backorder.init(); ${USE}`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], { cwd: PACKAGE });
  assert.equal(stdout.trim(), `NOT_INITIALISED\n${USED}`);
  const { default: base64 } = await import(entry("wasm/inlined"));
  assert.ok(Buffer.from(base64, "base64").equals(readFileSync(WASM)));
  for (const [path, target] of Object.entries(manifest.exports)) {
    const files = Object.values(typeof target === "string" ? { target } : target).flatMap((file) => reachable(file));
    assert.equal(files.includes("dist/wasm/inlined.js"), path === "./inline", path);
  }
});

test("slim: says that it has nothing to load, takes what it is given, and leads no tool to the file", async () => {
  const code = `import * as backorder from "backorder/slim";
    await backorder.init().catch((error) => console.log(error.code, /backorder\\/slim/.test(error.message)));
    await backorder.init("${origin}/backorder_bg.wasm"); ${USE}`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], { cwd: PACKAGE });
  assert.equal(stdout.trim(), `NOT_INITIALISED true\n${USED}`);
  for (const file of reachable("./dist/slim.js").filter((file) => !file.endsWith("wasm/backorder.js"))) {
    assert.doesNotMatch(readFileSync(new URL(file, PACKAGE), "utf8"), /import\.meta|_bg\.wasm/, file);
  }
});

for (const name of ["workerd", "edge-light"]) {
  test(`${name}: the imported module is used, nothing compiled or fetched, nothing to call`, async () => {
    const code = `
      const backorder = await import("${entry(name)}");
      ${NO_COMPILING} ${NO_FETCH}
      if (backorder.init() !== backorder.init()) throw 1;
      await backorder.init(); ${USE}`;
    assert.equal(await run(code, "--import", EDGE_LOADER), USED);
    const bytes = `
      const backorder = await import("${entry(name)}");
      await backorder.init(new Uint8Array(9)).catch((error) => console.log(error.code));
      await backorder.init(); ${USE}`;
    assert.equal(await run(bytes, "--import", EDGE_LOADER), `NOT_INITIALISED\n${USED}`);
  });
}

test("every entry exports what the declarations declare", async () => {
  for (const [file, count, names] of [
    ["index.d.ts", 7, ["browser", "node", "workerd", "edge-light", "inline", "slim"]],
    ["formats.d.ts", 20, ["formats"]],
    ["messages.d.ts", 10, ["messages"]],
    ["sheet.d.ts", 3, ["sheet"]],
    ["durable-object.d.ts", 2, ["durable-object"]],
    ["element.d.ts", 6, ["element"]],
    ["worker.d.ts", 2, ["worker"]],
    ["outbox.d.ts", 7, ["outbox"]],
    ["store.d.ts", 5, ["store-browser", "store-node", "store-workerd", "store-edge-light"]],
  ]) {
    const declarations = readFileSync(new URL(file, PACKAGE), "utf8");
    const declared = [...declarations.matchAll(/^export (?:const|function|class) (\w+)/gm)].map((match) => match[1]);
    assert.equal(declared.length, count);
    for (const name of names) {
      const code = `console.log(JSON.stringify(Object.keys(await import("${entry(name)}")).sort()))`;
      assert.deepEqual(JSON.parse(await run(code, "--import", EDGE_LOADER)), declared.sort(), name);
    }
  }
});

test("formats, element and messages: by the package's own name, with no WebAssembly at all, and nothing is left to a later import", async () => {
  const code = `
    for (const name of ["Module", "Instance", "compile", "instantiate"]) delete WebAssembly[name];
    ${NO_FETCH} const { civilDay } = await import("backorder/formats"); console.log(civilDay(0));
    console.log((await import("backorder/element")).ETA_TEXTS.de.inStock);
    console.log((await import("backorder/messages")).smsLength("€").units);`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], { cwd: PACKAGE });
  assert.equal(stdout.trim(), "1970-01-01\nAuf Lager\n2");
  for (const file of ["formats", "element", "messages"].flatMap((name) => reachable(`./dist/${name}.js`))) {
    assert.match(file, /^dist\/((formats|element|messages)(\/[a-z-]+)?|check|errors|html|plain)\.js$/);
  }
});

test("what does something when it is imported is named, and nothing else does", async () => {
  assert.deepEqual(manifest.sideEffects, ["./dist/worker-script.js"]);
  const scripts = readdirSync(new URL("dist", PACKAGE), { recursive: true }).filter((file) => file.endsWith(".js"));
  const quiet = scripts.filter((file) => file !== "worker-script.js").map((file) => new URL(`dist/${file}`, PACKAGE).href);
  const code = `
    for (const name of ["addEventListener", "postMessage", "fetch", "setTimeout", "queueMicrotask"]) {
      globalThis[name] = () => { throw new Error(name); };
    }
    const before = Object.getOwnPropertyNames(globalThis);
    for (const file of ${JSON.stringify(quiet)}) await import(file);
    console.log(Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name)).join());`;
  assert.equal(await run(code, "--import", EDGE_LOADER), "");
  const worker = `
    const heard = []; globalThis.addEventListener = (type) => heard.push(type);
    await import("${entry("worker-script")}"); console.log(heard.join());`;
  assert.equal(await run(worker), "message");
});

test("the README's table has every entry that the manifest has", () => {
  const readme = readFileSync(new URL("../README.md", PACKAGE), "utf8");
  const named = [...readme.matchAll(/^\| `(backorder[a-z/-]*)` \|/gm)].map(([, name]) => name);
  const entries = Object.keys(manifest.exports).filter((path) => path !== "./package.json");
  assert.deepEqual(named.sort(), entries.map((path) => `backorder${path.slice(1)}`).sort());
});

test("a store's entries have their host's engine, and files are for those that have them", () => {
  for (const host of ["browser", "node", "workerd", "edge-light"]) {
    const files = reachable(`./dist/store-${host}.js`);
    assert.ok(files.includes(`dist/${host}.js`));
    assert.equal(files.some((file) => /^dist\/store\/file/.test(file)), host === "node");
  }
});

test("sheet: by the package's own name, with no WebAssembly at all, and nothing else of the package", async () => {
  const code = `
    delete globalThis.WebAssembly;
    ${NO_FETCH} const { DEFAULT_MAX_AGE } = await import("backorder/sheet"); console.log(DEFAULT_MAX_AGE);`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], { cwd: PACKAGE });
  assert.equal(stdout.trim(), "900000");
  for (const file of reachable("./dist/sheet.js")) assert.match(file, /^dist\/sheet(\/[a-z]+)?\.js$/);
});

test("outbox: by the package's own name, with no WebAssembly at all, and no mailer", async () => {
  const code = `
    delete globalThis.WebAssembly;
    ${NO_FETCH} const { PUSH_PAYLOAD_BYTES } = await import("backorder/outbox"); console.log(PUSH_PAYLOAD_BYTES);`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], { cwd: PACKAGE });
  assert.equal(stdout.trim(), "3993");
  for (const file of reachable("./dist/outbox.js")) {
    assert.match(file, /^dist\/(outbox(\/[a-z-]+)?|formats\/[a-z-]+|store\/error|check|errors|plain)\.js$/);
  }
});

test("the packed package holds all that its manifest leads to, and no sources", async () => {
  const shell = process.platform === "win32";
  const { stdout } = await promisify(execFile)("npm", ["pack", "--dry-run", "--json"], { cwd: PACKAGE, shell });
  const packed = JSON.parse(stdout)[0].files.map(({ path }) => path);
  const byName = Object.values(manifest.exports);
  const targets = byName.flatMap((target) => (typeof target === "string" ? target : Object.values(target)));
  for (const file of new Set(targets.flatMap((target) => reachable(target)))) assert.ok(packed.includes(file), file);
  assert.deepEqual(packed.filter((file) => /^(src|test)\//.test(file)), []);
});

/** A file of the package and, if it is a script, all that it imports, as paths in the package. */
function reachable(target, found = new Set()) {
  const url = new URL(target, PACKAGE);
  const path = url.href.slice(PACKAGE.href.length);
  if (found.has(path)) return [];
  found.add(path);
  const script = path.endsWith(".js") ? readFileSync(url, "utf8") : "";
  for (const [, specifier] of script.matchAll(/(?:from|import) "(\.[^"?]*)/g)) {
    reachable(new URL(specifier, url), found);
  }
  return [...found];
}

test("what the manifest names is there, types first, and the browser's files name one wasm once", () => {
  const there = (path) => readFileSync(new URL(path, PACKAGE));
  for (const [path, target] of Object.entries(manifest.exports)) {
    if (typeof target === "string") there(target);
    else {
      if (path === ".") assert.equal(Object.keys(target).at(-1), "default");
      assert.equal(Object.keys(target)[0], "types");
      Object.values(target).forEach(there);
    }
  }
  const scripts = readdirSync(new URL("dist", PACKAGE), { recursive: true }).filter((file) => file.endsWith(".js"));
  const reachable = scripts.filter((file) => !["node.js", "workerd.js", "edge-light.js"].includes(file));
  const urls = reachable.flatMap((file) => there(`dist/${file}`).toString().match(/new URL\([^()]*import\.meta\.url\)/g) ?? []);
  const worker = 'new URL("../worker-script.js", import.meta.url)';
  assert.deepEqual(urls.sort(), [worker, 'new URL("./wasm/backorder_bg.wasm", import.meta.url)'].sort());
});
