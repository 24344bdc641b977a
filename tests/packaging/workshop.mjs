// Throw-away projects, each with the packed package as its only dependency. The tools are found in the directory above.

import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

export const HERE = fileURLToPath(new URL(".", import.meta.url));
export const TARBALL = join(HERE, "backorder.tgz");
export const MADE = join(HERE, "made");
export const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** Runs a program to its end, and gives what it prints. */
export async function ran(program, args, options = {}) {
  const { stdout } = await promisify(execFile)(program, args, {
    maxBuffer: 64_000_000,
    ...options,
    env: { ...process.env, NO_COLOR: "1", ...options.env },
  });
  return stdout.trim();
}

/** The version of a tool, as its package says. */
export function versionOf(name) {
  return JSON.parse(readFileSync(join(HERE, "node_modules", name, "package.json"), "utf8")).version;
}

/** The directory of a project of `projects`, into which npm has put the tarball: made once a run. */
const made = new Map();
export function installed(name) {
  if (!made.has(name)) made.set(name, make(name));
  return made.get(name);
}

async function make(name) {
  const directory = join(MADE, name);
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  cpSync(join(HERE, "projects", name), directory, { recursive: true });
  cpSync(join(HERE, "projects", "line.js"), join(directory, "line.js"));
  try {
    statSync(join(directory, "package.json"));
  } catch {
    writeFileSync(join(directory, "package.json"), JSON.stringify({ name, private: true, type: "module" }));
  }
  await ran(npm, ["install", "--offline", "--ignore-scripts", TARBALL], { cwd: directory });
  return directory;
}

export function tidy() {
  rmSync(MADE, { recursive: true, force: true });
}

/** How many wasm files there are below a directory, by their content. */
export function wasmIn(directory) {
  let count = 0;
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(entry.parentPath ?? entry.path, entry.name));
    if (bytes.subarray(0, 4).equals(Buffer.from("\0asm"))) count += 1;
    // One that was put into a script as text is one too many as well.
    if (/\.(m?js|css|html)$/.test(entry.name)) count += bytes.toString("latin1").split("AGFzbQEAAAAB").length - 1;
  }
  return count;
}
