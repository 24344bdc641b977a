// What is delivered, and by what: a stored engine is what an outbox asks for.

import type { CloudEvent } from "backorder/formats";
import { DeliveryError, emailSender, openOutbox, pushPayload, webhookHeaders, webhookSender } from "backorder/outbox";
import type { DeadLetter, KeepingEngine, MailTransport, Outbox, Sender } from "backorder/outbox";
import { memoryStore, openStored } from "backorder/store";

declare const transport: MailTransport;
declare const secret: string;

const shop: KeepingEngine = await openStored(memoryStore(), { events: "keep" });
const own: Sender = async ({ key, event, attempt, now, signal }) => {
  const said: CloudEvent = event;
  if (signal.aborted) throw new DeliveryError(`${key} ${said.id}`, { outcome: "deadLetter", retryAfterMs: now, cause: attempt });
};
const mail = emailSender({
  transport,
  from: "news@shop.example",
  message: async ({ data }) => (data.type === "noticeDue" ? { to: { name: "", address: "a@b.example" }, subject: "", text: "" } : undefined),
});
await using outbox: Outbox = await openOutbox(shop, memoryStore(), {
  events: { engine: "shop", typePrefix: "com.example" },
  destinations: {
    own: { send: own, types: ["orderPlaced"], delaysMs: [1_000], timeoutMs: 5_000, atOnce: 2 },
    hook: { send: webhookSender({ url: new URL("https://shop.example"), secret: [secret, secret], fetch }) },
    mail: { send: mail },
  },
  now: () => 0,
  random: Math.random,
});
outbox.start((error) => console.log(error));
const letters: DeadLetter[] = outbox.deadLetters();
for (const { destination, key } of letters) await outbox.redeliver(destination, key);
console.log(outbox.nextAttemptAt(), (await webhookHeaders("shop-1", 0, "", secret))["webhook-signature"]);
console.log(pushPayload({ subject: "", text: "" }, { navigate: "https://shop.example" }));
// @ts-expect-error no such outcome
new DeliveryError("no", { outcome: "forget" });
// @ts-expect-error no such event
openOutbox(shop, memoryStore(), { events: { engine: "shop", typePrefix: "a.b" }, destinations: { own: { send: own, types: ["order"] } } });
// @ts-expect-error a mail has a recipient
emailSender({ transport, from: "a@b.example", message: () => ({ subject: "", text: "" }) });
