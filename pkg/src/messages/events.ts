import type { Event, Instant, PromiseEvent, PromiseMovedEvent, RefundDueEvent } from "../../index.js";
import type * as Declared from "../../messages.js";
import type { MessageId, MessageLine, MessageOptions, MessageOrder } from "../../messages.js";
import { invalid } from "../errors.js";
import { civilDay } from "../formats/instants.js";
import { composed, type Draft, type Sentence } from "./compose.js";
import { about, because, lineOf, links, list, nameOf, news, openUnits, paragraph, refund } from "./drafts.js";
import { noticeMessage } from "./notices.js";
import { checked } from "./options.js";

export const eventMessage: typeof Declared.eventMessage = (event, order, options) => {
  checked(options);
  if (!("order" in event) || event.order === undefined) return undefined;
  if (event.order !== order.order) {
    throw invalid("event.order", `event.order must be that of the order, which is ${order.order}`);
  }
  if (event.type === "orderPlaced") {
    const draft = placed(order, options);
    return draft && composed(draft, { order: order.order }, options);
  }
  if (!("line" in event) || event.line === undefined) return undefined;
  const line = lineOf(order, event.line, "event.line");
  if (event.type === "noticeDue") {
    return line.notice?.notice === event.notice ? noticeMessage(line.notice, order, options) : undefined;
  }
  const draft = draftOf(event, line, order, options);
  const isEnd = event.type === "orderDeemedCancelled" || event.type === "refundDue";
  return draft && composed(draft, about(order, line, options, (isEnd && line.cancelled) || line.quantity), options);
};

export const substituteMessage: typeof Declared.substituteMessage = (line, alternatives, order, options) => {
  checked(options);
  if (alternatives.length === 0) throw invalid("alternatives", "alternatives must name at least one item");
  const offered = alternatives.map(({ sku, availability, promise }): Sentence => {
    const product = nameOf(sku, options);
    if (availability === "inStock") return ["substituteReady", { product }];
    if (promise === null) return ["substituteUndated", { product }];
    return ["substituteBy", { product, day: civilDay(promise, options.timeZone) }];
  });
  const draft: Draft = {
    subject: ["subjectSubstitutes"],
    blocks: [paragraph(["about"]), paragraph(["substitutes"]), list(...offered), paragraph(["substituteChoice"])],
    links: links(options, ["substitute", "cancel", "order"]),
  };
  return composed(draft, about(order, lineOf(order, line, "line"), options), options);
};

function draftOf(event: Event, line: MessageLine, order: MessageOrder, options: MessageOptions): Draft | undefined {
  switch (event.type) {
    case "promiseMade":
    case "promiseMoved":
    case "promiseBroken":
      return promised(event, line, order, options);
    case "lineReady":
      return byPlacing(event, order) ? undefined : news("subjectReady", options, [["ready", { units: event.quantity }]]);
    case "lineShipped":
      return shipped(event.quantity, line, options);
    case "lineReturned":
      return news("subjectReturned", options, [["returned", { units: event.quantity }]]);
    case "lineSubstituted":
      return news("subjectSubstituted", options, [["substituted"]]);
    case "lineCancelled":
      // The end of an order that the law watches is told with its refund.
      if (line.notice !== undefined && openUnits(line) === 0) return undefined;
      return news("subjectCancelled", options, [["cancelledUnits", { units: event.quantity }]]);
    case "orderDeemedCancelled": {
      const { notice } = line;
      if (notice?.notice !== event.notice || notice.cancelsOn === null) return undefined;
      const why: Sentence = ["deemedCancelled", { until: notice.cancelsOn }];
      return news("subjectCancelled", options, [why, ["apology"], refund(notice.refundBy)]);
    }
    case "refundDue":
      return refundDue(event, line, options);
    default:
      return undefined;
  }
}

/** What the order's own placement did is told with the order. */
function byPlacing({ at, cause }: Event, { placedAt }: MessageOrder): boolean {
  return at === placedAt && (cause.command === "placeOrder" || cause.command === "confirmHold");
}

