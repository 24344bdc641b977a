// The package's tests that Node runs (pkg/test), here in a page: those that ask nothing of Node but what is beside this file.

import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { after, before, test } from "node:test";
import { Blank } from "./blank.mjs";

const ROOT = new URL("../../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, ROOT), "utf8");
const manifest = JSON.parse(read("pkg/package.json"));

/** The engine with nothing to call, as the tests know it from Node. */
const READY = 'import { init } from "/backorder/browser.js"; await init(); export * from "/backorder/browser.js";';
/** What stands for Node's own modules. */
const OF_NODE = ["node:assert/strict", "node:fs", "node:test"];
const PLACES = Object.fromEntries(OF_NODE.map((name) => [name, `/${name.replace(/[:/]/g, "-")}.js`]));

/** Where a page finds what a test imports; nothing, where that is Node's alone. */
function placeOf(specifier) {
  if (/^\.\.?\/.*\.mjs$/.test(specifier)) return specifier;
  if (specifier === "backorder" || /^(\.\.\/)+dist\/node\.js$/.test(specifier)) return "/ready.js";
  const entry = specifier.startsWith("backorder/") ? manifest.exports[`.${specifier.slice(9)}`]?.default : specifier;
  const built = /^[./]+dist\/(.*)$/.exec(entry ?? "");
  // What is another script in Node is that of browsers here.
  return built ? `/backorder/${built[1].replace(/-node\.js$/, "-browser.js")}` : PLACES[specifier];
}

const IMPORTS = /^((?:import|export) [^;]*?from |import )"([^"]+)"/gm;
const text = (file) => read(`pkg/test/${file}`);

/** What has no import of its own to know it by. */
const OF_NODE_ALONE = /\b(?:readdirSync|writeFileSync|setImmediate|Buffer|process)\b/;

/** Whether neither it nor another file of the tests that it imports needs more of Node than there is. */
function isForPages(file) {
  const isThere = (name) => (name.endsWith(".mjs") ? isForPages(join(dirname(file), name)) : placeOf(name) !== undefined);
  const names = [...text(file).matchAll(IMPORTS)].map(([, , name]) => name);
  return names.every(isThere) && !OF_NODE_ALONE.test(text(file));
}

const rewritten = (file) => text(file).replace(IMPORTS, (_, words, name) => `${words}"${placeOf(name)}"`);

const all = readdirSync(new URL("pkg/test", ROOT), { recursive: true }).filter((file) => file.endsWith(".mjs"));
const files = all.filter(isForPages);

let blank;
before(async () => {
  blank = await Blank.begin({
    "/ready.js": READY,
    "/tests/zones.json": read("tests/zones.json"),
    ...Object.fromEntries(OF_NODE.map((name) => [PLACES[name], readFileSync(new URL(`.${PLACES[name]}`, import.meta.url), "utf8")])),
    ...Object.fromEntries(files.map((file) => [`/pkg/test/${file}`, rewritten(file)])),
  });
});
after(() => blank.end());

for (const file of files.filter((file) => file.endsWith(".test.mjs"))) {
  test(file, async (here) => {
    await blank.visit(async (open) => {
      const page = await open();
      const names = await page.evaluate(async (file) => {
        await import(`/pkg/test/${file}`);
        const { tests } = await import("/node-test.js");
        globalThis.tests = tests;
        return tests.map(({ name }) => name);
      }, file);
      if (names.length === 0) throw new Error("there is no test in it");
      for (const [index, name] of names.entries()) {
        await here.test(name, () => page.evaluate((index) => tests[index].run(), index));
      }
    });
  });
}
