import type { Command, Event, Id, Instant, LineView, NoticeView, Outcome } from "../../index.js";
import type { Known, RecordEntry, RecordedEngine, Recorder } from "../../record.js";

type More = Parameters<Recorder["after"]>[3];
type Line = Omit<LineView, "notice"> & { notice?: NoticeView };

/** What of an engine's events a record is about. */
const KINDS = new Set<string>([
  "orderPlaced",
  "promiseMade",
  "promiseMoved",
  "promiseKept",
  "promiseBroken",
  "noticeDue",
  "orderDeemedCancelled",
  "refundDue",
  "lineShipped",
  "lineCancelled",
] satisfies RecordEntry["what"][]);

type Kept = Event & { type: RecordEntry["what"] };

/** By what a customer or the seller did about a notice: it makes no event. */
type Act = Extract<Command, { type: "noticeSent" | "respond" | "refunded" }>;

/** Makes entries of what commands did, and knows of each open notice what it said when last looked at. */
export class Entries implements Recorder {
  readonly #engine: RecordedEngine;
  readonly #notices: Notices;
  readonly #quantiles = new Map<Id, number>();

  constructor(engine: RecordedEngine) {
    this.#engine = engine;
    this.#notices = new Notices(engine);
  }

  after(command: Command, outcome: Outcome, now: Instant, more: More = {}): RecordEntry[] {
    const { shown, events = outcome.events } = more;
    if (command.type === "defineItem") this.#quantiles.delete(command.sku);
    if (command.type === "archive") this.#notices.readAll();
    const views = new Views(this.#engine, now);
    const kept = events.filter((event): event is Kept => KINDS.has(event.type));
    const found = kept.map((event) => this.#ofEvent(event, command, views));
    // What was refused is no act, and what came twice was recorded the first time.
    const acts = outcome.status === "applied" && isAct(command) ? this.#ofAct(command, kept, views) : [];
    this.#notices.look(found, views);
    const first = found.findIndex(({ cause }) => cause?.command === command.type);
    const end = first < 0 ? found.length : first;
    const entries = [...found.slice(0, end), ...acts, ...found.slice(end)];
    if (shown === undefined) return entries;
    const about = (entry: RecordEntry): boolean => acts.includes(entry) || (entry.what === "orderPlaced" && isOf(command, entry));
    return entries.map((entry) => (about(entry) ? { ...entry, shown } : entry));
  }

  #ofEvent(event: Kept, command: Command, views: Views): RecordEntry {
    const { seq, type: what, ...rest } = event;
    const entry = { id: `seq-${seq}`, what, ...rest } as RecordEntry;
    if (what === "orderPlaced") return isOf(command, entry) ? { ...entry, terms: termsOf(command) } : entry;
    const line = views.line(entry);
    if (line === undefined) return entry;
    if (what === "promiseMade" || what === "promiseMoved") return { ...entry, known: this.#known(entry, line, views) };
    return line.notice !== undefined && line.notice.notice === entry.notice ? { ...entry, says: line.notice } : entry;
  }

  #known(entry: RecordEntry, line: Line, { now }: Views): Known {
    const { sku, ships, delivers, ahead, pegs } = line;
    return {
      at: Math.max(now, this.#engine.lastInstant()),
      quantile: this.#quantile(sku),
      ships,
      ...(delivers !== undefined && { delivers }),
      ahead,
      supplies: pegs,
      why: entry.order === undefined ? [] : this.#engine.explain(entry.order, line.line, now),
    };
  }

  /** Settings are listed, not read one by one: all are kept until an item's change. */
  #quantile(sku: Id): number | null {
    if (!this.#quantiles.has(sku)) {
      for (const { sku, settings } of this.#engine.items()) this.#quantiles.set(sku, settings.promiseQuantile);
    }
    return this.#quantiles.get(sku) ?? null;
  }

  /** One entry for each notice that it was about. */
  #ofAct(command: Act, events: Kept[], views: Views): RecordEntry[] {
    const order = command.type === "noticeSent" ? this.#notices.orderOf(command.notice) : command.order;
    if (order === undefined) return [];
    // A line that time ended on the way is ended by no answer.
    const deemed = new Set(events.flatMap((event) => (event.type === "orderDeemedCancelled" && event.order === order ? [event.line] : [])));
    const about = views.lines({ order }).filter((line) => !deemed.has(line.line) && this.#isAbout(command, order, line));
    return about.map(({ line, sku, notice }) => {
      const says = notice as NoticeView;
      const { what, ...done } = doneBy(command, says);
      const id = [says.notice, what, done.answer, done.until, views.now].filter((part) => part !== undefined).join("-");
      return { id, at: views.now, what, order, line, sku, notice: says.notice, says, ...done };
    });
  }

  #isAbout(command: Act, order: Id, { line, notice }: Line): boolean {
    if (notice === undefined) return false;
    if (command.type === "noticeSent") return notice.notice === command.notice;
    if (command.line !== undefined) return command.line === line;
    return notice.state === stateAfter(command) && this.#notices.changed(order, line, notice);
  }
}

/** The notice of each line, as it was when last looked at. */
class Notices {
  readonly #engine: RecordedEngine;
  readonly #ofLine = new Map<string, NoticeView>();
  readonly #orders = new Map<Id, Id>();

