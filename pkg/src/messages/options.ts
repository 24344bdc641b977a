import type { MessageOptions } from "../../messages.js";
import { invalid } from "../errors.js";
import { offset } from "../formats/instants.js";
import { only } from "../formats/options.js";

const NAMES = ["language", "locale", "timeZone", "shop", "customer", "nameOf", "reason", "counts", "links"] as const;
const LINKS = ["consent", "cancel", "order", "substitute"] as const;

export type LinkName = (typeof LINKS)[number];

export function checked(options: MessageOptions): void {
  only(options, NAMES);
  const { language, timeZone = "UTC", shop, customer, reason, counts, locale, links = {} } = options;
  if (typeof language?.messages !== "object" || language.messages === null) {
    throw invalid("options.language", "options.language must be a language with its messages, as en");
  }
  mustBeTag(language.tag, "options.language.tag");
  if (locale !== undefined) mustBeTag(locale, "options.locale");
  offset(0, timeZone, "options.timeZone");
  mustBeText(shop, "options.shop");
  if (customer !== undefined) mustBeText(customer, "options.customer");
  if (reason !== undefined) mustBeText(reason, "options.reason");
  if (counts !== undefined && counts !== "shipment" && counts !== "delivery") {
    throw invalid("options.counts", 'options.counts must be "shipment" or "delivery"');
  }
  only(links, LINKS, "options.links");
  for (const [name, link] of Object.entries(links)) mustBeAddress(link, `options.links.${name}`);
}

export function mustBeText(value: unknown, path: string): void {
  if (typeof value !== "string" || value.trim() === "") throw invalid(path, `${path} must be a text that says something`);
}

function mustBeTag(value: unknown, path: string): void {
  try {
    if (typeof value === "string" && Intl.getCanonicalLocales(value).length === 1) return;
  } catch {
    // It is refused below.
  }
  throw invalid(path, `${path} must be a BCP 47 tag, as en or pt-BR`);
}

/** Others, as "javascript:", do something else than lead to where to answer. */
const PROTOCOLS = ["http:", "https:", "mailto:", "tel:"];

function mustBeAddress(value: unknown, path: string): void {
  const right = typeof value === "string" && URL.canParse(value) && PROTOCOLS.includes(new URL(value).protocol);
  if (!right) throw invalid(path, `${path} must be an absolute address of http, https, mailto or tel`);
}
