// The API reference of the built site: nothing that an entry exports is without words, or without its page.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const PACKAGE = fileURLToPath(new URL("..", import.meta.url));
const SITE = process.env.SITE_DIR ?? join(PACKAGE, "..", "target", "site");
const { exports } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));
const entries = Object.entries(exports).filter(([, { types }]) => types !== undefined);

/** What a file of declarations exports, with what it takes over from others but other entries, and whether a comment stands before it. */
function exported(file) {
  const text = readFileSync(file, "utf8");
  const own = [...text.matchAll(/^(.*)\nexport (?:(?:declare|abstract) )*(class|const|function|interface|type) (\w+)/gm)];
  const others = [...text.matchAll(/^export (?:type )?\* from "(.+)\.js";$/gm)];
  return [
    ...own.map(([, before, kind, name]) => ({ kind, name, file, isDescribed: before.endsWith("*/") })),
    ...others
      .map(([, other]) => join(dirname(file), `${other}.d.ts`))
      .filter((other) => !entries.some(([, { types }]) => join(PACKAGE, types) === other))
      .flatMap(exported),
  ];
}

const FOLDERS = { class: "classes", const: "variables", function: "functions", interface: "interfaces", type: "types" };

for (const [entry, { types }] of entries) {
  const name = `backorder${entry.slice(1)}`;
  test(`${name}: each export has a comment, and its page in the reference`, () => {
    assert.ok(readFileSync(join(PACKAGE, types), "utf8").includes(`\n * @module ${name}\n`), "its first comment says which it is");
    const all = exported(join(PACKAGE, types));
    assert.deepEqual(all.filter(({ isDescribed }) => !isDescribed), []);
    const id = name.replaceAll("/", "_");
    const pages = all.map(({ kind, name: symbol }) => `${FOLDERS[kind]}/${id}.${symbol}.html`);
    assert.deepEqual(pages.filter((page) => !existsSync(join(SITE, "reference", page))), []);
    const module = readFileSync(join(SITE, "reference", "modules", `${id}.html`), "utf8");
    assert.deepEqual(pages.filter((page) => !module.includes(`href="../${page}"`)), [], "linked from the entry's page");
    assert.match(module, /tsd-comment/);
  });
}

test("every way to export that the declarations know is seen by this test", () => {
  assert.ok(entries.flatMap(([, { types }]) => exported(join(PACKAGE, types))).length > 100);
  const lines = entries.flatMap(([, { types }]) => readFileSync(join(PACKAGE, types), "utf8").match(/^export .*/gm) ?? []);
  const known = /^export (?:(?:declare|abstract) )*(?:class|const|function|interface|type) \w|^export (?:type )?\* from |^export \{\};$|^export default module;$/;
  assert.deepEqual(lines.filter((line) => !known.test(line)), []);
});
