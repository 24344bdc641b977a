// Pages of the package's own tests: nothing on them but what a test puts there, under a strict content security policy.

import { launch, serve } from "../harness.mjs";

export class Blank {
  static async begin(pages = {}) {
    const blank = '<!doctype html><html lang="en"><meta charset="utf-8"><title>blank</title><body>';
    const [server, browser] = await Promise.all([serve({ "/blank": blank, "/favicon.ico": "", ...pages }), launch()]);
    return new Blank(server, browser);
  }

  constructor(server, browser) {
    this.server = server;
    this.browser = browser;
    this.origin = `http://127.0.0.1:${server.address().port}`;
  }

  /** A browser profile of its own; what its pages complain about fails the test, but for what it `expects`. */
  async visit(act, { expects, ...options } = {}) {
    const context = await this.browser.newContext(options);
    const complaints = [];
    context.on("weberror", (error) => complaints.push(String(error.error())));
    context.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    const open = async (path = "/blank") => {
      const page = await context.newPage();
      await page.goto(this.origin + path);
      return page;
    };
    try {
      await act(open, context);
    } finally {
      await context.close();
    }
    const unexpected = complaints.filter((text) => expects === undefined || !expects.test(text));
    if (unexpected.length > 0) throw new Error(`the browser complained: ${unexpected.join("; ")}`);
  }

  async end() {
    await this.browser.close();
    this.server.close();
  }
}
