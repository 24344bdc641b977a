/** Quotes and places an order, and says what came of it: of an engine, or of one whose calls give promises. */
export async function line({ createEngine, restoreEngine }) {
  const day = 86_400_000;
  const now = Date.UTC(2026, 10, 23);
  const shop = await createEngine({ id: "shop" });
  await shop.apply({ type: "defineItem", sku: "lamp" }, now);
  await shop.apply({ type: "receive", sku: "lamp", quantity: 2 }, now);
  await shop.apply({ type: "scheduleSupply", supply: "PO-77", sku: "lamp", quantity: 50, due: now + 11 * day }, now);
  const quote = await shop.quote({ sku: "lamp", quantity: 5 }, now);
  await shop.apply({ type: "placeOrder", order: "A-1", lines: [{ sku: "lamp", quantity: 5 }] }, now);
  const again = await restoreEngine(await shop.snapshot());
  const { order, lines } = await again.order("A-1", now);
  const date = (instant) => new Date(instant).toUTCString().slice(0, 16);
  const [{ allocated, backordered, promised }] = lines;
  return (
    `${quote.availability} ${quote.now} ${date(quote.promise)}; ` +
    `${order}: ${allocated} allocated, ${backordered} waiting, ${date(promised)}`
  );
}
