// Follows a document to the letter, as a reader would in an empty directory: makes its files, types its commands, and
// compares what they print, or what the page shows, with what the document says.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { blocksOf } from "./blocks.mjs";
import { opened } from "./browser.mjs";
import { withRegistry } from "./registry.mjs";
import { HERE, MADE, ran } from "./workshop.mjs";

/** The instant at which the documents are read. */
const READ_AT = Date.UTC(2026, 10, 23, 9);
const SERVES = /^(npm run dev|npx wrangler dev)$/;
const QUIET = { CI: "1", npm_config_yes: "true", WRANGLER_SEND_METRICS: "false", CLOUDFLARE_CF_FETCH_ENABLED: "false", TZ: "UTC" };

/**
 * `from`: directories of the project that the document begins with, by where they stand in this one. What its prose says
 * that a reader can do: `inPage`, when the page has shown what it should for the first time; `atEnd`, in the directory.
 */
export async function follow({ path, from = {}, inPage, atEnd }) {
  const start = join(MADE, path.replaceAll(/\W/g, "-"));
  rmSync(start, { recursive: true, force: true });
  mkdirSync(start, { recursive: true });
  for (const [own, there] of Object.entries(from)) cpSync(join(HERE, own), join(start, there), { recursive: true });
  await withRegistry(async (registry) => {
    const reader = new Reader(start, { ...QUIET, npm_config_registry: registry });
    try {
      for (const block of blocksOf(readFileSync(join(HERE, "documents", path), "utf8"))) {
        await reader.follow(block, inPage).catch((error) => {
          throw new Error(`${path}:${block.line}: ${error.stdout ?? ""}${error.stderr ?? ""}${error.message}`);
        });
      }
      await atEnd?.(reader);
      reader.complain();
    } finally {
      await reader.leave();
    }
  });
}

/** A page's headings, elements and buttons, line by line, are these; it may take a moment. The dots are its style's. */
export async function shows(page, text) {
  const wanted = text.trim().replaceAll(" · ", " ");
  const read = () =>
    [...document.querySelectorAll("h1, backorder-eta, button")]
      .map((element) => (element.shadowRoot?.firstElementChild ?? element).innerText.trim())
      .join("\n");
  const isShown = `(${read})() === ${JSON.stringify(wanted)}`;
  await page.waitForFunction(isShown, undefined, { timeout: 20_000 }).catch(async () => {
    assert.equal(await page.evaluate(read), wanted);
  });
}

/** JSON may be laid out for reading. */
function valueOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text.trim();
  }
}

class Reader {
  /** What the last command printed; nothing where it serves. */
  #printed;
  #server;
  #address;
  #opened;

  constructor(directory, env) {
    this.directory = directory;
    this.env = env;
  }

  async follow({ role, language, text, file }, inPage) {
    if (role === "file") this.#write(file, text);
    else if (role === "shell") await this.type(text);
    else if (role === "output") await this.#compare(text, inPage);
    else if (role !== "skipped" && role !== "shown") throw new Error(`nobody follows "${language}" that names no file`);
  }

  #write(file, text) {
    const path = join(this.directory, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    this.#printed = undefined;
  }

  /** Commands, of which the last may serve until the end. */
  async type(text) {
    const lines = text.trimEnd().split("\n");
    const serving = SERVES.test(lines.at(-1)) ? lines.pop() : undefined;
    if (lines.length > 0) {
      const where = join(this.directory, ".where");
      const commands = lines.join("\n").replaceAll("http://localhost:8787", this.#address ?? "http://localhost:8787");
      const env = lines.some((line) => line.startsWith("node ")) ? { ...this.env, ...this.#clock() } : this.env;
      this.#printed = await ran("sh", ["-ec", `${commands}\npwd > "${where}"`], { cwd: this.directory, env });
      this.directory = readFileSync(where, "utf8").trim();
      rmSync(where);
    }
    if (serving !== undefined) await this.#serve(serving);
  }

  /** Node's clock as it is set for the page. */
  #clock() {
    const script = `const ahead = ${READ_AT} - Date.now(), now = Date.now; Date.now = () => now() + ahead;`;
    return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(script)}` };
  }

  async #serve(command) {
    const [program, ...args] = command.split(" ");
    const env = { ...process.env, NO_COLOR: "1", ...this.env };
    // A group of its own, as npm does not end what it began.
    this.#server = spawn(program, args, { cwd: this.directory, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    this.#address = await new Promise((resolve, reject) => {
      const hear = (data) => {
        printed += data;
        const address = /http:\/\/localhost:\d+/.exec(printed);
        if (address !== null) resolve(address[0]);
      };
      this.#server.stdout.on("data", hear);
      this.#server.stderr.on("data", hear);
      this.#server.on("exit", () => reject(new Error(`it ended: ${printed}`)));
    });
    this.#printed = undefined;
  }

  async #compare(text, inPage) {
    if (this.#printed !== undefined) return assert.deepEqual(valueOf(this.#printed), valueOf(text));
    const isFirst = this.#opened === undefined;
    this.#opened ??= await opened(this.#address, { at: READ_AT });
    await shows(this.#opened.page, text);
    if (isFirst) await inPage?.(this.#opened.page);
  }

  /** Of what the page complained about. */
  complain() {
    assert.deepEqual(this.#opened?.complaints ?? [], []);
  }

  async leave() {
    await this.#opened?.page.context().close();
    if (this.#server !== undefined && this.#server.exitCode === null) {
      const gone = new Promise((resolve) => this.#server.once("exit", resolve));
      process.kill(-this.#server.pid, "SIGTERM");
      await gone;
    }
  }
}
