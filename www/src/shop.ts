/** The shop: it owns the engine, the clock and what is saved. One function for each thing a person can do. */

import {
  BackorderError,
  type Calendar,
  type Command,
  createEngine,
  type Engine,
  type Instant,
  type OrderSettings,
  type Outcome,
  type PromiseChange,
  restoreEngine,
} from "./backorder/browser.js";
import { type ShopData, supplyId } from "./data.js";
import { playHistory } from "./history.js";
import { Ledger } from "./ledger.js";
import { tellTimeBy } from "./local-time.js";
import { News } from "./news.js";
import { Post } from "./post.js";
import { next } from "./routine.js";
import type { Clock, Logged, Saved, Store, Switches } from "./store.js";
import type { World } from "./telling.js";

const OWN = "W-";
/** The priority that is served before all others. */
export const RUSH = 0;
const COMMANDS_PER_CHECKPOINT = 300;
const DEFAULTS: Switches = { ordersCome: true, suppliesArrive: true, readyShips: true };

/** How an order is wanted, as the page's form asks it. */
export type Wishes = Pick<OrderSettings, "priority" | "fulfilment" | "latest" | "regime" | "statedShipBy">;

const PLACE = "default";

/** The command by which the place sends on such days. */
export const sending = (days: Calendar | undefined): Command => ({
  type: "defineLocation",
  location: PLACE,
  calendar: days ?? null,
});

export const isMine = (order: string): boolean => order.startsWith(OWN);

export class Shop {
  private readonly listeners = new Set<() => void>();
  private unsaved: Logged[] = [];
  private sinceCheckpoint = 0;
  private clock: Clock;
  private sends: Calendar | undefined;

  private constructor(
    readonly data: ShopData,
    readonly engine: Engine,
    readonly news: News,
    readonly post: Post,
    readonly ledger: Ledger,
    now: Instant,
    switches: Switches,
    private readonly store: Store | undefined,
    private readonly tell: (text: string) => void,
  ) {
    this.clock = { now, switches };
  }

  /** Continues what was saved, or begins with the recorded weeks. */
  static async open(
    data: ShopData,
    store: Store | undefined,
    progress: (share: number) => void,
    tell: (text: string) => void,
  ): Promise<Shop> {
    const saved = await store?.load();
    const kept = saved?.checkpoint.version === data.version ? Shop.resume(data, saved, store, tell) : undefined;
    if (kept !== undefined) return kept;
    const engine = createEngine({ id: "shop" });
    const shop = new Shop(data, engine, new News(), new Post(isMine), new Ledger(engine, isMine), data.opens, DEFAULTS, store, tell);
    await playHistory(engine, data, shop.news, shop.world, progress);
    shop.checkpoint();
    return shop;
  }

  /** `undefined`, and said so, when the snapshot is not readable here. */
  private static resume(
    data: ShopData,
    { checkpoint, clock, log }: Saved,
    store: Store | undefined,
    tell: (text: string) => void,
  ): Shop | undefined {
    let engine: Engine;
    try {
      engine = restoreEngine(checkpoint.snapshot);
    } catch (error) {
      if (!(error instanceof BackorderError)) throw error;
      tell("What this browser kept of the shop can’t be read by this version. It begins anew.");
      return undefined;
    }
    const [news, post] = [new News([...checkpoint.entries]), new Post(isMine, checkpoint.mails)];
    const ledger = new Ledger(engine, isMine, checkpoint.record);
    const shop = new Shop(data, engine, news, post, ledger, clock.now, clock.switches, store, tell);
    shop.sendBy(checkpoint.days);
    for (const { at, command } of log) shop.heed(command, engine.apply(command, at), at);
    shop.sinceCheckpoint = log.length;
    return shop;
  }

  get now(): Instant {
    return this.clock.now;
  }

  get switches(): Switches {
    return this.clock.switches;
  }

  /** By which the place sends; none: at any time of any day. */
  get days(): Calendar | undefined {
    return this.sends;
  }

  subscribe(listener: () => void): void {
    this.listeners.add(listener);
  }

  readonly world: World = {
    name: (sku) => this.data.bySku.get(sku)?.name ?? sku,
    supplier: (id) => (id === undefined ? "a supplier" : (this.data.suppliers.get(id)?.name ?? id)),
    skuOf: (supply) =>
      this.data.products.find(({ sku }) => this.engine.supplies(sku).some((each) => each.supply === supply))?.sku,
    isMine,
  };

  // What a person can do.

  order(sku: string, quantity: number, wishes: Wishes): { id: string; outcome: Outcome } {
    const id = this.nextOrder();
    const unitPrice = this.data.bySku.get(sku)?.price ?? 0;
    return {
      id,
      outcome: this.act({ type: "placeOrder", order: id, lines: [{ sku, quantity, unitPrice }], ...wishes }),
    };
  }

