/** What shops' code may rely on, to the letter: `same.ts` holds the package's own declarations to it. */

export type Instant = number;
export type Day = string;
export type Quantity = number;
export type Id = string;

export type Command = { key?: Id } & (
  | { type: "defineItem"; sku: Id } & { [K in keyof ItemSettings]?: ItemSettings[K] | null }
  | { type: "defineLocation"; location: Id; calendar?: Calendar | null; transitDays?: Record<string, number> | null }
  | { type: "defineSupplier"; supplier: Id; lateness?: number[] | null }
  | { type: "defineRegime"; regime: Id; base?: "ftc" | "eu" | "uk"; settings?: Record<string, number | string | boolean | string[]> | null }
  | { type: "receive"; sku: Id; location?: Id; quantity: Quantity; supply?: Id }
  | { type: "count"; sku: Id; location?: Id; onHand: Quantity }
  | { type: "scheduleSupply"; supply: Id; sku: Id; location?: Id; quantity: Quantity; due: Instant; supplier?: Id }
  | { type: "rescheduleSupply"; supply: Id; due?: Instant; quantity?: Quantity }
  | { type: "cancelSupply"; supply: Id }
  | { type: "placeOrder"; order: Id; lines: OrderLine[] } & OrderSettings
  | { type: "holdStock"; hold: Id; lines: OrderLine[]; ttl: number; priority?: number }
  | { type: "confirmHold"; hold: Id; order: Id } & Omit<OrderSettings, "priority" | "allocateFrom" | "shortfall" | "sourcing">
  | { type: "releaseHold"; hold: Id }
  | { type: "amendLine"; order: Id; line: Id; quantity: Quantity }
  | { type: "amendOrder"; order: Id } & { [K in "fulfilment" | "notBefore" | "latest" | "shipTo"]?: OrderSettings[K] | null }
  | { type: "relocate"; order: Id; line: Id; from?: Id; to: Id; quantity?: Quantity }
  | { type: "reprioritise"; order: Id; priority: number }
  | { type: "freeze"; order: Id; frozen: boolean }
  | { type: "substitute"; order: Id; line: Id; sku: Id }
  | { type: "cancelOrder"; order: Id; lines?: Id[] }
  | { type: "ship"; order: Id; lines?: { line: Id; quantity: Quantity; location?: Id }[] }
  | { type: "return"; order: Id; line: Id; quantity: Quantity; restock: boolean; location?: Id }
  | { type: "noticeSent"; notice: Id; offersCancel?: boolean; reason?: string }
  | { type: "respond"; order: Id; line?: Id; answer: "consent" | "cancel"; until?: Day | "indefinite" }
  | { type: "refunded"; order: Id; line?: Id }
  | { type: "rebalance"; skus?: Id[]; rules: { match: OrderMatch; strategy: Strategy }[] }
  | { type: "archive"; before: Instant }
  | { type: "tick" }
);

export interface OrderLine {
  line?: Id;
  sku: Id;
  quantity: Quantity;
  locations?: Id[];
  minShipment?: Quantity;
  unitPrice?: Quantity;
}

export interface OrderSettings {
  priority?: number;
  segment?: Id;
  fulfilment?: "partial" | "line" | "order";
  sourcing?: "fewestParts" | "inOrder" | "earliest";
  shipTo?: string;
  notBefore?: Instant;
  allocateFrom?: Instant;
  shortfall?: "refuse" | "trim";
  latest?: Instant;
  statedShipBy?: Day;
  regime?: Id;
  buyerZone?: Zone;
  payment?: "card" | "sellerCredit";
}

export interface ItemSettings {
  backorders: "allow" | "deny" | { limit: Quantity };
  sharing: "sequence" | "fairShare";
  promising: "queue" | "protect";
  ageingDays: number;
  protection: { priority: number; units: Quantity }[];
  overtaking: "ignore" | "learn";
  wholeLines: "collect" | "skip";
  promiseQuantile: number;
  overdue: { offsetDays: number; ignoreAfterDays?: number };
  replenishment: { leadTimeDays: number; supplier?: Id; batch?: Quantity; capacityPerDay?: Quantity };
  safetyStock: Quantity;
  reorder: { policy: "rQ" | "sS" | "baseStock"; point: Quantity; quantity?: Quantity; upTo?: Quantity; minimum?: Quantity; multiple?: Quantity };
  components: { sku: Id; quantity: Quantity }[];
  substitutes: Id[];
  incentives: { fromDelayDays: number; offer: string }[];
  maxPerOrder: Quantity;
  lifecycle: "active" | { preorder: { releaseAt?: Instant } } | "discontinued";
}

