import type { Instant } from "../../index.js";
import type { CloudEventOptions } from "../../formats.js";
import type { Delivery as Contract, Destination } from "../../outbox.js";
import { cloudEvent } from "../formats/cloudevents.js";
import { DeliveryError } from "./delivery-error.js";
import { Due } from "./due.js";
import { keyOf } from "./key.js";
import type { Box, Delivery, Note } from "./state.js";

/** Three days, as Standard Webhooks 1.0.0 suggests. */
const DELAYS_MS = [5, 5 * 60, 30 * 60, 2 * 3_600, 5 * 3_600, 10 * 3_600, 14 * 3_600, 20 * 3_600, 24 * 3_600].map(
  (seconds) => seconds * 1_000,
);
const TIMEOUT_MS = 15_000;
const AT_ONCE = 8;

/** A receiver that asks for more would have events wait for as long as it likes. */
const MOST_RETRY_AFTER_MS = 86_400_000;

const MOST_REASON_CHARACTERS = 500;

/** The part of a delay by which chance makes it longer. */
const SPREAD = 0.2;

/** What an outbox has for each of its destinations. */
export interface Surroundings {
  readonly events: CloudEventOptions;
  readonly now: () => Instant;
  readonly random: () => number;
  /** Fulfilled when it is safe. */
  note(note: Note): Promise<void>;
  /** Whether more may be sent. */
  open(): boolean;
  /** An attempt is over; `error`: its note could not be made safe. */
  landed(error?: unknown): void;
}

/** Sends what waits for one destination: of each lane the first, and the next when that is noted. */
export class Dispatcher {
  readonly #name: string;
  readonly #destination: Destination;
  readonly #box: Box;
  readonly #around: Surroundings;
  readonly #due = new Due();
  /** The lanes that are due some time or on their way. */
  readonly #known = new Set<string>();
  readonly #flying = new Set<AbortController>();

  constructor(name: string, destination: Destination, box: Box, around: Surroundings) {
    this.#name = name;
    this.#destination = destination;
    this.#box = box;
    this.#around = around;
    for (const lane of box.lanes.keys()) this.enter(lane);
  }

  get flying(): number {
    return this.#flying.size;
  }

  /** Something waits in this lane. */
  enter(lane: string): void {
    const first = this.#box.lanes.get(lane)?.[0];
    if (first === undefined || this.#known.has(lane)) return;
    this.#known.add(lane);
    this.#due.push({ at: first.next, seq: first.event.seq, lane });
  }

  /** Begins whatever is due, as much as may be on its way at once. */
  fill(): void {
    while (this.#around.open()) {
      const at = this.next();
      if (at === undefined || at > this.#around.now()) return;
      const lane = (this.#due.first as { lane: string }).lane;
      this.#due.shift();
      void this.#attempt(lane);
    }
  }

  /** When there is more to begin. */
  next(): Instant | undefined {
    const full = this.#flying.size >= (this.#destination.atOnce ?? AT_ONCE);
    return full || this.#box.stopped !== undefined ? undefined : this.#due.first?.at;
  }

  abort(): void {
    for (const controller of this.#flying) controller.abort();
  }

  async #attempt(lane: string): Promise<void> {
    const delivery = this.#box.lanes.get(lane)?.[0] as Delivery;
    const controller = new AbortController();
    this.#flying.add(controller);
    let failure: unknown;
    try {
      const note = await this.#outcome(lane, delivery, controller);
      if (note !== undefined) await this.#around.note(note);
    } catch (error) {
      failure = error;
    }
    this.#flying.delete(controller);
    this.#known.delete(lane);
    this.enter(lane);
    this.#around.landed(failure);
  }

  /** What comes of one attempt; `undefined`: the outbox was closed meanwhile. */
  async #outcome(lane: string, delivery: Delivery, controller: AbortController): Promise<Note | undefined> {
    const place = { to: this.#name, lane, seq: delivery.event.seq };
    const { timeoutMs = TIMEOUT_MS } = this.#destination;
    const late = new DeliveryError(`it took longer than ${timeoutMs} ms`);
    const timer = setTimeout(() => controller.abort(late), timeoutMs);
    try {
      await unlessAborted(Promise.resolve(this.#destination.send(this.#asked(delivery, controller.signal))), controller.signal);
      return { type: "delivered", ...place };
    } catch (error) {
      return this.#around.open() || controller.signal.reason === late ? this.#failed(place, delivery, error) : undefined;
    } finally {
      clearTimeout(timer);
    }
  }

  #asked({ event, attempts }: Delivery, signal: AbortSignal): Contract {
    const { events, now } = this.#around;
    return { key: keyOf(events.engine, event.seq), event: cloudEvent(event, events), attempt: attempts + 1, now: now(), signal };
  }

  #failed(place: { to: string; lane: string; seq: number }, { attempts }: Delivery, thrown: unknown): Note {
    const error = reasonOf(thrown);
    const { outcome, retryAfterMs } = thrown instanceof DeliveryError ? thrown : new DeliveryError(error);
    if (outcome === "stop") return { type: "stopped", to: place.to, error };
    const delay = (this.#destination.delaysMs ?? DELAYS_MS)[attempts];
    const now = this.#around.now();
    if (outcome === "deadLetter" || delay === undefined) return { type: "died", ...place, at: now, error };
    const spread = Math.floor(delay * (1 + SPREAD * this.#around.random()));
    return { type: "failed", ...place, attempts: attempts + 1, next: now + Math.max(spread, Math.min(retryAfterMs, MOST_RETRY_AFTER_MS)) };
  }
}

/** What is kept of a failure. What `fetch` throws says the reason in its cause. */
function reasonOf(thrown: unknown): string {
  const { message = String(thrown), cause } = (thrown ?? {}) as { message?: string; cause?: { message?: string } };
  return [message, cause?.message].filter((text) => text !== undefined && text !== "").join(": ").slice(0, MOST_REASON_CHARACTERS);
}

/** A sender that does not listen to its signal must not hold up its lane. */
function unlessAborted(sent: Promise<unknown>, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    sent.then(resolve, reject);
  });
}
