import type { Outcome, Quote } from "backorder";
import { BackorderObject, bodyText } from "backorder/durable-object";
import { openOutbox, type KeepingEngine, type Outbox } from "backorder/outbox";
import type { Store } from "backorder/store";

interface Env {
  SHOP: DurableObjectNamespace<Shop>;
}

export class Shop extends BackorderObject<Env> {
  protected override readonly events = "keep";

  both(orders: string[], sku: string): string[] {
    return this.change((apply) => orders.map((order) => apply({ type: "placeOrder", order, lines: [{ sku, quantity: 1 }] }).status));
  }

  waiting(sku: string): number {
    // @ts-expect-error what reads can't change anything
    this.read((engine, now) => engine.apply({ type: "tick" }, now));
    return this.read((engine) => engine.position(sku)?.backordered ?? 0);
  }

  protected override openOutbox(engine: KeepingEngine, store: Store): Promise<Outbox> {
    return openOutbox(engine, store, { events: { engine: "main", typePrefix: "com.example" }, destinations: {} });
  }

  async letters(): Promise<number> {
    return (await this.outbox())?.deadLetters().length ?? 0;
  }

  protected override fellDue(outcome: Outcome): void {
    console.log(outcome.events.length, this.env.SHOP);
  }
}

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    const shop = env.SHOP.get(env.SHOP.idFromName("main"));
    const quote: Quote = await shop.quote({ sku: "lamp", quantity: 1 });
    const text: string | undefined = await bodyText(request, 10);
    return Response.json([quote, text, await shop.both(["A", "B"], "lamp")]);
  },
};