export interface Zone { utcOffset?: number; timeZone?: string; transitions?: { from: Instant; utcOffset: number }[] }

export interface Calendar extends Zone {
  workdays: number[];
  holidays?: Day[];
  cutoff?: string;
  handlingDays?: number;
}

export interface OrderMatch { orders?: Id[]; segment?: Id; priority?: { from?: number; to?: number } }

export type Strategy = "win" | "gain" | "redistribute" | "fill" | "lose";

export type Outcome =
  | { status: "applied" | "exists"; events: Event[]; refused?: { line: Id; quantity: Quantity }[]; changes?: Change[] }
  | { status: "rejected"; reason: Reason; path?: string; message: string; alternatives?: Quote[]; events: Event[] };

export interface Change { order: Id; line: Id; before: Quantity; after: Quantity }

export type Reason =
  | "unknownItem" | "unknownLocation" | "unknownSupplier" | "unknownSupply" | "unknownOrder" | "unknownLine"
  | "unknownHold" | "unknownNotice" | "existsWithDifferentContent" | "outOfStock" | "backorderLimit" | "maxPerOrder"
  | "tooLate" | "holdExpired" | "notAllocated" | "notReady" | "alreadyShipped" | "alreadyCancelled" | "notASubstitute" | "cyclicComponents"
  | "supplyMismatch" | "notShipped" | "conflictingSettings" | "isAKit" | "noticeClosed" | "nothingDue" | "timeWentBack" | "invalidCommand" | "limitExceeded";

export interface Event {
  seq: number;
  at: Instant;
  type:
    | "orderPlaced" | "lineAllocated" | "lineDeallocated" | "lineBackordered" | "lineReady" | "lineShipped" | "lineCancelled"
    | "lineReturned" | "lineSubstituted" | "promiseMade" | "promiseMoved" | "promiseKept" | "promiseBroken"
    | "holdPlaced" | "holdExpired" | "holdReleased" | "stockReceived" | "stockCounted" | "supplyScheduled" | "supplyMoved"
    | "supplyCancelled" | "noticeDue" | "orderDeemedCancelled" | "refundDue" | "reorderDue" | "stockLow";
  order?: Id; line?: Id; hold?: Id; sku?: Id; location?: Id; supply?: Id; notice?: Id;
  quantity?: Quantity;
  from?: Instant | null;
  to?: Instant | null;
  cause?: { command: Command["type"]; supply?: Id };
}

export interface Estimate {
  p50: Instant | null;
  p80: Instant | null;
  p95: Instant | null;
  basis: "stock" | "supply" | "replenishment" | "none";
  evidence: number;
}

export interface Quote {
  sku: Id;
  quantity: Quantity;
  parts: { location: Id; now: Quantity; waits: Quantity }[];
  availability: "inStock" | "limited" | "backorder" | "preorder" | "outOfStock" | "discontinued";
  now: Quantity;
  ahead: Quantity;
  ships: Estimate;
  delivers?: Estimate;
  promise: Instant | null;
  alternatives: Quote[];
  incentive?: string;
}

export interface Position {
  sku: Id; location: Id | null;
  onHand: Quantity; allocated: Quantity; held: Quantity; safetyStock: Quantity;
  available: Quantity;
  incoming: Quantity;
  backordered: Quantity;
  waitingLines: number;
}

export interface LineView {
  line: Id; sku: Id;
  quantity: Quantity; allocated: Quantity; backordered: Quantity; shipped: Quantity; cancelled: Quantity; returned: Quantity;
  parts: { location: Id; allocated: Quantity; backordered: Quantity; shipped: Quantity }[];
  ahead: Quantity;
  promised: Instant | null;
  ships: Estimate;
  pegs: { supply: Id | null; quantity: Quantity; due: Instant | null }[];
  notice?: NoticeView;
}

export interface HoldView { hold: Id; placedAt: Instant; endsAt: Instant; state: "open" | "confirmed" | "ended"; lines: Omit<LineView, "notice">[] }

export interface OrderView { order: Id; placedAt: Instant; priority: number; lines: LineView[] }

