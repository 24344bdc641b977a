import type { MessageLine, MessageOptions, MessageOrder } from "../../messages.js";
import { invalid } from "../errors.js";
import { offset } from "../formats/instants.js";
import { only } from "../formats/options.js";
import type { Block, Draft, Sentence } from "./compose.js";
import type { Values } from "./format.js";

const NAMES = ["language", "locale", "timeZone", "shop", "customer", "nameOf", "reason", "counts", "links"] as const;
const LINKS = {
  consent: "linkConsent",
  cancel: "linkCancel",
  substitute: "linkSubstitute",
  order: "linkOrder",
} as const;

export type LinkName = keyof typeof LINKS;

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
  only(links, Object.keys(LINKS), "options.links");
  for (const [name, link] of Object.entries(links)) mustBeAddress(link, `options.links.${name}`);
}

/** Of the links that were given, those of these names. */
export function given({ links = {} }: MessageOptions, names: readonly LinkName[]): Draft["links"] {
  return names.flatMap((name) => {
    const address = links[name];
    return address === undefined ? [] : [[LINKS[name], new URL(address).href] as const];
  });
}

export function lineOf(order: MessageOrder, line: string, path: string): MessageLine {
  const found = order.lines.find((each) => each.line === line);
  if (found === undefined) throw invalid(path, `${path} must be of a line of the order; ${order.order} has no line ${line}`);
  return found;
}

/** A line as it was ordered, or those of its units. */
export function about({ order }: MessageOrder, line: MessageLine, options: MessageOptions, quantity = line.quantity): Values {
  return { order, product: nameOf(line.sku, options), quantity };
}

/** Of what a notice is about: what has not shipped, and once that is nothing, what was cancelled. */
export function concerned(line: MessageLine): number {
  return openUnits(line) || line.cancelled || line.quantity;
}

export function openUnits({ allocated, backordered }: MessageLine): number {
  return allocated + backordered;
}

export function nameOf(sku: string, options: MessageOptions): string {
  const name = options.nameOf?.(sku) ?? sku;
  mustBeText(name, "options.nameOf");
  return name;
}

export function paragraph(...sentences: readonly Sentence[]): Block {
  return { is: "paragraph", sentences };
}

export function list(...sentences: readonly Sentence[]): Block {
  return { is: "list", sentences };
}

function mustBeText(value: unknown, path: string): void {
  if (typeof value !== "string" || value.trim() === "") throw invalid(path, `${path} must be a text that says something`);
}

function mustBeTag(value: unknown, path: string): void {
  try {
    Intl.getCanonicalLocales(value as string);
    if (typeof value === "string" && value !== "") return;
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
