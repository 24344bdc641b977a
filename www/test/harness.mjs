// The assembled site, opened in Chromium. CHROMIUM: the browser.

import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const launch = () => chromium.launch({ executablePath: CHROMIUM, args: QUIET });

/** One browser for a file of tests; each visit is a new profile, so nothing is left over from the last. */
export class Visitors {
  static async arrive() {
    const [server, browser] = await Promise.all([serve(), launch()]);
    return new Visitors(server, browser);
  }

  constructor(server, browser) {
    this.server = server;
    this.browser = browser;
    this.address = `http://127.0.0.1:${server.address().port}/`;
  }

  /** A visit fails on anything that the browser complains about, at its end. */
  async visit({ width = 1440, height = 900, scheme = "light", hash = "", prepare = async () => {} } = {}, act) {
    const context = await this.browser.newContext({ viewport: { width, height }, colorScheme: scheme });
    const complaints = [];
    const open = async (at = hash) => {
      const page = await context.newPage();
      page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      await prepare(page);
      await page.goto(this.address + at);
      await ready(page);
      return page;
    };
    try {
      await act(await open(), { context, open, complaints });
    } finally {
      await context.close();
    }
    if (complaints.length > 0) throw new Error(`The browser complained: ${complaints.join("; ")}`);
  }

  async leave() {
    await this.browser.close();
    this.server.close();
  }
}

export async function ready(page) {
  await page.waitForFunction(() => document.querySelector("main")?.hasAttribute("aria-busy") === false);
}

/** After the next frame the views are up to date. */
export const settled = (page) =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

export const text = async (page, selector) =>
  (await page.locator(selector).first().innerText()).replaceAll(/\s+/g, " ").trim();

/** The number that a text begins with or holds: "1,104 units" is 1104. */
export const number = (words) => Number(/[\d,]+/.exec(words)[0].replaceAll(",", ""));
