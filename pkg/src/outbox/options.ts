import type { KeepingEngine, OutboxOptions } from "../../outbox.js";
import { invalid } from "../errors.js";
import { CLOUDEVENT_TYPES } from "../formats/cloudevent-types.js";
import { sourceOf } from "../formats/cloudevents.js";
import { only, wholeNumber } from "../formats/options.js";

const OPTIONS = ["events", "destinations", "now", "random"] satisfies (keyof OutboxOptions)[];
const OF_DESTINATION = ["send", "types", "delaysMs", "timeoutMs", "atOnce"];

export function checked(engine: KeepingEngine, options: OutboxOptions): void {
  if (engine.events !== "keep") {
    throw invalid("engine", 'engine must keep its events: openStored(store, { events: "keep" })');
  }
  only(options, OPTIONS);
  sourceOf(options.events);
  only(options.destinations, Object.keys(options.destinations ?? {}), "options.destinations");
  for (const [name, destination] of Object.entries(options.destinations)) {
    const path = `options.destinations.${name}`;
    only(destination, OF_DESTINATION, path);
    const { send, types = [], delaysMs = [], timeoutMs = 1, atOnce = 1 } = destination;
    if (typeof send !== "function") throw invalid(`${path}.send`, `${path}.send must be a function`);
    for (const type of types) {
      if (!Object.hasOwn(CLOUDEVENT_TYPES, type)) throw invalid(`${path}.types`, `${path}.types: there is no ${type}`);
    }
    delaysMs.forEach((delay, index) => wholeNumber(delay, `${path}.delaysMs[${index}]`));
    for (const [option, value] of [["timeoutMs", timeoutMs], ["atOnce", atOnce]] as const) {
      wholeNumber(value, `${path}.${option}`);
      if (value === 0) throw invalid(`${path}.${option}`, `${path}.${option} must be 1 or more`);
    }
  }
}

/** The URL of a text; another throws with its path. */
export function urlOf(text: string | URL, path: string): URL {
  try {
    return new URL(text);
  } catch {
    throw invalid(path, `${path} must be a URL`);
  }
}