  constructor(engine: RecordedEngine) {
    this.#engine = engine;
    this.readAll();
  }

  /** One that came to be due unseen is looked for among all. */
  orderOf(notice: Id): Id | undefined {
    if (!this.#orders.has(notice)) this.readAll();
    return this.#orders.get(notice);
  }

  changed(order: Id, line: Id, notice: NoticeView): boolean {
    const before = this.#ofLine.get(key(order, line));
    return before?.notice !== notice.notice || before.state !== notice.state || before.revised !== notice.revised;
  }

  /** Looks again at all orders that something happened to. */
  look(entries: RecordEntry[], views: Views): void {
    for (const entry of entries) if (entry.order !== undefined) views.lines(entry);
    for (const [order, lines] of views.orders) for (const { line, notice } of lines) this.#set(order, line, notice);
  }

  /** Of a line that has shipped there is none any more. */
  #set(order: Id, line: Id, notice: NoticeView | undefined): void {
    const at = key(order, line);
    const before = this.#ofLine.get(at);
    if (before !== undefined && before.notice !== notice?.notice) this.#orders.delete(before.notice);
    if (notice === undefined) {
      this.#ofLine.delete(at);
    } else {
      this.#ofLine.set(at, notice);
      this.#orders.set(notice.notice, order);
    }
  }

  /** Anew, which forgets those that were archived. */
  readAll(): void {
    this.#ofLine.clear();
    this.#orders.clear();
    for (const notice of this.#engine.notices()) this.#set(notice.order, notice.line, notice);
  }
}

function key(order: Id, line: Id): string {
  return JSON.stringify([order, line]);
}

/** How things stand after a command, each order and hold read once. */
class Views {
  readonly #engine: RecordedEngine;
  readonly now: Instant;
  readonly orders = new Map<Id, Line[]>();
  readonly #holds = new Map<Id, Line[]>();

  constructor(engine: RecordedEngine, now: Instant) {
    this.#engine = engine;
    this.now = now;
  }

  /** None, where it is archived already. */
  lines({ order, hold }: Pick<RecordEntry, "order" | "hold">): Line[] {
    if (order !== undefined) return once(this.orders, order, (order) => this.#engine.order(order, this.now)?.lines ?? []);
    return once(this.#holds, hold as Id, (hold) => this.#engine.hold(hold, this.now)?.lines ?? []);
  }

  line(entry: RecordEntry): Line | undefined {
    return this.lines(entry).find(({ line }) => line === entry.line);
  }
}

function once(known: Map<Id, Line[]>, id: Id, read: (id: Id) => Line[]): Line[] {
  const lines = known.get(id) ?? read(id);
  known.set(id, lines);
  return lines;
}

function isAct(command: Command): command is Command & Act {
  return command.type === "noticeSent" || command.type === "respond" || command.type === "refunded";
}

type Placing = Extract<Command, { type: "placeOrder" | "confirmHold" }>;

/** Whether this command placed the order: it may be known by another of the same key. */
function isOf(command: Command, { order }: RecordEntry): command is Command & Placing {
  return (command.type === "placeOrder" || command.type === "confirmHold") && command.order === order;
}

function termsOf({ regime = "none", statedShipBy, buyerZone, payment = "card" }: Placing): NonNullable<RecordEntry["terms"]> {
  return { regime, ...(statedShipBy !== undefined && { statedShipBy }), ...(buyerZone !== undefined && { buyerZone }), payment };
}

function stateAfter(command: Exclude<Act, { type: "noticeSent" }>): NoticeView["state"] {
  if (command.type === "refunded") return "refunded";
  return command.answer === "consent" ? "consented" : "cancelled";
}

function doneBy(command: Act, says: NoticeView): Pick<RecordEntry, "what" | "sent" | "answer" | "until"> {
  if (command.type === "refunded") return { what: "refunded" };
  if (command.type === "respond") {
    const { answer, until } = command;
    return { what: "answered", answer, ...(until !== undefined && { until }) };
  }
  const { offersCancel = true, reason } = command;
  const counts = says.state !== "due" && says.state !== "overdue";
  return { what: "noticeSent", sent: { offersCancel, ...(reason !== undefined && { reason }), counts } };
}
