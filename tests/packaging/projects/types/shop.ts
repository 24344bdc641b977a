import { AVAILABILITIES, BackorderError, createEngine, init, newId, REASONS, type Engine, type Outcome } from "backorder";
import { BackorderEta, defineEta, etaText } from "backorder/element";
import { civilDay, offer } from "backorder/formats";
import { en, noticeMessage } from "backorder/messages";
import { openOutbox, webhookSender } from "backorder/outbox";
import { openSheet } from "backorder/sheet";
import { memoryStore, openStored, type Store } from "backorder/store";
import wasm from "backorder/wasm";
import { openWorker } from "backorder/worker";
import { resolveZone } from "backorder/zones";

export async function shop(): Promise<Engine> {
  await init(wasm);
  const engine = createEngine({ id: newId(), seed: 1n });
  const outcome: Outcome = engine.apply({ type: "defineItem", sku: "lamp", backorders: { limit: 3 } }, 0);
  if (outcome.status === "rejected") throw new Error(outcome.message);
  const isOurs = (error: unknown): boolean => error instanceof BackorderError && error.code === "POISONED";
  console.log(isOurs(outcome));
  // @ts-expect-error a quantity is a number
  engine.apply({ type: "receive", sku: "lamp", quantity: "2" }, 0);
  const quote = engine.quote({ sku: "lamp", quantity: 1 }, 0);
  console.log(AVAILABILITIES.indexOf(quote.availability), REASONS.length, offer(quote, 0, { price: 1, currency: "EUR" }));
  console.log(civilDay(quote.promise ?? 0), resolveZone("Europe/Berlin", 0)[0]?.utcOffset);
  console.log(openSheet(engine.quoteSheet("lamp", 0)).quote({ quantity: 1 }, 0).state);
  const [notice] = engine.notices();
  const order = engine.order("A", 0);
  if (notice && order) console.log(noticeMessage(notice, order, { language: en, shop: "Lamps" }).sms.segments);
  const store: Store = memoryStore();
  const kept = await openStored(store, { snapshot: engine.snapshot(), events: "keep" });
  console.log((await kept.apply({ type: "tick" }, 0)).status);
  const hook = { send: webhookSender({ url: "https://shop.example", secret: `whsec_${"A".repeat(32)}` }) };
  const events = { engine: "main", typePrefix: "com.example" };
  await (await openOutbox(kept, memoryStore(), { events, destinations: { hook } })).deliver();
  const worker = await openWorker({ snapshot: engine.snapshot() });
  defineEta({ source: worker });
  console.log(etaText(await worker.quote({ sku: "lamp", quantity: 1 }, 0), 0), BackorderEta.name);
  return engine;
}
