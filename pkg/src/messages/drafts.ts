import type { NoticeView } from "../../index.js";
import type { MessageId, MessageLine, MessageOptions, MessageOrder } from "../../messages.js";
import { invalid } from "../errors.js";
import type { Block, Draft, Sentence } from "./compose.js";
import type { Values } from "./format.js";
import { mustBeText, type LinkName } from "./options.js";

/** What both notices and events are drafted from. */

export function paragraph(...sentences: readonly Sentence[]): Block {
  return { is: "paragraph", sentences };
}

export function list(...sentences: readonly Sentence[]): Block {
  return { is: "list", sentences };
}

/** What is told of one line, and asks for nothing. */
export function news(
  subject: MessageId,
  options: MessageOptions,
  sentences: readonly Sentence[],
  names: readonly LinkName[] = ["order"],
): Draft {
  return { subject: [subject], blocks: [paragraph(["about"]), paragraph(...sentences)], links: links(options, names) };
}

/** A paragraph of its own, as nobody knows how it ends. */
export function because(reason: string | undefined): Block[] {
  return reason === undefined ? [] : [paragraph(["reason", { reason }])];
}

export function refund(by: NoticeView["refundBy"]): Sentence {
  return by === null ? ["refundSoon"] : ["refundBy", { day: by }];
}

const LABELS: { readonly [Name in LinkName]: MessageId } = {
  consent: "linkConsent",
  cancel: "linkCancel",
  substitute: "linkSubstitute",
  order: "linkOrder",
};

/** Of the links that were given, those of these names. */
export function links({ links: given = {} }: MessageOptions, names: readonly LinkName[]): Draft["links"] {
  return names.flatMap((name) => {
    const address = given[name];
    return address === undefined ? [] : [[LABELS[name], new URL(address).href] as const];
  });
}

export function lineOf(order: MessageOrder, line: string, path: string): MessageLine {
  const found = order.lines.find((each) => each.line === line);
  if (found === undefined) throw invalid(path, `${path} must be of a line of the order; ${order.order} has no line ${line}`);
  return found;
}

/** A line as it was ordered, or so many of its units. */
export function about({ order }: MessageOrder, line: MessageLine, options: MessageOptions, quantity = line.quantity): Values {
  return { order, product: nameOf(line.sku, options), quantity };
}

export function openUnits({ allocated, backordered }: MessageLine): number {
  return allocated + backordered;
}

export function nameOf(sku: string, options: MessageOptions): string {
  const name = options.nameOf?.(sku) ?? sku;
  mustBeText(name, "options.nameOf");
  return name;
}
