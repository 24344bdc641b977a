// The code blocks of the project's documents, and what becomes of each. How a document says so: tests/README.md.

import { readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";

const FENCED = /^```(.*)\n([^]*?)^```$/gm;
const SIGN = /^(?:\/\/|#|<!--) (?:not run by the tests: (?<reason>.+?)|(?<file>[\w./-]+\.\w+))(?: -->)?$/;

/** Who runs a language where no first line says otherwise. */
const RUN_BY = { js: "node", html: "page", sh: "shell", rust: "rustdoc", toml: "cargo" };

/**
 * The blocks of a document in their order. `role`: "skipped", with its reason; "file", with its path; "output", of the
 * block before it, or what the page shows with that file; "shown", a text that is no code; or who runs it.
 */
export function blocksOf(document) {
  const blocks = [];
  for (const { 1: language, 2: text, index } of document.matchAll(FENCED)) {
    const line = document.slice(0, index).split("\n").length;
    blocks.push({ language, text, line, ...roleOf(language, text, blocks.at(-1)) });
  }
  const fences = document.match(/^\s*```/gm)?.length ?? 0;
  if (fences !== 2 * blocks.length) throw new Error(`${fences} fences make ${blocks.length} blocks: one is indented or open`);
  return blocks;
}

function roleOf(language, text, before) {
  if (language === "text" || language === "") {
    return ["file", "node", "page", "shell"].includes(before?.role) ? { role: "output", of: before.role } : { role: "shown" };
  }
  const { reason, file } = SIGN.exec(text.slice(0, text.indexOf("\n")))?.groups ?? {};
  if (reason !== undefined) return { role: "skipped", reason };
  if (file !== undefined) return { role: "file", file };
  if (RUN_BY[language] === undefined) throw new Error(`nobody runs "${language}"`);
  return { role: RUN_BY[language] };
}

/** A document that is followed: files are made in a project and commands run there. Others are programs. */
export const isFollowed = (blocks) =>
  blocks.some(({ role, text }) => role === "file" || (role === "shell" && /^(?!cargo xtask )./m.test(text)));

/** Every document of the project below a directory, by its path from there. */
export function documentsOf(root) {
  const found = [];
  const walk = (directory) => {
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      const path = join(directory, entry.name);
      if (entry.isDirectory()) {
        if (!["node_modules", "target", "dist"].includes(entry.name) && !entry.name.startsWith(".")) walk(path);
      } else if (entry.name.endsWith(".md")) {
        found.push(relative(root, path).replaceAll("\\", "/"));
      }
    }
  };
  walk(root);
  return found.sort().map((path) => {
    try {
      return { path, blocks: blocksOf(readFileSync(join(root, path), "utf8")) };
    } catch (error) {
      throw new Error(`${path}: ${error.message}`);
    }
  });
}
