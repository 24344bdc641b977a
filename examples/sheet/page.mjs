// A product page's words from a quote sheet, without the engine:
//   node examples/sheet/page.mjs SHEET QUANTITY [INSTANT]
// On a page the bytes come by `fetch`, and `now` is `Date.now()`.

import { readFileSync } from "node:fs";
import { openSheet } from "../../pkg/dist/sheet.js";

const [file, quantity, instant = String(Date.now())] = process.argv.slice(2);

/** What a page may say of a quote: no more than the sheet does. */
export function words({ state, availability, now, ahead, ships, promise, incentive }) {
  if (state === "stale") return "See the price and the date at checkout.";
  if (availability === "outOfStock" || availability === "discontinued") return "Not available in this quantity.";
  if (availability === "inStock") return "In stock.";
  const some = now > 0 ? `${now} in stock; all ` : "";
  if (promise === null) return `${some}${some === "" ? "T" : "t"}o be ordered; there is no date yet.`;
  const day = (date) => new Date(date).toISOString().slice(0, 10);
  const by = `${some}${some === "" ? "S" : "s"}hips by ${day(promise)}`;
  const sure = ships.evidence > 0 ? `, 19 in 20 by ${day(ships.p95)} (${ships.evidence} deliveries)` : "";
  const queue = ahead === null ? "" : `; ${ahead} ahead of you`;
  return `${by}${sure}${queue}.${incentive === undefined ? "" : ` We offer ${incentive}.`}`;
}

if (file !== undefined) {
  const sheet = openSheet(readFileSync(file));
  console.log(`${sheet.sku}: ${words(sheet.quote({ quantity: Number(quantity) }, Number(instant)))}`);
}
