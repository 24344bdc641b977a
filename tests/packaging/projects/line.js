/** Quotes and places an order, and says what came of it. */
export function line({ createEngine, restoreEngine }) {
  const day = 86_400_000;
  const now = Date.UTC(2026, 10, 23);
  const shop = createEngine({ id: "shop" });
  shop.apply({ type: "defineItem", sku: "lamp" }, now);
  shop.apply({ type: "receive", sku: "lamp", quantity: 2 }, now);
  shop.apply({ type: "scheduleSupply", supply: "PO-77", sku: "lamp", quantity: 50, due: now + 11 * day }, now);
  const quote = shop.quote({ sku: "lamp", quantity: 5 }, now);
  shop.apply({ type: "placeOrder", order: "A-1", lines: [{ sku: "lamp", quantity: 5 }] }, now);
  const again = restoreEngine(shop.snapshot());
  const { order, lines } = again.order("A-1", now);
  const date = (instant) => new Date(instant).toUTCString().slice(0, 16);
  const [{ allocated, backordered, promised }] = lines;
  return (
    `${quote.availability} ${quote.now} ${date(quote.promise)}; ` +
    `${order}: ${allocated} allocated, ${backordered} waiting, ${date(promised)}`
  );
}
