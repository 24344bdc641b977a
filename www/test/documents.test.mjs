// The documents with HTML in them: their JavaScript in a browser, and their elements in the page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { format } from "node:util";
import { blocksOf } from "../../tests/packaging/blocks.mjs";
import { Visitors } from "./harness.mjs";

const DOCUMENTS = ["README.md"];
const ROOT = new URL("../../", import.meta.url);
const { exports } = JSON.parse(readFileSync(new URL("pkg/package.json", ROOT), "utf8"));

/** Where the site has an entry, as a browser's tools would find it. */
function addressOf(name) {
  const { browser, default: usual } = exports[`.${name.slice("backorder".length)}`];
  return (browser ?? usual).replace("./dist/", "/backorder/");
}

const programs = DOCUMENTS.map((path) => {
  const blocks = blocksOf(readFileSync(new URL(path, ROOT), "utf8"));
  const of = (...roles) => blocks.filter(({ role }) => roles.includes(role)).map(({ text }) => text);
  const code = of("node").join("\n").replaceAll(/from "(backorder[\w/-]*)"/g, (_, name) => `from "${addressOf(name)}"`);
  // The one thing that a page does and Node need not.
  const script = `import { init } from "/backorder/browser.js";\nawait init();\n${code}\nconsole.log("the end");`;
  return { path, script, html: of("page").join("\n"), printed: of("output").join("") };
});

/** What the README says that a policy must allow. */
const headers = { "content-security-policy": "script-src 'self' 'wasm-unsafe-eval'" };

let visitors;
before(async () => {
  visitors = await Visitors.arrive();
});
after(() => visitors.leave());

for (const { path, script, html, printed } of programs) {
  test(`${path}: in a page, too, its JavaScript prints what stands below it, and its elements show what they are asked for`, async () => {
    const context = await visitors.browser.newContext({ timezoneId: "UTC", locale: "en-US" });
    try {
      const page = await context.newPage();
      const complaints = [];
      await page.clock.setFixedTime(Date.UTC(2026, 10, 23));
      await page.route(/[/]document[.]/, (route) => {
        const isScript = route.request().url().endsWith(".js");
        const around = `<!doctype html><meta charset="utf-8"><body>${html}<script type="module" src="document.js"></script>`;
        return route.fulfill({ headers, contentType: isScript ? "text/javascript" : "text/html", body: isScript ? script : around });
      });
      const said = [];
      const ended = new Promise((resolve) => {
        page.on("pageerror", (error) => resolve(complaints.push(error.message)));
        page.on("console", (message) => {
          if (message.text() === "the end") resolve();
          else if (message.type() === "error") complaints.push(message.text());
          else said.push(Promise.all(message.args().map((value) => value.jsonValue())));
        });
      });
      await page.goto(`${visitors.address}document.html`);
      await ended;
      const lines = (await Promise.all(said)).map((values) => `${format(...values)}\n`);
      assert.deepEqual(complaints, []);
      assert.equal(lines.join(""), printed);
      const states = await page.evaluate(async () => {
        const elements = [...document.querySelectorAll("backorder-eta")];
        await Promise.all(elements.map((element) => element.refresh()));
        return elements.map(({ shadowRoot }) => shadowRoot.querySelector("[data-state]").dataset.state);
      });
      assert.ok(states.length > 0);
      assert.deepEqual(states.filter((state) => state === "unknown"), []);
    } finally {
      await context.close();
    }
  });
}
