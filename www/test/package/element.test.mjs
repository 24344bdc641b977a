// The element in a page that allows no inline script or style: what it shows, to whom, and what it leaves alone.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Blank } from "./blank.mjs";

const SERVED = `<!doctype html><html lang="de"><meta charset="utf-8"><title>served</title>
  <body>
  <p><backorder-eta sku="lamp" quantity="5" time-zone="Europe/Berlin">Versand bis Freitag</backorder-eta></p>`;

let blank;
before(async () => {
  blank = await Blank.begin({ "/served": SERVED });
});
after(() => blank.end());

/** Fills the page with elements; the source is an engine of two lamps and nine that come, and tells of changes. */
const filled = (page, html) =>
  page.evaluate(async (html) => {
    const { createEngine, init } = await import("/backorder/browser.js");
    const { defineEta } = await import("/backorder/element.js");
    await init();
    const engine = createEngine();
    const now = Date.now();
    const day = 86_400_000;
    const listeners = new Set();
    globalThis.shop = {
      quote: (request, now) => engine.quote(request, now),
      lastInstant: () => engine.lastInstant(),
      apply(command) {
        const outcome = engine.apply(command, Math.max(Date.now(), engine.lastInstant()));
        for (const listener of listeners) listener();
        return outcome.status;
      },
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      listeners,
    };
    const lateness = [0, 0, 1, 0, 3, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0];
    for (const command of [
      { type: "defineItem", sku: "lamp" },
      { type: "defineSupplier", supplier: "acme", lateness },
      { type: "receive", sku: "lamp", quantity: 2 },
      { type: "scheduleSupply", supply: "S", sku: "lamp", quantity: 20, due: now + 9 * day, supplier: "acme" },
    ]) {
      shop.apply(command);
    }
    if (html !== undefined) document.body.innerHTML = html;
    globalThis.told = [];
    document.addEventListener("backorder-eta", ({ detail }) => told.push(detail));
    defineEta({ source: shop });
    await Promise.all([...document.querySelectorAll("backorder-eta")].map((element) => element.refresh()));
  }, html);

const shown = (page) => page.evaluate(() => document.querySelector("backorder-eta").shadowRoot.textContent.trim());
const settled = (page) => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 50)));

test("it says the date, the chance and the units ahead, and goes on saying so while they change", async () => {
  await blank.visit(async (open) => {
    const page = await open();
    await filled(page, '<backorder-eta sku="lamp" quantity="2" time-zone="UTC"></backorder-eta>');
    assert.equal(await shown(page), "In stock");
    await page.evaluate(() => document.querySelector("backorder-eta").setAttribute("quantity", "5"));
    await settled(page);
    assert.match(await shown(page), /^2 in stock, the rest ships by \w{3}, \w+ \d+(, \d+)? 95% sure next in line$/);
    await page.evaluate(() => shop.apply({ type: "placeOrder", order: "A", lines: [{ sku: "lamp", quantity: 6 }] }));
    await settled(page);
    assert.match(await shown(page), /^Ships by \w{3}, \w+ \d+(, \d+)? 95% sure 4 units ahead$/);
    const { time, quote, text } = await page.evaluate(() => {
      const time = document.querySelector("backorder-eta").shadowRoot.querySelector("time");
      return { time: [time.dateTime, time.getAttribute("part")], ...told.at(-1) };
    });
    assert.deepEqual(time, [new Date(quote.ships.p95).toISOString().slice(0, 10), "date"]);
    assert.match(text, / · 95% sure · 4 units ahead$/);
  });
});

