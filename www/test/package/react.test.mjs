// The hook in examples/react, rendered by a server and alive in a page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { Blank } from "./blank.mjs";

const require = createRequire(import.meta.url);
const EXAMPLE = new URL("../../../examples/react/use-quote.js", import.meta.url);
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 23);

/** Where the page has what others find by name. */
const PATHS = {
  react: "/react.js",
  "react-dom": "/react-dom.js",
  scheduler: "/scheduler.js",
  "backorder/element": "/backorder/element.js",
};
const found = (text, places) => text.replace(/from "([^"]+)"/g, (_, name) => `from "${places[name]}"`);

/** React comes as CommonJS; a page takes modules. */
function asModule(file, names) {
  const path = require.resolve(file).replace(/index\.js$/, "").replace(/[^/]+\.js$/, "");
  const name = file.replace("/", "-");
  const text = readFileSync(`${path}cjs/${name}.production.js`, "utf8");
  return `${Object.entries(names.imports ?? {}).map(([from, as]) => `import * as ${as} from "${PATHS[from]}";`).join("\n")}
    const found = { ${Object.entries(names.imports ?? {}).map(([from, as]) => `"${from}": ${as}`).join(", ")} };
    const module = { exports: {} };
    ((module, exports, require) => { ${text} })(module, module.exports, (name) => found[name].default ?? found[name]);
    export default module.exports;
    export const { ${names.exports.join(", ")} } = module.exports;`;
}

const PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>react</title><body><div id="root"></div>`;

let blank;
before(async () => {
  blank = await Blank.begin({
    "/page": PAGE,
    "/use-quote.js": found(readFileSync(EXAMPLE, "utf8"), PATHS),
    "/react.js": asModule("react", { exports: ["createElement", "useEffect", "useState"] }),
    "/scheduler.js": asModule("scheduler", { exports: ["unstable_now"] }),
    "/react-dom.js": asModule("react-dom", { imports: { react: "React" }, exports: ["createPortal"] }),
    "/client.js": asModule("react-dom/client", {
      imports: { react: "React", scheduler: "Scheduler", "react-dom": "ReactDom" },
      exports: ["createRoot", "hydrateRoot"],
    }),
  });
});
after(() => blank.end());

const quote = (availability, ahead) => ({
  sku: "lamp",
  quantity: 1,
  parts: [],
  availability,
  now: 0,
  ahead,
  ships: { p50: NOW + DAY, p80: NOW + DAY, p95: NOW + DAY, basis: "supply", evidence: 0 },
  promise: NOW + DAY,
  alternatives: [],
});
const SERVED = '<span role="status">Ships by Tue, November 24 · supplier’s date · 3 units ahead</span>';

test("a server renders what it quoted", async () => {
  // In a shop both names are found among its own packages.
  const places = {
    react: pathToFileURL(require.resolve("react")).href,
    "backorder/element": new URL("../../../pkg/dist/element.js", import.meta.url).href,
  };
  const text = found(readFileSync(EXAMPLE, "utf8"), places);
  const { ShipsBy } = await import(`data:text/javascript,${encodeURIComponent(text)}`);
  const { createElement } = require("react");
  const { renderToString } = require("react-dom/server");
  const shown = { source: { quote() {} }, sku: "lamp", initial: quote("backorder", 3), now: NOW, timeZone: "UTC" };
  assert.equal(renderToString(createElement(ShipsBy, shown)), SERVED);
  assert.equal(renderToString(createElement(ShipsBy, { ...shown, initial: undefined })), '<span role="status"></span>');
});

test("a page takes over what the server rendered, follows its source, and lets go of it", async () => {
  await blank.visit(async (open) => {
    const page = await open("/page");
    const seen = await page.evaluate(
      async ([initial, served, now]) => {
        const { ShipsBy } = await import("/use-quote.js");
        const { createElement } = await import("/react.js");
        const { hydrateRoot } = await import("/client.js");
        const root = document.querySelector("#root");
        root.innerHTML = served;
        const listeners = new Set();
        let answer = initial;
        const source = {
          quote: async ({ quantity }) => (quantity > 1 ? Promise.reject(new Error("no")) : answer),
          subscribe: (listener) => (listeners.add(listener), () => listeners.delete(listener)),
        };
        const turn = () => new Promise((resolve) => setTimeout(resolve));
        const shown = (more) => createElement(ShipsBy, { source, sku: "lamp", initial, now, timeZone: "UTC", ...more });
        const seen = [];
        const note = async () => {
          // For as long as it takes: how soon React gets there is its own affair.
          while (root.textContent === seen.at(-1)) await turn();
          seen.push(root.textContent);
        };
        const mounted = hydrateRoot(root, shown());
        while (listeners.size === 0) await turn();
        await note();
        answer = { ...initial, ahead: 1 };
        for (const listener of listeners) listener();
        await note();
        mounted.render(shown({ quantity: 2 }));
        await note();
        seen.push(listeners.size);
        mounted.unmount();
        while (listeners.size > 0) await turn();
        seen.push(listeners.size);
        return seen;
      },
      [quote("backorder", 3), SERVED, NOW],
    );
    assert.deepEqual(seen, [
      "Ships by Tue, November 24 · supplier’s date · 3 units ahead",
      "Ships by Tue, November 24 · supplier’s date · 1 unit ahead",
      "…",
      1,
      0,
    ]);
  });
});
