import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Host, modulesOf } from "./host.mjs";

const EXAMPLE = fileURLToPath(new URL("checkout-worker/", import.meta.url));
const DAY = 86_400_000;
const LONG = "x".repeat(129);
const TOKEN = "a long random text";

// As npm has it for what it runs.
const BIN = fileURLToPath(new URL("../node_modules/.bin", import.meta.url));
const wrangler = createRequire(import.meta.url).resolve("wrangler/bin/wrangler.js");
const config = JSON.parse(readFileSync(`${EXAMPLE}wrangler.jsonc`, "utf8").replace(/^\s*\/\/.*$/gm, ""));

let host;
let due;
before(async () => {
  // All that `wrangler deploy` does but the sending.
  execFileSync(process.execPath, [wrangler, "deploy", "--dry-run", "--outdir", "out"], {
    cwd: EXAMPLE,
    env: { ...process.env, PATH: `${BIN}${delimiter}${process.env.PATH}`, WRANGLER_SEND_METRICS: "false", NO_COLOR: "1" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  const [{ name, class_name }] = config.durable_objects.bindings;
  assert.deepEqual(config.migrations.flatMap(({ new_sqlite_classes }) => new_sqlite_classes), [class_name]);
  host = await new Host({
    ...modulesOf(`${EXAMPLE}out`),
    compatibilityDate: config.compatibility_date,
    durableObjects: { [name]: { className: class_name, useSQLite: true } },
    assets: {
      directory: `${EXAMPLE}${config.assets.directory}`,
      binding: config.assets.binding,
      routerConfig: { has_user_worker: true },
      assetConfig: { html_handling: "auto-trailing-slash", not_found_handling: "none" },
    },
    bindings: { STAFF_TOKEN: TOKEN },
  }).start();
  due = Date.now() + 11 * DAY;
  const commands = [
    { type: "defineItem", sku: "lamp" },
    { type: "receive", key: "note-1", sku: "lamp", quantity: 2 },
    { type: "scheduleSupply", supply: "PO-77", sku: "lamp", quantity: 50, due },
  ];
  const { body } = await post("commands", commands, TOKEN);
  assert.deepEqual(body.map(({ status }) => status), ["applied", "applied", "applied"]);
});
after(() => host?.end());

async function get(path) {
  const response = await host.fetch(`/api/${path}`);
  return { status: response.status, body: await response.json() };
}

async function post(path, value, token) {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const body = typeof value === "string" ? value : JSON.stringify(value);
  const response = await host.fetch(`/api/${path}`, { method: "POST", headers, body });
  return { status: response.status, body: await response.json() };
}

const lamps = (quantity) => [{ sku: "lamp", quantity }];

test("the deployment has one script and one wasm", () => {
  const files = readdirSync(`${EXAMPLE}out`);
  assert.equal(files.filter((name) => name.endsWith(".wasm")).length, 1);
  assert.equal(files.filter((name) => name.endsWith(".js")).length, 1);
});

test("quotes, places and receives, through a crash; what is sent again counts once", async () => {
  const quote = await get("quote?sku=lamp&quantity=5");
  assert.deepEqual([quote.body.availability, quote.body.now, quote.body.promise], ["limited", 2, due]);
  const placed = await post("orders", { order: "A", lines: lamps(5), priority: 0 });
  assert.deepEqual([placed.status, placed.body.lines[0].promised, placed.body.priority], [201, due, 100]);
  const again = await post("orders", { order: "A", lines: lamps(5) });
  assert.equal(again.status, 200);
  assert.deepEqual(again.body.lines[0].allocated, 2);
  assert.equal((await post("orders", { order: "A", lines: lamps(6) })).body.reason, "existsWithDifferentContent");
  const note = { key: "note-2", sku: "lamp", quantity: 3, supply: "PO-77" };
  assert.equal((await post("receipts", note, TOKEN)).body.status, "applied");
  host.kill();
  await host.restart();
  assert.equal((await post("receipts", note, TOKEN)).body.status, "exists");
  const { body } = await get("orders/A");
  assert.deepEqual([body.lines[0].allocated, body.lines[0].backordered], [5, 0]);
});

test("the staff's doors are the staff's", async () => {
  for (const door of ["receipts", "commands"]) {
    for (const token of [undefined, "", "another", `${TOKEN} `.repeat(2)]) {
      assert.equal((await post(door, { type: "tick" }, token)).status, 403, `${door} ${token}`);
    }
  }
});

test("what is no question is told so", async () => {
  for (const path of ["quote", "quote?sku=lamp&quantity=0", "quote?sku=lamp&quantity=1.5", "quote?sku=lamp&quantity=x", `quote?sku=${LONG}`]) {
    assert.equal((await get(path)).status, 400, path);
  }
  assert.equal((await get("quote?sku=nothing")).body.availability, "outOfStock");
  for (const path of ["orders/none", `orders/${LONG}`, "orders/%", "orders", "elsewhere"]) assert.equal((await get(path)).status, 404, path);
  for (const body of ["", "{", "null", "[]", "7", { order: 1, lines: [] }, { order: "B" }, { lines: [] }, { order: LONG, lines: [] }]) {
    assert.equal((await post("orders", body)).status, 400, JSON.stringify(body));
  }
  for (const lines of [[], [null], [{}], lamps(-1), lamps("1"), lamps(1).concat(lamps(1e300))]) {
    assert.equal((await post("orders", { order: "B", lines })).status, 409, JSON.stringify(lines));
  }
  assert.equal((await post("orders", { order: "B", lines: lamps(1), padding: "x".repeat(100_000) })).status, 400);
  assert.equal((await get("orders/B")).status, 404);
});

test("the page is there, under its policy, and in a browser it says the date and orders", async (context) => {
  const page = await host.fetch("/");
  assert.match(await page.text(), /<backorder-eta sku="lamp"/);
  assert.match(page.headers.get("content-security-policy"), /default-src 'self'/);
  if (!process.env.CHROMIUM) return context.skip("no CHROMIUM is named");
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
  try {
    const tab = await browser.newPage();
    const errors = [];
    tab.on("pageerror", (error) => errors.push(error.message));
    tab.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await tab.goto((await host.url()).href);
    const day = new Intl.DateTimeFormat("en", { dateStyle: "full" }).format(due);
    await tab.fill("input", "7");
    const eta = tab.locator("backorder-eta");
    await eta.getByText(new Intl.DateTimeFormat("en", { month: "long", day: "numeric" }).format(due)).waitFor();
    await tab.click("button");
    await tab.waitForFunction(() => /Your order/.test(document.querySelector("#answer").textContent));
    const answer = await tab.textContent("#answer");
    assert.ok(answer.includes(day), answer);
    const { body } = await get(`orders/${answer.split(": ").at(-1)}`);
    assert.equal(body.lines[0].quantity, 7);
    assert.deepEqual(errors, []);
  } finally {
    await browser.close();
  }
});
