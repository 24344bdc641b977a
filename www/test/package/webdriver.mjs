// A browser by its driver, with the few calls of WebDriver (https://www.w3.org/TR/webdriver2/) that are needed here.

import { spawn } from "node:child_process";
import { createServer } from "node:net";

const SECONDS_TO_START = 60;

/** A driver with its one session, a new profile, and a screen where the browser needs one. */
export class Browser {
  #screen;
  #driver;
  #address;
  #session;
  /** The window that there is at first and stays, so that no other is the last. */
  #home;
  /** The one that the driver's next command is for. */
  #window;
  #last = Promise.resolve();

  /**
   * `engine`: what `cargo xtask` knows of one: `driver`, `capabilities`, `environment`, and `screen`, the X server of those
   * that have no mode without one. The `environment` given here adds to its own.
   */
  static async open(engine, environment = {}) {
    const browser = new Browser();
    try {
      await browser.#start(engine, { ...process.env, ...engine.environment, ...environment });
      return browser;
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  async #start({ driver, capabilities, screen }, env) {
    if (screen) {
      this.#screen = spawn(screen, ["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"], {
        stdio: ["ignore", "pipe", "ignore"],
      });
      env.DISPLAY = `:${await lineOf(this.#screen.stdout)}`;
    }
    const port = await freePort();
    this.#driver = spawn(driver, [`--port=${port}`], { stdio: "ignore", env });
    this.#address = `http://127.0.0.1:${port}`;
    const alwaysMatch = { timeouts: { script: 120_000 }, ...capabilities };
    this.#session = await this.#begun(alwaysMatch);
    this.#home = this.#window = await this.#inSession("GET", "/window");
  }

  /** The driver takes a moment until it listens. */
  async #begun(alwaysMatch) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await this.#ask("POST", "/session", { capabilities: { alwaysMatch } });
      } catch (error) {
        const late = attempt === SECONDS_TO_START * 10 || this.#driver.exitCode !== null;
        if (!(error instanceof TypeError) || late) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  get version() {
    return this.#session.capabilities.browserVersion;
  }

  async #ask(method, path, body) {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(this.#address + path, { method, headers, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`the driver says: ${value.error}: ${value.message}`);
    return value;
  }

  #inSession(method, path, body) {
    return this.#ask(method, `/session/${this.#session.sessionId}${path}`, body);
  }

  /** A command for the given window; a session does one at a time. */
  command(window, method, path, body) {
    const done = this.#last.then(async () => {
      if (window !== this.#window) {
        await this.#inSession("POST", "/window", { handle: window });
        this.#window = window;
      }
      return this.#inSession(method, path, body);
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Has the first window open a page. */
  visit(url) {
    return this.command(this.#home, "POST", "/url", { url });
  }

  async newWindow() {
    return (await this.command(this.#home, "POST", "/window/new", { type: "window" })).handle;
  }

  async close() {
    if (this.#session) await this.#inSession("DELETE", "").catch(() => undefined);
    this.#driver?.kill();
    this.#screen?.kill();
  }
}

/** Only the driver itself can take a port and keep it; between asking and taking nobody else is likely to. */
async function freePort() {
  const socket = createServer();
  await new Promise((resolve) => socket.listen(0, "127.0.0.1", resolve));
  const { port } = socket.address();
  await new Promise((resolve) => socket.close(resolve));
  return port;
}

async function lineOf(stream) {
  let said = "";
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    said += chunk;
    if (said.includes("\n")) return said.trim();
  }
  throw new Error(`it ended, and had said ${JSON.stringify(said)}`);
}
