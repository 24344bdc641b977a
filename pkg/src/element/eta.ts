import type { Instant } from "../../index.js";
import type * as Declared from "../../element.js";
import type { Eta, EtaOptions, EtaQuote, EtaTexts } from "../../element.js";
import { instant } from "../check.js";
import { civilDay } from "../formats/instants.js";
import { dateOptions, statedDate } from "../formats/stated-date.js";
import { escaped } from "../html.js";
import { ETA_TEXTS } from "./texts.js";

type Part = Eta["parts"][number];

/** The quantiles that a quote has, the surest first. */
const CHANCES = [
  ["p95", 0.95],
  ["p80", 0.8],
  ["p50", 0.5],
] as const;

export const eta: typeof Declared.eta = (quote, now, options = {}) => {
  instant(now);
  const { texts, language } = words(options);
  const timeZone = options.timeZone ?? hostZone();
  dateOptions({ ...options, timeZone });
  const { availability } = quote;
  if (availability === "inStock" || availability === "outOfStock" || availability === "discontinued") {
    return { state: availability, parts: [{ part: "availability", text: texts[availability] }] };
  }
  const date = statedDate(quote, now, options.date);
  const units = new Intl.NumberFormat(language).format(quote.now);
  const parts = [sentence(date, texts, availability, units, (date) => day(date, now, language, timeZone))];
  const chance = date === null ? undefined : chanceOf(quote, date, texts, language);
  if (chance !== undefined) parts.push({ part: "chance", text: chance });
  if (quote.ahead !== null) parts.push({ part: "ahead", text: aheadOf(quote.ahead, texts, language) });
  return { state: availability, parts };
};

export const etaText: typeof Declared.etaText = (quote, now, options) => lineOf(eta(quote, now, options));

export const etaHtml: typeof Declared.etaHtml = (quote, now, options = {}) => {
  const { date, language, timeZone } = options;
  const given = { sku: quote.sku, quantity: String(quote.quantity), date, lang: language, "time-zone": timeZone };
  const attributes = Object.entries(given).filter(([, value]) => value !== undefined);
  const written = attributes.map(([name, value]) => ` ${name}="${escaped(String(value))}"`).join("");
  return `<backorder-eta${written}>${escaped(etaText(quote, now, options))}</backorder-eta>`;
};

export function lineOf({ parts }: Eta): string {
  return parts.map(({ text }) => text).join(" · ");
}

/** What is said where nothing can be. */
export function unknown(options: EtaOptions): Eta {
  return { state: "unknown", parts: [{ part: "availability", text: words(options).texts.unknown }] };
}

/** Dates in a language whose words are not there would stand between words of another. */
function words({ language = "en", texts }: EtaOptions): { texts: EtaTexts; language: string } {
  const primary = language.toLowerCase().split(/[-_]/)[0] as keyof typeof ETA_TEXTS;
  const own = Object.hasOwn(ETA_TEXTS, primary) ? ETA_TEXTS[primary] : undefined;
  const known = own !== undefined || texts !== undefined;
  return { texts: { ...(own ?? ETA_TEXTS.en), ...texts }, language: known ? supported(language) : "en" };
}

/** Pages bear language tags of all kinds. */
function supported(language: string): string {
  try {
    return Intl.getCanonicalLocales(language.replaceAll("_", "-"))[0] ?? "en";
  } catch {
    return "en";
  }
}

function hostZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

function sentence(
  date: Instant | null,
  texts: EtaTexts,
  state: "limited" | "backorder" | "preorder",
  now: string,
  dayOf: (date: Instant) => NonNullable<Part["day"]>,
): Part {
  if (date === null) return { part: "availability", text: texts[`${state}NoDate`].replace("{now}", now) };
  const day = dayOf(date);
  const text = texts[state].replace("{now}", now).replace("{date}", () => day.text);
  return { part: "availability", text, day };
}

/** The year only where it is another. */
function day(date: Instant, now: Instant, language: string, timeZone: string): NonNullable<Part["day"]> {
  const iso = civilDay(date, timeZone);
  const sameYear = iso.slice(0, 4) === civilDay(now, timeZone).slice(0, 4);
  const form = { weekday: "short", day: "numeric", month: "long", timeZone } as const;
  const clock = new Intl.DateTimeFormat(language, sameYear ? form : { ...form, year: "numeric" });
  return { iso, text: clock.format(date) };
}

/** Where nothing was learned there is no chance to be told, but where the date is from. */
function chanceOf(quote: EtaQuote, date: Instant, texts: EtaTexts, language: string): string | undefined {
  const { basis, evidence } = quote.ships;
  if (basis === "replenishment") return texts.assumed;
  if (basis !== "supply") return undefined;
  if (evidence === 0) return texts.supplier;
  const surest = CHANCES.find(([name]) => (quote.ships[name] ?? Infinity) <= date);
  if (surest === undefined) return undefined;
  const chance = new Intl.NumberFormat(language, { style: "percent" }).format(surest[1]);
  return texts.chance.replace("{chance}", chance);
}

function aheadOf(ahead: number, texts: EtaTexts, language: string): string {
  if (ahead === 0) return texts.first;
  const text = texts.ahead[new Intl.PluralRules(language).select(ahead)] ?? texts.ahead.other;
  return text.replace("{count}", new Intl.NumberFormat(language).format(ahead));
}
