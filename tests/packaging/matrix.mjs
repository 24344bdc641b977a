// Installs the packed package into projects, has each quote and place an order, and prints a row for each.
// Its last line is the count; it fails where a row does.

import { installed, tidy } from "./workshop.mjs";
import { closeBrowser } from "./browser.mjs";
import { QUICK, WHOLE } from "./rows.mjs";

/** What every project must say of the order that it placed. */
export const EXPECTED = "limited 2 Fri, 04 Dec 2026; A-1: 2 allocated, 3 waiting, Fri, 04 Dec 2026";

const args = process.argv.slice(2);
const isQuick = args.includes("--quick");
const names = args.filter((arg) => !arg.startsWith("-")).map((name) => name.toLowerCase());
const all = isQuick ? QUICK : [...QUICK, ...WHOLE];
const rows = all.filter(({ name }) => names.length === 0 || names.some((asked) => name.toLowerCase().startsWith(asked)));

const counts = { passed: 0, failed: 0 };
const reasons = [];
for (const { name, project, run } of rows) {
  const began = Date.now();
  let [result, said] = ["passed", ""];
  try {
    const directory = project === undefined ? undefined : await installed(project);
    const { line, version = "", wasm } = await run(directory);
    if (line !== undefined && line !== EXPECTED) throw new Error(`it said: ${line}`);
    if (wasm !== undefined && wasm !== 1) throw new Error(`it emitted ${wasm} wasm files`);
    said = [version, ...(wasm === undefined ? [] : ["one wasm"])].filter(Boolean).join(", ");
  } catch (error) {
    result = "failed";
    reasons.push(`${name}: ${error.stdout ?? ""}${error.stderr ?? ""}${error.stack ?? error}`);
  }
  counts[result] += 1;
  const seconds = ((Date.now() - began) / 1_000).toFixed(1);
  console.log(`${name.padEnd(28)} ${result.padEnd(7)} ${seconds.padStart(6)} s  ${said}`);
}
await closeBrowser();
tidy();
for (const reason of reasons) console.log(`\n${reason}`);
console.log(`\n${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);