/** Of an order of which nothing is left there is nothing to list. */
function placed({ lines }: MessageOrder, options: MessageOptions): Draft | undefined {
  const items = lines.flatMap(({ sku, allocated, backordered, shipped, promised }): Sentence[] => {
    const product = nameOf(sku, options);
    const now = allocated + shipped;
    const waits: Sentence =
      promised === null
        ? ["placedUndated", { product, quantity: backordered }]
        : ["placedBy", { product, quantity: backordered, day: civilDay(promised, options.timeZone) }];
    return [...(now > 0 ? [["placedReady", { product, quantity: now }] as const] : []), ...(backordered > 0 ? [waits] : [])];
  });
  if (items.length === 0) return undefined;
  const blocks = [paragraph(["placed"]), list(...items)];
  return { subject: ["subjectPlaced"], blocks, links: links(options, ["order"]) };
}

/**
 * Promises that no longer stand are not told, nor those of lines that have ended, nor what a notice that is due tells, and
 * no move within one day.
 */
function promised(
  event: PromiseEvent | PromiseMovedEvent,
  line: MessageLine,
  order: MessageOrder,
  options: MessageOptions,
): Draft | undefined {
  if (openUnits(line) === 0 || line.promised !== event.to || byPlacing(event, order)) return undefined;
  if (event.type === "promiseMade") return news("subjectPromised", options, [dated("promised", event.to, options)]);
  if (line.notice?.state === "due") return undefined;
  const sentences = event.type === "promiseMoved" ? moved(event, options) : [dated("promiseBroken", event.to, options)];
  if (sentences.length === 0) return undefined;
  const draft = news("subjectDelayed", options, [...sentences, ["apology"]], ["cancel", "order"]);
  return { ...draft, blocks: [...draft.blocks, ...because(options.reason)] };
}

function dated(id: MessageId, at: Instant, { timeZone }: MessageOptions): Sentence {
  return [id, { day: civilDay(at, timeZone) }];
}

/** With what is known of why, where the caller does not say it. */
function moved(event: PromiseMovedEvent, { timeZone, reason }: MessageOptions): Sentence[] {
  const before = civilDay(event.from, timeZone);
  const day = event.to === null ? null : civilDay(event.to, timeZone);
  if (day === before) return [];
  const sentence: Sentence = day === null ? ["promiseLost", { before }] : ["promiseMoved", { day, before }];
  return reason === undefined ? [sentence, ...reasonOf(event)] : [sentence];
}

function reasonOf({ cause }: PromiseMovedEvent): Sentence[] {
  const known: { [Command in PromiseMovedEvent["cause"]["command"]]?: MessageId } = {
    rescheduleSupply: "reasonSupplyChanged",
    cancelSupply: "reasonSupplyCancelled",
    count: "reasonCount",
  };
  const id = known[cause.command];
  return id === undefined ? [] : [[id]];
}

function shipped(units: number, line: MessageLine, options: MessageOptions): Draft {
  const rest = openUnits(line);
  const { promised } = line;
  const remaining: Sentence[] = rest === 0 ? [] : [["remaining", { units: rest }]];
  if (rest > 0 && promised !== null) remaining.push(dated("promised", promised, options));
  return news("subjectShipped", options, [["shipped", { units }], ...remaining]);
}

/** A buyer's cancellation; what else ended the order was told by its own event. At the end of its day, that it is late. */
function refundDue(event: RefundDueEvent, { notice }: MessageLine, options: MessageOptions): Draft | undefined {
  const { to, at, cause } = event;
  if (notice?.notice !== event.notice || notice.state === "refunded") return undefined;
  if (to !== null && at >= to) {
    if (notice.refundBy === null) return undefined;
    return news("subjectRefund", options, [["refundLate", { day: notice.refundBy }], ["apology"]]);
  }
  if (cause.command !== "respond") return undefined;
  return news("subjectCancelled", options, [["cancelledAsAsked"], refund(notice.refundBy)]);
}
