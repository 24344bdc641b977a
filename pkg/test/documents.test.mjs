// The code in the project's documents: what runs here, and that all the rest runs elsewhere or says that it does not.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { blocksOf, documentsOf, isFollowed } from "../../tests/packaging/blocks.mjs";
import { GUIDES } from "../../tests/packaging/guides.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const PACKAGE = join(ROOT, "pkg");
const read = (path) => readFileSync(join(ROOT, path), "utf8");
const documents = documentsOf(ROOT).filter(({ blocks }) => blocks.length > 0);
const commands = new Set([...read("xtask/src/main.rs").matchAll(/\bname: "(\w+)"/g)].map(([, name]) => name));

for (const { path, blocks } of documents) {
  for (const { role, reason, line } of blocks) {
    if (role === "skipped") test(`${path}:${line}`, { skip: reason }, () => {});
  }
  if (isFollowed(blocks)) continue;

  const of = (role) => blocks.filter((block) => block.role === role);
  const code = of("node").map(({ text }) => text);
  if (code.length > 0) {
    test(`${path}: its JavaScript runs, one block after the other, and prints what stands below it`, async () => {
      const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code.join("\n")], {
        cwd: PACKAGE,
        // It prints dates as the reader's own zone has them.
        env: { ...process.env, TZ: "UTC" },
      });
      assert.equal(stdout, of("output").map(({ text }) => text).join(""));
    });
  }
  for (const { text, line } of of("shell")) {
    test(`${path}:${line}: commands of xtask, which there are`, () => {
      const named = text.trim().split("\n").map((command) => /^cargo xtask (\w+)(?: |$)/.exec(command)?.[1] ?? command);
      assert.deepEqual(named.filter((name) => !commands.has(name)), []);
    });
  }
  if (of("rustdoc").length > 0) {
    test(`${path}: its Rust is run with the crate's own examples`, () => {
      assert.ok(read("src/lib.rs").includes(`include_str!("../${path}")`));
    });
  }
  for (const { text, line } of of("cargo")) {
    test(`${path}:${line}: the crate's own version`, () => {
      const [, version] = /^version = "(\d+\.\d+)\.\d+"$/m.exec(read("Cargo.toml"));
      const named = text.match(/^backorder = (?:\{ version = )?"[\d.]+"/gm);
      assert.deepEqual(named?.map((entry) => /"(.+)"/.exec(entry)[1]), [version]);
    });
  }
  if (of("page").length > 0) {
    test(`${path}: its page is one of those that run in a browser`, () => {
      assert.match(read("www/test/documents.test.mjs"), new RegExp(`"${path}"`));
    });
  }
}

test("every document that is followed is a row of the packaging run, and no other", () => {
  const followed = documents.filter(({ blocks }) => isFollowed(blocks)).map(({ path }) => path);
  assert.deepEqual(GUIDES.map(({ path }) => path).sort(), followed);
});

test("every command of xtask that a document names is one", () => {
  assert.ok(commands.size > 9);
  for (const { path } of documentsOf(ROOT)) {
    const named = [...read(path).matchAll(/cargo xtask (\w+)/g)].map(([, name]) => name);
    assert.deepEqual(named.filter((name) => !commands.has(name) && name !== "help"), [], path);
  }
});

test("every link of a document to a file of the project leads there", () => {
  for (const { path } of documentsOf(ROOT)) {
    const links = [...read(path).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link]) => link);
    assert.deepEqual(links.filter((link) => !existsSync(join(ROOT, path, "..", link))), [], path);
  }
});

test("signs are read, and a block that nobody runs is refused", () => {
  const roles = (text) => blocksOf(text).map(({ role }) => role);
  const block = (language, ...lines) => ["```" + language, ...lines, "```", ""].join("\n");
  assert.deepEqual(roles(block("js", "1") + block("text", "1") + block("text", "2")), ["node", "output", "shown"]);
  assert.deepEqual(roles(block("sh", "ls") + block("", "a") + block("html", "<b>")), ["shell", "output", "page"]);
  assert.deepEqual(blocksOf(block("sh", "# not run by the tests: it costs", "buy"))[0].reason, "it costs");
  assert.deepEqual(blocksOf(block("html", "<!-- src/a.html -->", "<p>"))[0].file, "src/a.html");
  assert.deepEqual(blocksOf(block("js", "// main.js", "1"))[0].file, "main.js");
  assert.throws(() => blocksOf(block("cobol", "MOVE")), /nobody runs/);
  assert.throws(() => blocksOf("- one\n  " + block("js", "1")), /indented or open/);
});
