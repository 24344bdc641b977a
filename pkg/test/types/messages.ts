// What an engine answers goes in as it is; a language has every sentence.

import type { Engine, Event } from "backorder";
import { de, en, eventMessage, es, fr, languageProblems, noticeMessage, smsLength, substituteMessage, zh } from "backorder/messages";
import type { Language, Message, MessageId, MessageOptions, Sms } from "backorder/messages";

declare const engine: Engine;
declare const event: Event;

const links = { consent: "https://shop.example/wait", cancel: "mailto:orders@shop.example" };
const options: MessageOptions = { language: de, shop: "Lamps Ltd", timeZone: "Europe/Berlin", nameOf: (sku) => sku.toUpperCase(), links };
const order = engine.order("A-1", 0);
const [notice] = engine.notices();
if (order !== undefined && notice !== undefined) {
  const message: Message = noticeMessage(notice, order, options);
  const mail: { subject: string; text: string; html: string } = message;
  const sms: Sms = message.sms;
  const said: Message | undefined = eventMessage(event, order, { ...options, reason: "Kiln", counts: "delivery", locale: "de-AT" });
  const { alternatives } = engine.quote({ sku: "lamp", quantity: 1 }, 0);
  console.log(mail, sms.segments, said?.says.includes("choice"), substituteMessage("1", alternatives, order, options).language);
  // @ts-expect-error there is not always something to say
  console.log(eventMessage(event, order, options).text);
  // @ts-expect-error who sells must be said
  noticeMessage(notice, order, { language: en });
  // @ts-expect-error a link that there is not
  noticeMessage(notice, order, { ...options, links: { consents: "https://shop.example" } });
}
const id: MessageId = "silenceRejects";
const own: Language = { tag: "pl", messages: { ...en.messages, [id]: "…" } };
// @ts-expect-error all sentences but one are lacking
const lacking: Language = { tag: "pl", messages: { choice: "…" } };
console.log(languageProblems(own), [es, fr, lacking, zh].map(({ tag, direction, separator }) => `${tag} ${direction} ${separator}`));
console.log(smsLength("…").encoding === "ucs2");
