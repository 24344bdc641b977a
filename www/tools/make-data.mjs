// Writes www/data/shop.json: some weeks of the UCI Online Retail data set as the page plays them.
// Usage: node www/tools/make-data.mjs online-retail.csv.gz   (or the .csv)
// Orders and prices are the data set's. It has no stock and no supplies: those follow the rule below,
// which www/data/ATTRIBUTION.md states in words.

import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

const DAY = 86_400_000;
const START = Date.UTC(2011, 9, 24);
const OPENS = Date.UTC(2011, 10, 14, 8);
const END = Date.UTC(2011, 11, 4);
const WEEKS = (END - START) / DAY / 7;

/** What is past its date is expected in two days, and given up after three weeks. */
const OVERDUE = { offsetDays: 2, ignoreAfterDays: 21 };

/**
 * `leadDays`: how long before its date a supply is ordered; `everyDays`: how often; `slips`: days late, in turn.
 * `lateness`: deliveries of the months before, days after their date, the latest last. One is new and has none.
 */
const SUPPLIERS = [
  { id: "ceramics", name: "Ceramics and glass", leadDays: 24, everyDays: 11, slips: [0, 2, 0, 0, 6], lateness: [0, 1, 0, 3, 8, 0, 2, 12, 5, 0, 0, 4, 9, 2, 1, 15, 0, 6, 3, 0, 1, 7] },
  { id: "textiles", name: "Textiles", leadDays: 18, everyDays: 9, slips: [0, 0, 1, 0], lateness: [0, 0, -1, 0, 0, 1, 0, 0, -1, 2, 0, 0, 1, 0, 0, 0, 3, 0, 0, 1, 0, -1, 0, 0] },
  { id: "paper", name: "Paper and print", leadDays: 12, everyDays: 6, slips: [0, 0, 0, 1], lateness: [0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 2, 0, 0, 1, 0] },
  { id: "woodwork", name: "Woodwork and toys", leadDays: 21, everyDays: 10, slips: [1, 0, 0, 5, 0], lateness: [0, 0, 1, 5, 0, 2, 0, 0, 7, 1, 0, 0, 3, 0, 10, 0, 1] },
  { id: "tinware", name: "Tinware and lights", leadDays: 28, everyDays: 12, slips: [0, 0, 4, 0, 9], lateness: [2, 9, 0, 4, 14, 0, 6, 0, 11, 3, 21, 0, 7, 5, 1, 9, 0, 16] },
  { id: "pastimes", name: "Games and pastimes", leadDays: 28, everyDays: 12, slips: [0], lateness: [] },
];