test("who listens is told politely, once, and not by colour or form", async () => {
  await blank.visit(async (open) => {
    const page = await open();
    await filled(page, '<backorder-eta sku="lamp" quantity="5"></backorder-eta>');
    assert.equal(await page.role('return document.querySelector("backorder-eta").shadowRoot.firstElementChild;'), "status");
    const said = await page.evaluate(() => {
      const heard = document.querySelector("backorder-eta").shadowRoot.firstElementChild.cloneNode(true);
      for (const hidden of heard.querySelectorAll('[aria-hidden="true"]')) hidden.remove();
      return heard.textContent.replaceAll(/\s+/g, " ").trim();
    });
    assert.match(said, /^2 in stock, the rest ships by [^●◐○◇✕·]+ 95% sure next in line$/);
    const box = await page.evaluate(() => {
      const box = document.querySelector("backorder-eta").shadowRoot.firstElementChild;
      globalThis.changes = 0;
      new MutationObserver((found) => (changes += found.length)).observe(box, { childList: true, subtree: true, characterData: true });
      return ["role", "aria-live", "aria-atomic"].map((name) => box.getAttribute(name));
    });
    assert.deepEqual(box, ["status", "polite", "true"]);
    await page.evaluate(() => shop.apply({ type: "defineItem", sku: "another" }));
    await settled(page);
    assert.equal(await page.evaluate(() => changes), 0, "what stays the same is not said again");
    assert.ok((await page.evaluate(() => told.length)) >= 2);
  });
});

test("language and zone are the page's, out through shadows, and change with it", async () => {
  await blank.visit(
    async (open) => {
      const page = await open();
      await filled(page, '<div lang="fr"><backorder-eta sku="lamp" quantity="5"></backorder-eta></div>');
      assert.match(await shown(page), /^2 en stock, le reste expédié au plus tard le /);
      const moved = await page.evaluate(async () => {
        const element = document.querySelector("backorder-eta");
        const host = document.querySelector("div");
        host.lang = "es";
        host.attachShadow({ mode: "open" }).append(element);
        await element.refresh();
        const day = element.shadowRoot.querySelector("time").dateTime;
        const { p95 } = shop.quote({ sku: "lamp", quantity: 5 }, Date.now()).ships;
        return [element.shadowRoot.textContent.trim(), day === new Date(p95).toLocaleDateString("sv-SE", { timeZone: "Pacific/Kiritimati" })];
      });
      assert.match(moved[0], /^2 en existencias/);
      assert.ok(moved[1], "the visitor's own day");
      const own = await page.evaluate(async () => {
        const element = document.querySelector("div").shadowRoot.firstElementChild;
        element.lang = "zh";
        element.setAttribute("time-zone", "UTC");
        element.texts = { first: "马上就到" };
        await element.refresh();
        return element.shadowRoot.textContent.trim();
      });
      assert.match(own, /^现货 2 件，其余不晚于.*马上就到$/);
    },
    { timeZone: "Pacific/Kiritimati" },
  );
});

test("what the server said is shown until there is more to say, and where there is nothing to ask", async () => {
  await blank.visit(async (open) => {
    const page = await open("/served");
    assert.equal(await page.text("p"), "Versand bis Freitag");
    await page.evaluate(async () => (await import("/backorder/element.js")).defineEta());
    assert.equal(await page.text("p"), "Versand bis Freitag");
    await filled(page);
    assert.match(await shown(page), /^2 auf Lager, der Rest kommt bis .* in den Versand/);
    assert.equal(await page.text("p"), "", "in place of what the server said");
    await page.evaluate(() => shop.apply({ type: "receive", sku: "lamp", quantity: 9 }));
    await settled(page);
    assert.equal(await shown(page), "Auf Lager");
  });
});

