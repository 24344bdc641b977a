/** Plays the recorded weeks into a new engine, a slice at a time so that the page can show how far it is. */

import type { Command, Engine, Instant } from "./backorder/browser.js";
import { type Happening, opening, type ShopData } from "./data.js";
import { DAY } from "./local-time.js";
import type { News } from "./news.js";
import type { World } from "./telling.js";
import { dispatch, nextDispatch } from "./routine.js";
import { many } from "./words.js";

const SLICE_MS = 12;

/** Everything until the page opens, merged in order of time; a dispatch has no command of its own yet. */
function* happenings(data: ShopData): Generator<Happening | { at: Instant; command: undefined }> {
  const recorded = [...data.supplies, ...data.orders].filter(({ at }) => at < data.opens).sort((a, b) => a.at - b.at);
  let evening = nextDispatch(data.start);
  for (const happening of recorded) {
    for (; evening < happening.at; evening += DAY) yield { at: evening, command: undefined };
    yield happening;
  }
  for (; evening < data.opens; evening += DAY) yield { at: evening, command: undefined };
}

export async function playHistory(
  engine: Engine,
  data: ShopData,
  news: News,
  world: World,
  progress: (share: number) => void,
): Promise<void> {
  engine.applyAll(opening(data), data.start, { events: "drop" });
  const told = data.opens - 3 * DAY;
  let [orders, sliceEnds] = [0, performance.now() + SLICE_MS];
  for (const { at, command } of happenings(data)) {
    const commands: Command[] = command === undefined ? dispatch(engine, at) : [command];
    const outcomes = engine.applyAll(commands, at, { events: at < told ? "drop" : "return" });
    if (command?.type === "placeOrder") orders += 1;
    if (at >= told)
      commands.forEach((each, index) => news.note(each, outcomes[index] as (typeof outcomes)[number], at, world));
    if (performance.now() < sliceEnds) continue;
    progress((at - data.start) / (data.opens - data.start));
    await new Promise((resolve) => setTimeout(resolve));
    sliceEnds = performance.now() + SLICE_MS;
  }
  engine.apply({ type: "tick" }, data.opens);
  const weeks = Math.round((data.opens - data.start) / DAY / 7);
  news.tell({
    at: data.opens,
    mark: "desk",
    title: "The shop opens",
    details: [
      `${many(orders, "real order")} of the last ${many(weeks, "week")} ${weeks === 1 ? "is" : "are"} in the books. From here on it is yours.`,
    ],
    skus: [],
  });
}
