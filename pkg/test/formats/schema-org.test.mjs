import assert from "node:assert/strict";
import { test } from "node:test";
import { jsonLdScript, offer } from "backorder/formats";
import { shop } from "../shop.mjs";
import { DAY, random } from "../shop.mjs";
import { NOW, QUOTES, estimate, quote, refusedAt, undated } from "./quotes.mjs";

const MONEY = { price: "49.00", currency: "USD" };
const made = (of, more) => offer(of, NOW, { ...MONEY, ...more });

test("each availability is said in schema.org's words, with a date where it waits and where one is known", () => {
  for (const [availability, name, starts, lead, level] of [
    ["inStock", "InStock", undefined, undefined, undefined],
    ["limited", "BackOrder", "2026-03-12T12:00:00Z", [9, 14], 2],
    ["backorder", "BackOrder", "2026-03-12T12:00:00Z", [9, 14], 0],
    ["preorder", "PreOrder", "2026-04-07T12:00:00Z", [30, 40], undefined],
    ["outOfStock", "OutOfStock", undefined, undefined, 2],
    ["discontinued", "Discontinued", undefined, undefined, 0],
  ]) {
    const asked = QUOTES[availability];
    const plain = { "@type": "Offer", sku: "lamp", price: "49.00", priceCurrency: "USD" };
    const expected = { ...plain, availability: `https://schema.org/${name}` };
    if (level !== undefined) expected.inventoryLevel = { "@type": "QuantitativeValue", value: level };
    assert.deepEqual(made(undated(asked)), expected, `${availability}, undated`);
    if (starts !== undefined) expected.availabilityStarts = starts;
    if (lead !== undefined) {
      const [minValue, maxValue] = lead;
      expected.deliveryLeadTime = { "@type": "QuantitativeValue", minValue, maxValue, unitCode: "DAY" };
    }
    assert.deepEqual(made(asked), expected, availability);
  }
});

test("the date is p95, or the promise where it is asked for, in the shop's zone", () => {
  const starts = (more, of = QUOTES.backorder) => made(of, more).availabilityStarts;
  assert.equal(starts(), "2026-03-12T12:00:00Z");
  assert.equal(starts({ date: "promise" }), "2026-03-10T00:00:00Z");
  assert.equal(starts({ timeZone: "America/New_York" }), "2026-03-12T08:00:00-04:00");
  const early = { ...QUOTES.backorder, ships: { ...estimate(NOW + DAY), p95: null } };
  assert.equal(starts({}, early), undefined);
  assert.equal(starts({ date: "promise" }, early), "2026-03-10T00:00:00Z");
});

test("lead time counts the shop's civil days, and is not given by halves", () => {
  const lead = (ships, more) => made({ ...QUOTES.backorder, ships }, more).deliveryLeadTime;
  const midnight = NOW + DAY / 2;
  const days = (minValue, maxValue) => ({ "@type": "QuantitativeValue", minValue, maxValue, unitCode: "DAY" });
  assert.deepEqual(lead(estimate(midnight - 1, midnight, midnight)), days(0, 1));
  assert.deepEqual(lead(estimate(midnight - 1, midnight, midnight), { timeZone: "Asia/Tokyo" }), days(1, 1));
  assert.equal(lead(estimate(midnight, midnight, null)), undefined);
  assert.equal(lead(estimate(null)), undefined);
});

test("a date that has passed, or that has no text, is not stated", () => {
  for (const date of [NOW - 1, 0, 2 ** 53 - 1]) {
    const { availability, availabilityStarts, deliveryLeadTime } = made(quote("backorder", 0, 5, date));
    assert.equal(availability, "https://schema.org/BackOrder");
    assert.equal(availabilityStarts, undefined);
    assert.equal(deliveryLeadTime, undefined);
  }
  assert.equal(made(quote("backorder", 0, 5, NOW)).availabilityStarts, "2026-02-26T12:00:00Z");
});

test("a position gives the inventory level; few left is LimitedAvailability, which is in stock", () => {
  const position = { sku: "lamp", available: 7 };
  const of = (more) => {
    const { availability, inventoryLevel } = made(QUOTES.inStock, more);
    return [availability.split("/").at(-1), inventoryLevel?.value];
  };
  assert.deepEqual(of({ position }), ["InStock", 7]);
  assert.deepEqual(of({ position, limitedBelow: 7 }), ["InStock", 7]);
  assert.deepEqual(of({ position, limitedBelow: 8 }), ["LimitedAvailability", 7]);
  assert.deepEqual(of({ limitedBelow: 8 }), ["InStock", undefined]);
  assert.throws(() => of({ position: { sku: "rug", available: 7 } }), refusedAt("options.position"));
});