test("JSON-LD says what is shown, where a price is given, and goes when it does", async () => {
  await blank.visit(async (open) => {
    const page = await open();
    await filled(page, '<backorder-eta sku="lamp" quantity="5" time-zone="UTC"></backorder-eta>');
    const data = () =>
      page.evaluate(async () => {
        await document.querySelector("backorder-eta").refresh();
        const scripts = [...document.querySelectorAll('backorder-eta > script[type="application/ld+json"]')];
        return scripts.map(({ textContent }) => JSON.parse(textContent));
      });
    assert.deepEqual(await data(), []);
    await page.evaluate(() => {
      const element = document.querySelector("backorder-eta");
      for (const [name, value] of Object.entries({ name: "</script><b>Lamp", price: "49.00", currency: "EUR" })) element.setAttribute(name, value);
      element.offer = { itemCondition: "NewCondition" };
    });
    const [product, ...more] = await data();
    assert.deepEqual(more, []);
    const { quote } = await page.evaluate(() => told.at(-1));
    assert.equal(product.name, "</script><b>Lamp");
    assert.deepEqual(
      [product["@context"], product["@type"], product.offers.availability, product.offers.price, product.offers.itemCondition],
      ["https://schema.org", "Product", "https://schema.org/BackOrder", "49.00", "https://schema.org/NewCondition"],
    );
    assert.equal(Date.parse(product.offers.availabilityStarts), quote.ships.p95);
    await page.evaluate(() => document.querySelector("backorder-eta").removeAttribute("price"));
    assert.deepEqual(await data(), []);
  });
});

test("parts and custom properties style it; hidden is hidden", async () => {
  await blank.visit(async (open) => {
    const page = await open();
    await filled(page, '<backorder-eta sku="lamp" quantity="5"></backorder-eta><backorder-eta sku="lamp" hidden></backorder-eta>');
    const styled = await page.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`
        backorder-eta { --backorder-eta-wait: rgb(1, 2, 3); --backorder-eta-muted: rgb(4, 5, 6); }
        backorder-eta::part(date) { color: rgb(7, 8, 9); }
      `);
      document.adoptedStyleSheets = [sheet];
      const [first, second] = document.querySelectorAll("backorder-eta");
      const colour = (part) => getComputedStyle(first.shadowRoot.querySelector(`[part="${part}"]`)).color;
      return [colour("mark"), colour("chance"), colour("date"), second.checkVisibility()];
    });
    assert.deepEqual(styled, ["rgb(1, 2, 3)", "rgb(4, 5, 6)", "rgb(7, 8, 9)", false]);
  });
});

test("any source does: slow, failing, gone, or given before the element is known", async () => {
  await blank.visit(async (open) => {
    const page = await open();
    await page.evaluate(() => {
      document.body.innerHTML = '<backorder-eta sku="lamp" quantity="2"></backorder-eta>';
      document.querySelector("backorder-eta").source = { quote: async ({ sku }) => ({ sku, availability: "outOfStock" }) };
    });
    await filled(page);
    assert.equal(await shown(page), "Out of stock", "its own source comes before that of all");
    const answers = await page.evaluate(async () => {
      const element = document.querySelector("backorder-eta");
      const said = () => element.shadowRoot.textContent.trim();
      const slow = [];
      element.source = { quote: () => new Promise((resolve) => slow.push(resolve)) };
      const [first, second] = [element.refresh(), element.refresh()];
      await new Promise((resolve) => setTimeout(resolve));
      slow.forEach((answer, index) => index > 0 && answer({ sku: "lamp", availability: "inStock" }));
      await second;
      slow[0]({ sku: "lamp", availability: "discontinued" });
      await first;
      const late = said();
      element.source = { quote: () => { throw new Error("gone"); } };
      await element.refresh();
      const failed = [said(), told.at(-1).error.message];
      const sheet = (sku) => ({ sku, quote: (asked) => ({ sku, quantity: asked.quantity, now: 0, availability: "sku" in asked ? "discontinued" : "inStock" }) });
      element.source = sheet("lamp");
      await element.refresh();
      failed.push(said());
      element.source = sheet("rug");
      await element.refresh();
      failed.push(told.at(-1).error.message);
      element.source = undefined;
      await element.refresh();
      const back = said();
      element.setAttribute("quantity", "two");
      await element.refresh();
      const wrong = [said(), told.at(-1).error.code];
      element.remove();
      return { late, failed, back, wrong, listeners: shop.listeners.size };
    });
    assert.deepEqual(answers, {
      late: "In stock",
      failed: ["Availability unknown", "gone", "In stock", "this source quotes rug"],
      back: "In stock",
      wrong: ["Availability unknown", "INVALID_ARGUMENT"],
      listeners: 0,
    });
  });
});
