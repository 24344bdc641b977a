/** What the tests of messages share: the languages, a sentence by the library alone, an order. */

import assert from "node:assert/strict";
import { MessageFormat } from "messageformat";
import { de, en, es, fr, zh } from "../../dist/messages.js";

export const LANGUAGES = [en, de, fr, es, zh];

export const ORDER = {
  order: "A-1",
  placedAt: 0,
  lines: [line("1", "lamp", { quantity: 3, backordered: 3 }), line("2", "vase", { quantity: 1, allocated: 1 })],
};

export function line(name, sku, more) {
  return { line: name, sku, quantity: 1, allocated: 0, backordered: 0, shipped: 0, cancelled: 0, promised: null, ...more };
}

/** The order with its first line changed. */
export function orderWith(more) {
  return { ...ORDER, lines: [{ ...ORDER.lines[0], ...more }, ORDER.lines[1]] };
}

export const LINKS = { consent: "https://shop.example/wait?n=1&t=2", cancel: "https://shop.example/cancel?n=1" };

export function options(language, more) {
  const nameOf = (sku) => ({ lamp: "Lamp", vase: "Vase" })[sku];
  return { language, shop: "Sun & Moon", nameOf, links: LINKS, ...more };
}

/** A day in words. */
export function dayText(day, language) {
  const form = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };
  return new Intl.DateTimeFormat(language.tag, form).format(Date.parse(day));
}

/** A sentence of a language, without isolation. */
export function sentence(language, id, values = {}) {
  const day = (_context, _options, operand) => {
    const text = dayText(operand, language);
    return { type: "day", dir: "ltr", toString: () => text };
  };
  const format = new MessageFormat(language.tag, language.messages[id], { functions: { day }, bidiIsolation: "none" });
  const common = { order: "A-1", shop: "Sun & Moon", product: "Lamp", quantity: 3, customer: "", counts: "shipment" };
  return format.format({ ...common, ...values }, (error) => assert.fail(`${language.tag} ${id}: ${error}`));
}

export function html(text) {
  return text.replaceAll("&", "&#38;");
}

/** What an SMS makes of typographic signs where that spares it half its room. */
export function plain(text) {
  const quoted = text.replace(/«\u00a0?|\u00a0?»|[“”„]/g, '"').replaceAll("’", "'");
  return quoted.replace(/[\u00a0\u202f]/g, " ").replaceAll("×", "x");
}