export interface NoticeView {
  notice: Id; order: Id; line: Id;
  kind: "firstOption" | "renewedOption" | "cancellation" | "newDate";
  revised: Day | "indefinite" | null;
  due: Day;
  silence: "consent" | "cancels" | null;
  cancelsOn: Day | null;
  refundBy: Day | null;
  state: "due" | "sent" | "consented" | "cancelled" | "refunded" | "overdue";
}

export interface Reorder { sku: Id; location: Id; quantity: Quantity; reason: string; shortageRisk: number }

export interface Metrics {
  orders: number; lines: number; units: Quantity;
  refusedUnits: Quantity;
  unitFillRate: number | null; lineFillRate: number | null; orderFillRate: number | null;
  onTimeFirst: number | null; onTimeLast: number | null;
  waitingLines: number; waitingUnits: Quantity; waitingValue: Quantity; oldestWaitDays: number | null;
  meanWaitDays: number | null;
  promisesMade: number; promisesMoved: number; promisesBroken: number;
}

export interface PromiseChange { order: Id; line: Id; before: Instant | null; after: Instant | null; breach: boolean }

export interface Engine {
  apply(command: Command, now: Instant, options?: { events?: "return" | "keep" | "drop" }): Outcome;
  applyAll(commands: Command[], now: Instant, options?: { events?: "return" | "keep" | "drop" }): Outcome[];
  drainEvents(max?: number): Event[];
  applyJson(commands: string, now: Instant): string;
  placeAll(rows: OrderColumns, now: Instant): PlacedColumns;
  quoteAll(rows: { sku: IdColumn; quantity: Float64Array; priority?: Uint8Array }, now: Instant): QuotedColumns;

  quote(request: { sku: Id; quantity: Quantity; priority?: number; locations?: Id[]; shipTo?: string }, now: Instant): Quote;
  quoteOrder(order: { lines: OrderLine[] } & OrderSettings, now: Instant): { lines: Quote[]; promise: Instant | null; refused?: { reason: Reason; path: string } };
  order(id: Id, now: Instant): OrderView | undefined;
  items(page?: Page): { sku: Id; settings: ItemSettings }[];
  orders(page?: Page & { state?: "open" | "closed" }): Id[];
  supplies(sku: Id, page?: Page): { supply: Id; location: Id; open: Quantity; received: Quantity; due: Instant; supplier?: Id; state: "open" | "closed" | "cancelled" }[];
  lastInstant(): Instant;
  hold(id: Id, now: Instant): HoldView | undefined;
  position(sku: Id, location?: Id): Position | undefined;
  queue(sku: Id, page?: Page & { location?: Id }): { order?: Id; hold?: Id; line: Id; location: Id; quantity: Quantity; ahead: Quantity }[];
  notices(): NoticeView[];
  reorders(now: Instant): Reorder[];
  metrics(now: Instant): Metrics;
  explain(order: Id, line: Id, now: Instant): string[];
  whatIf(commands: Command[], now: Instant): PromiseChange[];
  nextWakeAt(): Instant | null;

  snapshot(): Uint8Array;
  digest(): string;
  quoteSheet(sku: Id, now: Instant, location?: Id): Uint8Array;

  free(): void;
  [Symbol.dispose](): void;
}

export interface Page { offset?: number; limit?: number }
export type IdColumn = Id[] | { values: Id[]; codes: Uint32Array };
export interface OrderColumns { order: Id[]; sku: IdColumn; quantity: Float64Array; priority?: Uint8Array }
export interface PlacedColumns { status: Uint8Array; reason: Uint8Array; allocated: Float64Array; promise: Float64Array }
export interface QuotedColumns { availability: Uint8Array; now: Float64Array; ahead: Float64Array; p50: Float64Array; p80: Float64Array; p95: Float64Array; promise: Float64Array }
export const REASONS: readonly Reason[];
export const AVAILABILITIES: readonly Quote["availability"][];

export interface EngineOptions { id?: Id; seed?: bigint; promiseQuantile?: number; requireEvidence?: boolean }

export function init(source?: URL | string | Response | BufferSource | WebAssembly.Module): Promise<void>;
export function createEngine(options?: EngineOptions): Engine;
export function restoreEngine(snapshot: Uint8Array): Engine;

export function newId(): Id;

export class BackorderError extends Error {
  readonly code: "NOT_INITIALISED" | "INVALID_ARGUMENT" | "CORRUPT_SNAPSHOT" | "UNSUPPORTED_SNAPSHOT" | "FREED" | "POISONED";
  readonly path?: string;
}