test("shipping: destination, rate, handling, transit, cut-off and working days, each where it is given", () => {
  const shipping = {
    country: "US",
    region: "NY",
    postalCode: "10001",
    rate: 3.5,
    handlingDays: { min: 1, max: 2 },
    transitDays: 5,
    cutoff: "14:00",
    workdays: [1, 5],
  };
  const { shippingDetails } = made(QUOTES.inStock, { shipping, timeZone: "America/New_York" });
  assert.deepEqual(shippingDetails, {
    "@type": "OfferShippingDetails",
    shippingDestination: { "@type": "DefinedRegion", addressCountry: "US", addressRegion: "NY", postalCode: "10001" },
    shippingRate: { "@type": "MonetaryAmount", value: "3.5", currency: "USD" },
    deliveryTime: {
      "@type": "ShippingDeliveryTime",
      businessDays: {
        "@type": "OpeningHoursSpecification",
        dayOfWeek: ["https://schema.org/Monday", "https://schema.org/Friday"],
      },
      cutoffTime: "14:00:00-05:00",
      handlingTime: { "@type": "QuantitativeValue", minValue: 1, maxValue: 2, unitCode: "DAY" },
      transitTime: { "@type": "QuantitativeValue", minValue: 5, maxValue: 5, unitCode: "DAY" },
    },
  });
  assert.deepEqual(made(QUOTES.inStock, { shipping: [{ country: "DE" }] }).shippingDetails, [
    { "@type": "OfferShippingDetails", shippingDestination: { "@type": "DefinedRegion", addressCountry: "DE" } },
  ]);
  const { cutoffTime } = made(QUOTES.inStock, { shipping: { country: "DE", cutoff: "08:30" } }).shippingDetails.deliveryTime;
  assert.equal(cutoffTime, "08:30:00Z");
});

test("the rest of what a shop says is taken over", () => {
  const url = "https://shop.example/lamp";
  const said = made(QUOTES.inStock, { price: 49, url, priceValidUntil: "2026-12-31", itemCondition: "NewCondition" });
  const { price, priceValidUntil, itemCondition } = said;
  assert.deepEqual(
    [price, said.url, priceValidUntil, itemCondition],
    ["49", url, "2026-12-31", "https://schema.org/NewCondition"],
  );
});

test("what cannot be right is refused with its path", () => {
  for (const [path, more] of [
    ["options.price", { price: -1 }],
    ["options.price", { price: NaN }],
    ["options.price", { price: 1e21 }],
    ["options.price", { price: "49,00" }],
    ["options.price", { price: undefined }],
    ["options.currency", { currency: "usd" }],
    ["options.date", { date: "p50" }],
    ["options.timeZone", { timeZone: "Mars/Olympus" }],
    ["options.timezone", { timezone: "UTC" }],
    ["options.priceValidUntil", { priceValidUntil: "2026-02-30" }],
    ["options.itemCondition", { itemCondition: "New" }],
    ["options.limitedBelow", { limitedBelow: -1 }],
    ["options.url", { url: "" }],
    ["options.shipping.country", { shipping: { country: "USA" } }],
    ["options.shipping.Country", { shipping: { country: "US", Country: "US" } }],
    ["options.shipping[1].rate", { shipping: [{ country: "US" }, { country: "US", rate: "x" }] }],
    ["options.shipping.cutoff", { shipping: { country: "US", cutoff: "24:00" } }],
    ["options.shipping.handlingDays", { shipping: { country: "US", handlingDays: { min: 2, max: 1 } } }],
    ["options.shipping.transitDays", { shipping: { country: "US", transitDays: 1.5 } }],
    ["options.shipping.workdays[0]", { shipping: { country: "US", workdays: [0] } }],
  ]) {
    assert.throws(() => made(QUOTES.inStock, more), refusedAt(path), JSON.stringify(more));
  }
  assert.throws(() => offer(QUOTES.inStock, undefined, MONEY), refusedAt("now"));
  assert.throws(() => offer(QUOTES.inStock, NOW), refusedAt("options"));
});

test("in a page: schema.org's context, and no text ends the element", () => {
  const product = { "@type": "Product", name: "</script><script>alert(1)</script>&<!--", offers: made(QUOTES.backorder) };
  const element = jsonLdScript(product);
  const [open, close] = ['<script type="application/ld+json">', "</script>"];
  assert.ok(element.startsWith(open) && element.endsWith(close));
  const json = element.slice(open.length, -close.length);
  assert.doesNotMatch(json, /[<>&]/);
  assert.deepEqual(JSON.parse(json), { "@context": "https://schema.org", ...product });
  assert.match(jsonLdScript({ "@context": "https://schema.org/docs/jsonldcontext.json" }), /jsonldcontext/);
  for (const thing of [null, [], "text", undefined]) assert.throws(() => jsonLdScript(thing), refusedAt("thing"));

  const below = random(2);
  const signs = ["<", ">", "&", "/script", "!--", "]]", '"', "\\", "\u2028", "\ud800", "é"];
  for (let turn = 0; turn < 500; turn += 1) {
    const name = Array.from({ length: below(12) }, () => signs[below(signs.length)]).join("");
    const inner = jsonLdScript({ name }).slice(open.length, -close.length);
    assert.doesNotMatch(inner, /[<>&]/);
    assert.equal(JSON.parse(inner).name, name);
  }
});

test("of a shop: what its engine quotes", () => {
  const lamps = shop(2);
  lamps.apply({ type: "scheduleSupply", supply: "PO-77", sku: "lamp", quantity: 50, due: NOW + 11 * DAY }, NOW);
  const { availability, availabilityStarts } = made(lamps.quote({ sku: "lamp", quantity: 3 }, NOW));
  assert.deepEqual([availability, availabilityStarts], ["https://schema.org/BackOrder", "2026-03-09T12:00:00Z"]);
  assert.equal(made(lamps.quote({ sku: "lamp", quantity: 60 }, NOW)).availabilityStarts, undefined);
  assert.equal(made(lamps.quote({ sku: "rug", quantity: 1 }, NOW)).availability, "https://schema.org/OutOfStock");
});
