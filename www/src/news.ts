/** The log: what is told of each command becomes an entry, or adds to one. */

import type { Command, Instant, Outcome } from "./backorder/browser.js";
import type { Entry, Tally } from "./entry.js";
import { ofDelays } from "./telling-delays.js";
import { byTime, type Draft, type Happened, none, own, type World } from "./telling.js";
import { count, many, units } from "./words.js";

const KEPT_ENTRIES = 200;
/** Of entries that do not grow. */
const OWN_KEY = "entry:";

function merge(old: Entry, draft: Draft): Entry {
  if (old.tally === undefined || draft.tally === undefined)
    return { ...old, details: [...new Set([...old.details, ...draft.details])] };
  const tally = { ...none };
  for (const name of Object.keys(none) as (keyof Tally)[]) tally[name] = old.tally[name] + draft.tally[name];
  return { ...old, at: draft.at, tally };
}

function titled(entry: Entry): Entry {
  const { tally } = entry;
  if (tally === undefined) return entry;
  if (entry.mark === "ship") {
    return {
      ...entry,
      title: `${many(tally.orders, "order")} shipped`,
      details: [`${units(tally.units)} left the shop; ${many(tally.kept, "promise")} kept.`],
    };
  }
  const waits = tally.units - tally.atOnce;
  const refusals =
    tally.refused > 0 ? [`${many(tally.refused, "order")} refused: nothing left, and no backorders taken.`] : [];
  return {
    ...entry,
    title: `${many(tally.orders, "order")} came in`,
    details: [
      `${units(tally.units)}: ${count(tally.atOnce)} set aside at once, ${count(waits)} ${waits === 1 ? "waits" : "wait"}.`,
      ...refusals,
    ],
  };
}

export class News {
  private serial: number;

  /** Oldest first. */
  constructor(private list: Entry[] = []) {
    this.serial = Math.max(
      0,
      ...list.map(({ key }) => (key.startsWith(OWN_KEY) ? Number(key.slice(OWN_KEY.length)) : 0)),
    );
  }

  get entries(): readonly Entry[] {
    return this.list;
  }

  /** A sentence that stands for nothing the engine did. */
  tell(entry: Omit<Entry, "key">): void {
    this.add(entry);
  }

  note(command: Command, outcome: Outcome, at: Instant, world: World): void {
    const events: readonly Happened[] = outcome.events;
    const timely = (event: Happened): boolean => event.cause?.command === "tick";
    for (const draft of byTime(events.filter(timely), world)) this.add(draft);
    const draft = own(
      command,
      outcome,
      events.filter((event) => !timely(event)),
      at,
      world,
    );
    // What was done stands above what it asks for.
    for (const duty of ofDelays(outcome.events, world)) this.add(duty);
    if (draft !== undefined) this.add(draft);
  }

  private add(draft: Draft): void {
    const index = draft.key === undefined ? -1 : this.list.findLastIndex(({ key }) => key === draft.key);
    const old = this.list[index];
    if (old !== undefined) {
      this.list = this.list.toSpliced(index, 1, titled(merge(old, draft)));
      return;
    }
    this.serial += 1;
    this.list = [...this.list, titled({ ...draft, key: draft.key ?? `${OWN_KEY}${this.serial}` })].slice(-KEPT_ENTRIES);
  }
}
