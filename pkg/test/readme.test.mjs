import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { promisify } from "node:util";

const PACKAGE = new URL("..", import.meta.url);
const readme = readFileSync(new URL("../README.md", PACKAGE), "utf8");

test("the README's JavaScript runs, one block after the other, and prints what stands below it", async () => {
  const blocks = [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language, text]) => ({ language, text }));
  const code = blocks.filter(({ language }) => language === "js").map(({ text }) => text);
  const printed = blocks.filter(({ language }, index) => language === "text" && blocks[index - 1]?.language === "js");
  assert.ok(code.length >= 3 && printed.length >= 2);
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code.join("\n")], {
    cwd: PACKAGE,
    // It prints dates as the reader's own zone has them.
    env: { ...process.env, TZ: "UTC" },
  });
  assert.equal(stdout, printed.map(({ text }) => text).join(""));
});
