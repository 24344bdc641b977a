// What the element says, as text: each state, each language, and nothing that the quote did not say.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createEngine } from "backorder";
import { BackorderEta, ETA_TEXTS, defineEta, eta, etaHtml, etaText } from "backorder/element";
import { DAY, applied } from "./shop.mjs";

const NOW = Date.UTC(2026, 10, 23, 9);
const LEARNED = { basis: "supply", evidence: 24 };

function quote(availability, { ships = {}, ...more } = {}) {
  const date = NOW + 11 * DAY;
  const estimate = { p50: date - DAY, p80: date, p95: date + 2 * DAY, basis: "supply", evidence: 0, ...ships };
  return { sku: "lamp", quantity: 5, parts: [], availability, now: 0, ahead: 3, ships: estimate, promise: date, alternatives: [], ...more };
}
const line = (availability, more, options) => etaText(quote(availability, more), NOW, { timeZone: "UTC", ...options });

test("each state says what is known, and no more", () => {
  const none = { p50: null, p80: null, p95: null, basis: "none" };
  for (const [said, availability, more, options] of [
    ["In stock", "inStock", { ahead: 0 }],
    ["Out of stock", "outOfStock", { promise: null }],
    ["No longer available", "discontinued", {}],
    ["Ships by Sun, December 6 · supplier’s date · 3 units ahead", "backorder", {}],
    ["Ships by Sun, December 6 · 95% sure · 1 unit ahead", "backorder", { ships: LEARNED, ahead: 1 }],
    ["Ships by Fri, December 4 · 80% sure · next in line", "backorder", { ships: LEARNED, ahead: 0 }, { date: "promise" }],
    ["Ships by Fri, December 4 · 50% sure · 3 units ahead", "backorder", { ships: { ...LEARNED, p80: NOW + 12 * DAY } }, { date: "promise" }],
    ["Ships by Fri, December 4 · 3 units ahead", "backorder", { ships: { ...LEARNED, p50: NOW + 12 * DAY, p80: NOW + 13 * DAY } }, { date: "promise" }],
    ["Ships by Sun, December 6 · usual lead time · 3 units ahead", "backorder", { ships: { basis: "replenishment" } }],
    ["2 in stock, the rest ships by Sun, December 6 · supplier’s date · 3 units ahead", "limited", { now: 2 }],
    ["Preorder, ships by Sun, December 6 · supplier’s date · 3 units ahead", "preorder", {}],
    ["On backorder, no date yet · 1,234 units ahead", "backorder", { ships: none, ahead: 1_234 }],
    ["2 in stock, no date yet for the rest · 3 units ahead", "limited", { now: 2, ships: none }],
    ["Ships by Sun, December 6 · 95% sure", "backorder", { ships: LEARNED, ahead: null }],
    ["Preorder, no date yet · next in line", "preorder", { ships: none, ahead: 0 }],
    ["On backorder, no date yet · 3 units ahead", "backorder", { ships: { p95: NOW - 1 } }],
    ["Ships by Sat, January 2, 2027 · supplier’s date · 3 units ahead", "backorder", { ships: { p95: NOW + 40 * DAY } }],
  ]) {
    assert.equal(line(availability, more, options), said);
  }
});

test("days are those of the zone, dates and words those of the language", () => {
  const late = { ships: { ...LEARNED, p95: Date.UTC(2026, 11, 6, 23, 30) } };
  for (const [said, language, timeZone] of [
    ["Ships by Sun, December 6 · 95% sure · 3 units ahead", "en", "UTC"],
    ["Ships by Mon 7 December · 95% sure · 3 units ahead", "en-GB", "Europe/Berlin"],
    ["Versand bis Mo., 7. Dezember · zu 95 % sicher · 3 Stück davor", "de-AT", "Europe/Vienna"],
    ["Expédié au plus tard le dim. 6 décembre · sûr à 95 % · 3 unités avant vous", "fr-CA", "America/Montreal"],
    ["Se envía a más tardar el lun, 7 de diciembre · 95 % de seguridad · 3 unidades por delante", "es_ES", "Europe/Madrid"],
    ["不晚于12月7日周一发货 · 把握 95% · 前面还有 3 件", "zh-CN", "Asia/Shanghai"],
    ["Ships by Sun, December 6 · 95% sure · 3 units ahead", "pl", "UTC"],
    ["Ships by Sun, December 6 · 95% sure · 3 units ahead", "no language!", "UTC"],
  ]) {
    const text = etaText(quote("backorder", late), NOW, { language, timeZone });
    // Some hosts' data still have the comma that British dates once had.
    assert.equal(text.replace(/[\u00a0\u202f]/g, " ").replace("Mon, 7", "Mon 7"), said, language);
  }
});