/** `stock` and `cover` are in weeks of the item's own demand: what stands there at the start, and what each supply brings per week. */
const PRODUCTS = [
  { sku: "22423", name: "Regency cakestand, three tiers", supplier: "ceramics", pack: 6, stock: 1.0, cover: 0.9, firstDay: 6, settings: { maxPerOrder: 96, replenishment: { leadTimeDays: 24 } } },
  { sku: "85123A", name: "White hanging heart T-light holder", supplier: "woodwork", pack: 24, stock: 1.25, cover: 0.7, firstDay: 8, settings: { replenishment: { leadTimeDays: 21 } } },
  { sku: "22086", name: "Paper chain kit, 50’s Christmas", supplier: "paper", pack: 24, stock: 0.6, cover: 0.62, firstDay: 3, settings: { replenishment: { leadTimeDays: 12 } } },
  { sku: "23355", name: "Hot water bottle Keep Calm", supplier: "textiles", pack: 12, stock: 0.8, cover: 0.78, firstDay: 5, settings: { replenishment: { leadTimeDays: 18 } } },
  { sku: "85099B", name: "Jumbo bag red retrospot", supplier: "textiles", pack: 50, stock: 1.3, cover: 0.8, firstDay: 7, settings: { safetyStock: 50, replenishment: { leadTimeDays: 18 } } },
  { sku: "84879", name: "Bird ornament, assorted colours", supplier: "woodwork", pack: 48, stock: 1.05, cover: 0.6, firstDay: 5, settings: { replenishment: { leadTimeDays: 21 } } },
  { sku: "22138", name: "Baking set retrospot, nine pieces", supplier: "tinware", pack: 12, stock: 1.5, cover: 0.75, firstDay: 9, settings: {} },
  { sku: "22578", name: "Wooden star, Scandinavian Christmas", supplier: "woodwork", pack: 48, stock: 2.0, cover: 1.1, firstDay: 4, settings: { replenishment: { leadTimeDays: 21 } } },
  { sku: "22865", name: "Hand warmer, owl", supplier: "textiles", pack: 24, stock: 0.9, cover: 0.8, firstDay: 4, settings: { backorders: { limit: 600 }, replenishment: { leadTimeDays: 18 } } },
  { sku: "22720", name: "Three cake tins, pantry design", supplier: "tinware", pack: 6, stock: 1.6, cover: 1.1, firstDay: 6, settings: { safetyStock: 6 } },
  { sku: "22727", name: "Alarm clock Bakelike red", supplier: "tinware", pack: 12, stock: 2.7, cover: 0.9, firstDay: 14, settings: { promiseQuantile: 0.95 } },
  { sku: "84347", name: "Rotating silver angels T-light holder", supplier: "tinware", pack: 24, stock: 1.7, cover: 0.9, firstDay: 11, settings: {} },
  { sku: "23313", name: "Vintage Christmas bunting", supplier: "textiles", pack: 12, stock: 0.7, cover: 0.7, firstDay: 8, settings: { ageingDays: 2 } },
  { sku: "23284", name: "Doormat Keep Calm and Come In", supplier: "textiles", pack: 10, stock: 1.6, cover: 1.0, firstDay: 10, settings: { backorders: "deny" } },
  { sku: "22382", name: "Lunch bag spaceboy", supplier: "textiles", pack: 20, stock: 1.3, cover: 0.8, firstDay: 6, settings: { replenishment: { leadTimeDays: 18 } } },
  { sku: "22457", name: "Natural slate heart chalkboard", supplier: "woodwork", pack: 12, stock: 3.05, cover: 0, firstDay: 0, settings: { lifecycle: "discontinued" } },
  { sku: "23570", name: "Pick up sticks, traditional game", supplier: "pastimes", pack: 24, stock: 2.0, cover: 0, firstDay: 0, settings: {} },
  { sku: "23552", name: "Bicycle puncture repair kit", supplier: "pastimes", pack: 24, stock: 0, cover: 1.6, firstDay: 30, only: 1, settings: { lifecycle: { preorder: { releaseAt: Date.UTC(2011, 10, 25, 8) } } } },
];

function csvRow(line) {
  const fields = [];
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    fields.push(match[1] === undefined ? match[2] : match[1].replaceAll('""', '"'));
  }
  return fields;
}

function readOrders(path) {
  const file = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(file) : file).toString("utf8");
  const indexOf = new Map(PRODUCTS.map((product, index) => [product.sku, index]));
  const orders = new Map();
  const prices = PRODUCTS.map(() => new Map());
  for (const line of text.split(/\r?\n/).slice(1)) {
    if (line === "") continue;
    const [invoice, sku, , quantityText, dateText, priceText] = csvRow(line);
    const product = indexOf.get(sku);
    const quantity = Number(quantityText);
    const at = Date.parse(`${dateText.replace(" ", "T")}Z`);
    if (product === undefined || invoice.startsWith("C") || !(quantity > 0) || at < START || at >= END) continue;
    const price = Math.round(Number(priceText) * 100);
    if (price <= 0) continue;
    prices[product].set(price, (prices[product].get(price) ?? 0) + 1);
    const order = orders.get(invoice) ?? { at, invoice, lines: [] };
    order.lines.push([product, quantity]);
    orders.set(invoice, order);
  }
  return { orders: [...orders.values()].sort((a, b) => a.at - b.at), prices };
}

