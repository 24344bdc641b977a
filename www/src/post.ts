/** What the customers of this page's orders were told: what each message was made of, so that it can be said in any language. */

import type { Command, Engine, Event, Instant, NoticeView, OrderView, Outcome } from "./backorder/browser.js";
import { en, eventMessage, type Language, type Message, type MessageOptions, noticeMessage } from "./backorder/messages.js";
import { isUnsent } from "./delay-words.js";

export interface Mail {
  readonly key: string;
  readonly at: Instant;
  /** As it stood when the message went. */
  readonly order: OrderView;
  readonly line?: string;
  readonly event?: Event;
  readonly notice?: NoticeView;
  readonly reason?: string;
}

const KEPT = 40;
export const REASON = "Our supplier is late.";

/** Where the links of a message lead: the page takes them as answers. */
export const answerHref = (answer: "consent" | "cancel", order: string, line: string): string =>
  `${location.origin}${location.pathname}#/${answer}/${encodeURIComponent(order)}/${encodeURIComponent(line)}`;

/** Whether a notice has an answer. */
const isChoice = (notice: NoticeView | undefined): boolean =>
  notice?.kind === "firstOption" || notice?.kind === "renewedOption";

/** `undefined`: this is nothing to tell a customer. */
export function messageOf(mail: Mail, language: Language, nameOf: (sku: string) => string): Message | undefined {
  const { order, line, event, notice, reason } = mail;
  const options: MessageOptions = {
    language,
    shop: "The shop",
    nameOf,
    ...(language.tag === "en" && { locale: "en-GB" }),
    ...(reason !== undefined && { reason }),
    ...(line !== undefined && isChoice(notice) && {
      links: { consent: answerHref("consent", order.order, line), cancel: answerHref("cancel", order.order, line) },
    }),
  };
  if (notice !== undefined) return noticeMessage(notice, order, options);
  return event && eventMessage(event, order, options);
}

export class Post {
  /** Oldest first. */
  constructor(
    private readonly isMine: (order: string) => boolean,
    private list: readonly Mail[] = [],
  ) {}

  get mails(): readonly Mail[] {
    return this.list;
  }

  /** What a command told customers: news as they happen, a notice once it is sent, and what became of it. */
  note(command: Command, outcome: Outcome, at: Instant, engine: Engine): void {
    const events: readonly Event[] = outcome.events;
    for (const event of events) this.ofEvent(event, events, engine);
    if (outcome.status !== "applied") return;
    if (command.type === "noticeSent") {
      const notice = engine.notices().find((each) => each.notice === command.notice);
      // What came too late, or without what the law asks for, counts as not sent.
      if (notice !== undefined && !isUnsent(notice)) this.ofNotice(notice, at, engine, command.reason);
    }
    // What is cancelled is told by its event.
    if (command.type === "refunded" || (command.type === "respond" && command.answer === "consent")) {
      const state = command.type === "refunded" ? "refunded" : "consented";
      const all = engine.notices().filter((each) => each.order === command.order && each.state === state);
      for (const notice of all) if (command.line === undefined || command.line === notice.line) this.ofNotice(notice, at, engine);
    }
  }

  private ofEvent(event: Event, others: readonly Event[], engine: Engine): void {
    if (!("order" in event) || event.order === undefined || !this.isMine(event.order)) return;
    // A notice goes when the merchant sends it, and says itself that the date has moved.
    if (event.type === "noticeDue") return;
    const line = "line" in event ? event.line : undefined;
    const told = others.some((other) => other.type === "noticeDue" && other.order === event.order && other.line === line);
    if (told && (event.type === "promiseMoved" || event.type === "promiseMade")) return;
    const order = engine.order(event.order, event.at);
    if (order === undefined) return;
    this.add({ key: `event ${event.seq}`, at: event.at, order, ...(line !== undefined && { line }), event });
  }

  private ofNotice(notice: NoticeView, at: Instant, engine: Engine, reason?: string): void {
    const order = this.isMine(notice.order) ? engine.order(notice.order, at) : undefined;
    if (order === undefined) return;
    const key = `notice ${notice.notice} ${notice.state} ${at}`;
    this.add({ key, at, order, line: notice.line, notice, ...(reason !== undefined && { reason }) });
  }

  private add(mail: Mail): void {
    if (messageOf(mail, en, (sku) => sku) !== undefined) this.list = [...this.list, mail].slice(-KEPT);
  }
}