test("every language says everything, with what stands for the rest", () => {
  const named = (texts) => Object.fromEntries(Object.entries(texts).filter(([, text]) => typeof text === "string"));
  const blanks = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const [language, texts] of Object.entries(ETA_TEXTS)) {
    assert.deepEqual(Object.keys(texts).sort(), Object.keys(ETA_TEXTS.en).sort(), language);
    for (const [name, text] of Object.entries(named(texts))) {
      assert.deepEqual(blanks(text), blanks(ETA_TEXTS.en[name]), `${language} ${name}`);
    }
    for (const text of Object.values(texts.ahead)) assert.deepEqual(blanks(text), ["count"], language);
  }
  const { ahead } = ETA_TEXTS.en;
  assert.equal(line("backorder", { ahead: 2 }, { texts: { backorder: "By {date}!", ahead: { ...ahead, other: "{count} more" } } }), "By Sun, December 6! · supplier’s date · 2 more");
  const polish = { ...ETA_TEXTS.en, inStock: "W magazynie", ahead: { one: "{count} sztuka", few: "{count} sztuki", other: "{count} sztuk" } };
  assert.match(line("backorder", { ahead: 3 }, { language: "pl", texts: polish }), /grudnia .* 3 sztuki$/);
});

test("parts name the day as it is read and as machines read it", () => {
  const { state, parts } = eta(quote("limited", { now: 1 }), NOW, { timeZone: "Asia/Tokyo", language: "en" });
  assert.equal(state, "limited");
  assert.deepEqual(parts.map(({ part }) => part), ["availability", "chance", "ahead"]);
  assert.deepEqual(parts[0].day, { iso: "2026-12-06", text: "Sun, December 6" });
  assert.throws(() => eta(quote("backorder"), NOW, { timeZone: "Mars/Olympus" }), { code: "INVALID_ARGUMENT", path: "options.timeZone" });
  assert.throws(() => eta(quote("backorder"), NOW, { date: "soon" }), { path: "options.date" });
  assert.throws(() => eta(quote("backorder"), "now"), { path: "now" });
});

test("a server's element has the text in it, and no text breaks out of it", () => {
  const html = etaHtml(quote("backorder"), NOW, { language: "de", timeZone: "Europe/Berlin", date: "promise" });
  assert.equal(
    html.replace(/\u00a0/g, " "),
    '<backorder-eta sku="lamp" quantity="5" date="promise" lang="de" time-zone="Europe/Berlin">' +
      "Versand bis Fr., 4. Dezember · Termin des Lieferanten · 3 Stück davor</backorder-eta>",
  );
  const evil = '"><script>alert(1)</script>&';
  const escaped = etaHtml({ ...quote("inStock"), sku: evil }, NOW, { texts: { inStock: evil } });
  assert.equal(escaped.match(/[<>"]/g).join(""), '<""""><>');
  defineEta();
  assert.equal(typeof BackorderEta, "function", "servers import it, and have no elements");
});

test("what an engine quotes is said", () => {
  const engine = createEngine();
  applied(engine.apply({ type: "defineItem", sku: "lamp" }, NOW));
  const said = (quantity) => etaText(engine.quote({ sku: "lamp", quantity }, NOW), NOW, { timeZone: "UTC" });
  assert.equal(said(1), "On backorder, no date yet · next in line");
  applied(engine.apply({ type: "receive", sku: "lamp", quantity: 2 }, NOW));
  applied(engine.apply({ type: "scheduleSupply", supply: "S", sku: "lamp", quantity: 9, due: NOW + 3 * DAY }, NOW));
  assert.equal(said(2), "In stock");
  assert.equal(said(3), "2 in stock, the rest ships by Thu, November 26 · supplier’s date · next in line");
  assert.equal(etaText(engine.quote({ sku: "nothing", quantity: 1 }, NOW), NOW), "Out of stock");
});
