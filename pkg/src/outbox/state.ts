import type { Event, Instant } from "../../index.js";
import { subjectOf } from "../formats/cloudevents.js";
import { StoreError } from "../store/error.js";
import type { Told } from "./journal.js";

/** Where a delivery stands, which is the first of its lane. */
export interface Place {
  to: string;
  lane: string;
  seq: number;
}

/** What happens to an outbox. Each says the same when it is told twice, as a store may do after a failed write. */
export type Note =
  /** Events came from the engine; `to` has the destinations of each. */
  | { type: "came"; events: Event[]; to: string[][] }
  | ({ type: "delivered" } & Place)
  | ({ type: "failed"; attempts: number; next: Instant } & Place)
  | ({ type: "died"; at: Instant; error: string } & Place)
  | { type: "stopped"; to: string; error: string }
  | { type: "resumed"; to: string }
  /** A dead letter is to be sent again, or is let go. */
  | { type: "revived" | "discarded"; to: string; seq: number };

/** An event on its way to a destination. */
export interface Delivery {
  readonly event: Event;
  /** Failed ones. */
  attempts: number;
  /** Not to be tried before this. */
  next: Instant;
}

export interface Dead {
  readonly delivery: Delivery;
  readonly at: Instant;
  readonly error: string;
}

export interface Box {
  /** What waits, by what it is about, each by `seq`. */
  readonly lanes: Map<string, Delivery[]>;
  readonly dead: Map<number, Dead>;
  /** Why nothing is sent there any more. */
  stopped: string | undefined;
}

interface SavedBox {
  lanes: { [lane: string]: { seq: number; attempts: number; next: Instant }[] };
  dead: { seq: number; attempts: number; at: Instant; error: string }[];
  stopped?: string;
}

interface Saved {
  /** The last event that came: its `seq`, and what it was. */
  last: number;
  was: string;
  events: Event[];
  boxes: { [destination: string]: SavedBox };
}

export class State implements Told<Note> {
  #last = 0;
  #was = "";
  readonly boxes = new Map<string, Box>();

  static restored(snapshot: unknown): State {
    const state = new State();
    if (snapshot === undefined) return state;
    const { last, was, events, boxes } = snapshot as Saved;
    const bySeq = new Map(events.map((event) => [event.seq, event]));
    const delivery = (seq: number, attempts: number, next: Instant): Delivery => {
      const event = bySeq.get(seq);
      if (event === undefined) throw new StoreError("CORRUPT", `what is kept is no outbox: it has no event ${seq}`);
      return { event, attempts, next };
    };
    [state.#last, state.#was] = [last, was];
    for (const [name, { lanes, dead, stopped }] of Object.entries(boxes)) {
      const box = state.box(name);
      for (const [lane, waiting] of Object.entries(lanes)) {
        box.lanes.set(lane, waiting.map(({ seq, attempts, next }) => delivery(seq, attempts, next)));
      }
      for (const { seq, attempts, at, error } of dead) box.dead.set(seq, { delivery: delivery(seq, attempts, 0), at, error });
      box.stopped = stopped;
    }
    return state;
  }

  snapshot(): Saved {
    const events = new Map<number, Event>();
    const savedDelivery = ({ event, attempts, next }: Delivery): SavedBox["lanes"][string][number] => {
      events.set(event.seq, event);
      return { seq: event.seq, attempts, next };
    };
    const saved = ({ lanes, dead, stopped }: Box): SavedBox => ({
      lanes: Object.fromEntries([...lanes].map(([lane, waiting]) => [lane, waiting.map(savedDelivery)])),
      dead: [...dead.values()].map(({ delivery: { event, attempts }, at, error }) => {
        events.set(event.seq, event);
        return { seq: event.seq, attempts, at, error };
      }),
      ...(stopped !== undefined && { stopped }),
    });
    const boxes = Object.fromEntries([...this.boxes].map(([name, box]) => [name, saved(box)]));
    return { last: this.#last, was: this.#was, events: [...events.values()], boxes };
  }

  box(destination: string): Box {
    let box = this.boxes.get(destination);
    if (box === undefined) this.boxes.set(destination, (box = { lanes: new Map(), dead: new Map(), stopped: undefined }));
    return box;
  }

  /**
   * Of the oldest events that the engine keeps, those that did not come yet. What came before must be what came: an engine
   * that was set back numbers anew, and its events would be taken for known ones.
   */
  fresh(kept: readonly Event[]): Event[] {
    const fresh = kept.filter(({ seq }) => seq > this.#last);
    const known = kept.length - fresh.length;
    const last = kept[known - 1];
    if (known > 0 && (last === undefined || last.seq !== this.#last || factsOf(last) !== this.#was)) {
      throw new StoreError("CORRUPT", "this outbox is another engine's, or its engine was set back to before its last event");
    }
    return fresh;
  }

  tell(note: Note): void {
    if (note.type === "came") return this.#came(note.events, note.to);
    const box = this.box(note.to);
    switch (note.type) {
      case "delivered":
        taken(box, note);
        return;
      case "failed": {
        const delivery = first(box, note);
        if (delivery !== undefined) [delivery.attempts, delivery.next] = [note.attempts, note.next];
        return;
      }
      case "died": {
        const delivery = taken(box, note);
        if (delivery !== undefined) box.dead.set(note.seq, { delivery, at: note.at, error: note.error });
        return;
      }
      case "stopped":
        box.stopped = note.error;
        return;
      case "resumed":
        box.stopped = undefined;
        return;
      case "revived": {
        const dead = box.dead.get(note.seq);
        // In a lane of its own: those that it might wait for have overtaken it.
        if (dead !== undefined) put(box, againLane(dead.delivery.event), fresh(dead.delivery.event));
        box.dead.delete(note.seq);
        return;
      }
      case "discarded":
        box.dead.delete(note.seq);
    }
  }

  #came(events: Event[], to: string[][]): void {
    events.forEach((event, index) => {
      if (event.seq <= this.#last) return;
      for (const destination of to[index] ?? []) put(this.box(destination), laneOf(event), fresh(event));
      this.#last = event.seq;
      this.#was = factsOf(event);
    });
  }
}

function fresh(event: Event): Delivery {
  return { event, attempts: 0, next: 0 };
}

/** What of an event stays, whichever release makes it. */
function factsOf(event: Event): string {
  return `${event.at} ${event.type} ${subjectOf(event)}`;
}

/** An order's events, or those of a hold, a supply or an item: the first name in their subject. */
export function laneOf(event: Event): string {
  return subjectOf(event).split("/", 2).join("/");
}

/** Of dead letters that are sent again; no other lane has a space in its name. */
export function againLane(event: Event): string {
  return `${laneOf(event)} again`;
}

function put({ lanes }: Box, lane: string, delivery: Delivery): void {
  const waiting = lanes.get(lane);
  if (waiting === undefined) lanes.set(lane, [delivery]);
  else waiting.push(delivery);
}

function first({ lanes }: Box, { lane, seq }: Place): Delivery | undefined {
  const delivery = lanes.get(lane)?.[0];
  return delivery?.event.seq === seq ? delivery : undefined;
}

function taken(box: Box, place: Place): Delivery | undefined {
  const delivery = first(box, place);
  if (delivery === undefined) return undefined;
  const waiting = box.lanes.get(place.lane);
  waiting?.shift();
  if (waiting?.length === 0) box.lanes.delete(place.lane);
  return delivery;
}