const mostFrequent = (counts) => [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0][0];
const roundUp = (units, pack) => Math.ceil(units / pack) * pack;

/** A delivery comes at 09:30 on a working day. */
function deliveryAt(day) {
  let at = START + day * DAY;
  while ([0, 6].includes(new Date(at).getUTCDay())) at += DAY;
  return at + 9.5 * 3_600_000;
}

function suppliesOf(product, index, weekly) {
  const supplier = SUPPLIERS.find(({ id }) => id === product.supplier);
  const supplies = [];
  if (product.cover === 0) return supplies;
  const quantity = roundUp((weekly * product.cover * supplier.everyDays) / 7, product.pack);
  const most = product.only ?? Infinity;
  for (let turn = 0; turn < most; turn += 1) {
    const day = product.firstDay + turn * supplier.everyDays;
    const due = deliveryAt(day);
    const scheduled = Math.max(START, due - supplier.leadDays * DAY);
    if (scheduled >= OPENS || due >= END + 14 * DAY) break;
    const slip = supplier.slips[(turn + index) % supplier.slips.length];
    const came = deliveryAt(day + slip);
    supplies.push({ product: index, quantity, scheduled, due, came: came < OPENS ? came : null, slip });
  }
  return supplies;
}

const path = process.argv[2];
if (path === undefined) {
  console.error("usage: node www/tools/make-data.mjs online-retail.csv.gz");
  process.exit(2);
}
const { orders, prices } = readOrders(path);
const weekly = PRODUCTS.map((_, index) => {
  const units = orders
    .flatMap(({ lines }) => lines)
    .filter(([product]) => product === index)
    .map(([, quantity]) => quantity);
  // One order of thousands is no demand of every week: an order counts for at most a tenth of all.
  const total = units.reduce((sum, each) => sum + each, 0);
  return units.reduce((sum, each) => sum + Math.min(each, total / 10), 0) / WEEKS;
});
const minutes = (at) => Math.round((at - START) / 60_000);
const shop = {
  about: "Orders: UCI Online Retail (CC BY 4.0); stock and supplies: made by rule. See ATTRIBUTION.md.",
  start: START,
  opens: OPENS,
  end: END,
  suppliers: SUPPLIERS.map(({ id, name, lateness }) => ({ id, name, lateness })),
  products: PRODUCTS.map(({ sku, name, supplier, pack, stock, settings }, index) => ({
    sku,
    name,
    supplier,
    pack,
    price: mostFrequent(prices[index]),
    stock: roundUp(weekly[index] * stock, pack),
    settings: { overdue: OVERDUE, ...settings },
  })),
  // [product, quantity, minute ordered, minute due, minute it came or null]
  supplies: PRODUCTS.flatMap((product, index) => suppliesOf(product, index, weekly[index]))
    .sort((a, b) => a.scheduled - b.scheduled || a.product - b.product || a.due - b.due)
    .map(({ product, quantity, scheduled, due, came }) => [
      product,
      quantity,
      minutes(scheduled),
      minutes(due),
      came === null ? null : minutes(came),
    ]),
  // [minute, invoice, product, quantity, product, quantity, …]
  orders: orders.map(({ at, invoice, lines }) => [minutes(at), invoice, ...lines.flat()]),
};
const rows = (list) => `[\n${list.map((row) => JSON.stringify(row)).join(",\n")}\n]`;
const text = `{\n"about":${JSON.stringify(shop.about)},\n"start":${shop.start},"opens":${shop.opens},"end":${shop.end},\n"suppliers":${rows(shop.suppliers)},\n"products":${rows(shop.products)},\n"supplies":${rows(shop.supplies)},\n"orders":${rows(shop.orders)}\n}\n`;
writeFileSync(new URL("../data/shop.json", import.meta.url), text);
console.log(`${shop.orders.length} orders, ${shop.supplies.length} supplies, ${text.length} bytes`);
