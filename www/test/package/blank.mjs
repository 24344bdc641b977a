// Pages of the package's own tests, in any browser: nothing on them but what a test puts there, under a strict content
// security policy. BROWSER_ENGINE: the browser and its driver (xtask/src/browsers/mod.rs).

import { readFileSync } from "node:fs";
import { serve } from "../server.mjs";
import { Browser } from "./webdriver.mjs";

/** Without a word from xtask: Chromium, as Debian installs it. */
const ENGINE = JSON.parse(process.env.BROWSER_ENGINE ?? "null") ?? {
  name: "Chromium",
  driver: "/usr/bin/chromedriver",
  capabilities: { "goog:chromeOptions": { binary: "/usr/bin/chromium", args: ["--headless", "--no-sandbox"] } },
};
const SECONDS_TO_ANSWER = 120;

/** The engine's name. */
export const NAME = ENGINE.name;

/** Fails when a page has had long enough to answer, as one that has crashed never does. */
function silence() {
  return new Promise((_, reject) => {
    const late = () => reject(new Error(`the page said nothing for ${SECONDS_TO_ANSWER} seconds`));
    setTimeout(late, SECONDS_TO_ANSWER * 1_000).unref();
  });
}

/** A window of a browser; what it is told to do runs there as a module of the page's own. */
class Page {
  #site;
  #browser;
  #window;
  isClosed = false;
  /** What the page complained about so far. */
  complaints = [];

  constructor(site, browser, window) {
    [this.#site, this.#browser, this.#window] = [site, browser, window];
  }

  #command(method, path, body) {
    return this.#browser.command(this.#window, method, path, body);
  }

  goto(path) {
    return this.#command("POST", "/url", { url: this.#site.origin + path });
  }

  /** What the function gives there, as JSON has it; of what is here it knows its argument alone. */
  async evaluate(task, argument) {
    const { id, told } = this.#site.task(task);
    const script = "driven(arguments[0], arguments[1]);";
    const begun = this.#command("POST", "/execute/sync", { script, args: [id, JSON.stringify({ argument })] });
    const { value, error, complaints } = await Promise.race([told, begun.then(() => told), silence()]);
    this.complaints.push(...complaints);
    if (error !== undefined) throw new Error(error);
    return value;
  }

  /** Asks again and again until the function gives something that is true. */
  async until(task, argument) {
    const late = Date.now() + SECONDS_TO_ANSWER * 1_000;
    while (!(await this.evaluate(task, argument))) {
      if (Date.now() > late) throw new Error(`it never came to be: ${task}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  text(selector) {
    return this.evaluate((selector) => document.querySelector(selector).innerText, selector);
  }

  /** The role that the browser tells of the element that a script returns, to those who do not look. */
  async role(script) {
    const [element] = Object.values(await this.#command("POST", "/execute/sync", { script, args: [] }));
    return this.#command("GET", `/element/${element}/computedrole`);
  }

  async reload() {
    await this.#settle();
    await this.#command("POST", "/refresh", {});
  }

  /** Hears what the page has yet to complain about. */
  #settle() {
    return this.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  }

  async close() {
    await this.#settle();
    await this.closeNow();
  }

  /** Whatever it is doing. */
  async closeNow() {
    this.isClosed = true;
    await this.#command("DELETE", "/window");
  }

  /** Ends it whatever it is doing: in Chromium its process, and elsewhere its window. */
  async kill() {
    // It answers that the page has crashed, which is a failure to it.
    if (NAME === "Chromium") await this.ofChromium("Page.crash").catch(() => undefined);
    await this.closeNow();
  }

  /** A command of Chromium's own (https://chromedevtools.github.io/devtools-protocol/). */
  ofChromium(cmd, params = {}) {
    return this.#command("POST", "/goog/cdp/execute", { cmd, params });
  }
}

/** Pages at an origin of their own, with which no other shares what it keeps. */
class Site {
  #pages;
  #tasks = 0;
  #server;

  static async open(pages) {
    const site = new Site();
    site.#pages = { ...pages };
    site.#server = await serve(site.#pages);
    site.origin = `http://127.0.0.1:${site.#server.address().port}`;
    return site;
  }

  /** Puts a function where a page finds it, and promises what the page will say. */
  task(task) {
    const id = (this.#tasks += 1);
    const [path, answer] = [`/task/${id}.js`, `/told/${id}`];
    this.#pages[path] = `export default ${task};`;
    const told = new Promise((resolve) => {
      this.#pages[answer] = (sent) => {
        delete this.#pages[path];
        delete this.#pages[answer];
        resolve(JSON.parse(sent));
        return "";
      };
    });
    return { id, told };
  }

  /** What pages post to a path is answered by a function of its text. */
  hear(path, answer) {
    this.#pages[path] = answer;
  }

  close() {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

const FIRST = '<!doctype html><html lang="en"><meta charset="utf-8"><title>blank</title><body>';
const DRIVEN = readFileSync(new URL("driven.js", import.meta.url));

/** A browser for a file of tests. */
export class Blank {
  #pages;
  #browser;

  /** `pages`: by path; those in HTML have a title. */
  static async begin(pages = {}) {
    const blank = new Blank();
    const written = Object.entries({ "/blank": FIRST, ...pages }).map(([path, page]) => [
      path,
      page.replace(/^(<!doctype html>.*?)<title>/, '$1<script src="/driven.js"></script><title>'),
    ]);
    blank.#pages = { "/favicon.ico": "", "/driven.js": DRIVEN, ...Object.fromEntries(written) };
    blank.#browser = await Browser.open(ENGINE);
    console.log(`engine: ${NAME} ${blank.#browser.version}`);
    return blank;
  }

  /** What the pages of a visit complain about fails the test, but for what it `expects`. With a time zone it has a browser of its own. */
  async visit(act, { expects, timeZone } = {}) {
    const browser = timeZone === undefined ? this.#browser : await Browser.open(ENGINE, { TZ: timeZone });
    const site = await Site.open(this.#pages);
    const pages = [];
    const open = async (path = "/blank") => {
      const page = new Page(site, browser, await browser.newWindow());
      pages.push(page);
      await page.goto(path);
      return page;
    };
    const left = () => pages.filter((page) => !page.isClosed);
    try {
      await act(open, site);
      for (const page of left()) await page.close();
    } finally {
      for (const page of left()) await page.closeNow();
      if (browser !== this.#browser) await browser.close();
      site.close();
    }
    const complaints = pages.flatMap((page) => page.complaints);
    const unexpected = complaints.filter((text) => expects === undefined || !expects.test(text));
    if (unexpected.length > 0) throw new Error(`the browser complained: ${unexpected.join("; ")}`);
  }

  end() {
    return this.#browser.close();
  }
}
