// The element and what it takes: anything that quotes.

import type { Engine, Quote } from "backorder";
import { BackorderEta, ETA_TEXTS, defineEta, eta, etaHtml, etaText } from "backorder/element";
import type { EtaSource, EtaTexts } from "backorder/element";
import type { StoredEngine } from "backorder/store";

declare const engine: Engine;
declare const stored: StoredEngine;
declare const quote: Quote;
declare const now: number;
/** A reader of sheets, which knows the item already. */
declare const sheet: { sku: string; quote(request: { quantity: number; priority?: number }, now: number): Omit<Quote, "ahead"> & { ahead: number | null; state: string } };

const sources: EtaSource[] = [engine, stored, sheet, { quote: async () => quote }, { quote: () => quote, subscribe: () => () => {} }];
defineEta({ source: stored, texts: { inStock: "Here" } });
const shown: BackorderEta = document.createElement("backorder-eta");
shown.source = sources[0];
shown.offer = { itemCondition: "NewCondition", shipping: { country: "US" } };
await shown.refresh();
const polish: EtaTexts = { ...ETA_TEXTS.en, ahead: { few: "{count}", other: "{count}" } };
const line: string = etaText(quote, now, { language: "pl", texts: polish, timeZone: "Europe/Warsaw", date: "promise" });
console.log(line, etaHtml(quote, now), eta(quote, now).parts[0]?.day?.iso);
// @ts-expect-error there is no such state
if (eta(quote, now).state === "soon") console.log(line);
// @ts-expect-error what doesn't quote is no source
shown.source = { position: () => quote };