  cancelOrder = (order: string): Outcome => this.act({ type: "cancelOrder", order });
  amend = (order: string, line: string, quantity: number): Outcome =>
    this.act({ type: "amendLine", order, line, quantity });
  rush = (order: string): Outcome => this.act({ type: "reprioritise", order, priority: RUSH });
  receive = (sku: string, quantity: number, supply?: string): Outcome =>
    this.act({ type: "receive", sku, quantity, ...(supply === undefined ? {} : { supply }) });
  count = (sku: string, onHand: number): Outcome => this.act({ type: "count", sku, onHand });
  moveSupply = (supply: string, due: Instant): Outcome => this.act({ type: "rescheduleSupply", supply, due });
  sendOn = (days: Calendar | undefined): Outcome => this.act(sending(days));
  sendNotice = (notice: string, reason: string): Outcome =>
    this.act({ type: "noticeSent", notice, ...(reason.trim() !== "" && { reason: reason.trim() }) });
  answer = (order: string, line: string, answer: "consent" | "cancel"): Outcome =>
    this.act({ type: "respond", order, line, answer });
  refund = (order: string, line: string): Outcome => this.act({ type: "refunded", order, line });
  cancelSupply = (supply: string): Outcome => this.act({ type: "cancelSupply", supply });

  schedule(sku: string, quantity: number, due: Instant): Outcome {
    const supplier = this.data.bySku.get(sku)?.supplier;
    return this.act({ type: "scheduleSupply", supply: this.nextSupply(), sku, quantity, due, ...supply(supplier) });
  }

  /** What would become of the promises, with nothing done. */
  preview = (command: Command): PromiseChange[] => this.engine.whatIf([command], this.now);

  /** Looks at the shop as it would be after a command, with nothing done. */
  supposing<T>(command: Command, look: (engine: Engine) => T): T {
    const supposed = restoreEngine(this.engine.snapshot());
    try {
      supposed.apply(command, this.now);
      return look(supposed);
    } finally {
      supposed.free();
    }
  }

  setSwitches(switches: Partial<Switches>): void {
    this.clock = { ...this.clock, switches: { ...this.switches, ...switches } };
    this.settle();
  }

  /** Lets time pass, with all that it brings, each at its own instant. */
  advanceTo(instant: Instant): void {
    for (;;) {
      const happening = next(this.engine, this.data, this.switches, this.days, this.now, instant);
      if (happening === undefined) break;
      this.clock = { ...this.clock, now: happening.at };
      for (const command of happening.commands) this.apply(command);
    }
    this.clock = { ...this.clock, now: Math.max(this.now, instant) };
    this.settle();
  }

  async startOver(): Promise<void> {
    await this.store?.clear();
  }

  // How it is done.

  private act(command: Command): Outcome {
    const outcome = this.apply(command);
    this.settle();
    return outcome;
  }

  private apply(command: Command): Outcome {
    const outcome = this.engine.apply(command, this.now);
    this.unsaved.push({ at: this.now, command });
    this.heed(command, outcome, this.now);
    return outcome;
  }

  /** What a command did is told, by the clock that the place has from then on. */
  private heed(command: Command, outcome: Outcome, at: Instant): void {
    if (command.type === "defineLocation" && outcome.status !== "rejected") this.sendBy(command.calendar ?? undefined);
    this.news.note(command, outcome, at, this.world);
    this.post.note(command, outcome, at, this.engine);
    this.ledger.note(command, outcome, at);
  }

  private sendBy(days: Calendar | undefined): void {
    this.sends = days;
    tellTimeBy(days?.transitions ?? []);
  }

  private settle(): void {
    this.sinceCheckpoint += this.unsaved.length;
    if (this.sinceCheckpoint >= COMMANDS_PER_CHECKPOINT) this.checkpoint();
    else this.store?.append(this.unsaved, this.clock).catch(this.notSaved);
    this.unsaved = [];
    for (const listener of this.listeners) listener();
  }

  private checkpoint(): void {
    this.sinceCheckpoint = 0;
    const checkpoint = {
      version: this.data.version,
      snapshot: this.engine.snapshot(),
      entries: this.news.entries,
      days: this.days,
      mails: this.post.mails,
      record: this.ledger.entries,
    };
    this.store?.checkpoint(checkpoint, this.clock).catch(this.notSaved);
  }

  private readonly notSaved = (): void =>
    this.tell(
      "Saving failed: this browser has no room left for the page. What you do from here on is gone with a reload.",
    );

  private nextOrder(): string {
    let number = 1;
    while (this.engine.order(`${OWN}${number}`, this.now) !== undefined) number += 1;
    return `${OWN}${number}`;
  }

  /** Numbers go on after all there are; a supply keeps its number when it is closed or cancelled. */
  private nextSupply(): string {
    const used = new Set(
      this.data.products.flatMap(({ sku }) => this.engine.supplies(sku).map(({ supply }) => supply)),
    );
    let number = 101 + used.size;
    while (used.has(supplyId(number))) number += 1;
    return supplyId(number);
  }
}

const supply = (supplier: string | undefined): { supplier?: string } => (supplier === undefined ? {} : { supplier });
