/** Who waits for this item, in the order in which they will be served. */

import type { Instant } from "./backorder/browser.js";
import type { Desk } from "./desk.js";
import { h, KeyedList, type Row, setAttribute, setShare, setText, type View } from "./dom.js";
import { dayOf } from "./local-time.js";
import { isMine, RUSH } from "./shop.js";
import { count, dateOr, day, many, units } from "./words.js";

interface Waiting {
  readonly key: string;
  readonly order: string | undefined;
  readonly name: string;
  readonly quantity: number;
  readonly ahead: number;
  readonly promised: Instant | null;
  readonly rushed: boolean;
  readonly now: Instant;
}

const SHOWN = 8;
/** More segments than this are no picture any more; the rest is one. */
const SEGMENTS = 60;

function waitingOf(desk: Desk, sku: string): Waiting[] {
  const { engine, now } = desk.shop;
  // A line that was made larger waits in several parts, each a row of its own.
  const parts = new Map<string, number>();
  return engine.queue(sku).map(({ order, hold, line, quantity, ahead }) => {
    const name = `${order ?? hold} ${line}`;
    const part = (parts.get(name) ?? 0) + 1;
    parts.set(name, part);
    const placed = order === undefined ? undefined : engine.order(order, now);
    const view = placed ?? (hold === undefined ? undefined : engine.hold(hold, now));
    const promised = view?.lines.find((each) => each.line === line)?.promised ?? null;
    return {
      key: `${name} ${part}`,
      order,
      name: order ?? "On hold",
      quantity,
      ahead,
      promised,
      rushed: placed?.priority === RUSH,
      now,
    };
  });
}

function createRow(waiting: Waiting, desk: Desk): Row<Waiting> {
  const { order } = waiting;
  const own = order !== undefined && isMine(order);
  const quantity = h("span", { class: "number" });
  const ahead = h("span", { class: "number quiet" });
  const promised = h("span", { class: "queue-date" });
  const rush = h(
    "button",
    { type: "button", class: "link", on: { click: () => order !== undefined && desk.shop.rush(order) } },
    "Rush",
  );
  const cancel = h(
    "button",
    { type: "button", class: "link", on: { click: () => order !== undefined && desk.shop.cancelOrder(order) } },
    "Cancel",
  );
  if (order !== undefined) {
    rush.setAttribute("aria-label", `Rush order ${order}`);
    cancel.setAttribute("aria-label", `Cancel order ${order}`);
  }
  const actions = order === undefined ? undefined : h("span", { class: "queue-actions" }, rush, cancel);
  const rushed = h("span", { class: "tag", hidden: true }, "rush");
  const name = h(
    "span",
    { class: "queue-name" },
    waiting.name,
    own ? h("span", { class: "tag" }, "yours") : null,
    rushed,
  );
  return {
    element: h("li", { class: own ? "queue-row own" : "queue-row" }, name, quantity, ahead, promised, actions),
    update: (now) => {
      setText(quantity, units(now.quantity));
      setText(ahead, now.ahead === 0 ? "first" : `${count(now.ahead)} ahead`);
      const missed = now.promised !== null && dayOf(now.promised) < dayOf(now.now);
      setText(promised, missed ? `missed ${day(now.promised as Instant, now.now)}` : dateOr(now.promised, now.now));
      setAttribute(promised, "data-tone", missed ? "late" : null);
      setAttribute(rush, "hidden", now.rushed || now.ahead === 0);
      setAttribute(rushed, "hidden", !now.rushed);
    },
  };
}

/** The queue as one bar: a segment for each line, as long as it is large; own ones marked. */
function createBar(): { element: HTMLElement; update(rows: readonly Waiting[]): void } {
  const bar = h("div", { class: "queue-bar", "aria-hidden": "true" });
  interface Segment {
    key: string;
    quantity: number;
    own: boolean;
  }
  const list = new KeyedList<Segment>(
    bar,
    ({ key }) => key,
    () => {
      const element = h("span", {});
      return {
        element,
        update: ({ quantity, own }) => {
          setShare(element, "flex-grow", quantity);
          setAttribute(element, "class", own ? "segment own" : "segment");
        },
      };
    },
  );
  return {
    element: bar,
    update: (rows) => {
      const single = rows.map(({ key, quantity, order }) => ({
        key,
        quantity,
        own: order !== undefined && isMine(order),
      }));
      const rest = single.slice(SEGMENTS).reduce((sum, { quantity }) => sum + quantity, 0);
      list.update([...single.slice(0, SEGMENTS), ...(rest > 0 ? [{ key: "rest", quantity: rest, own: false }] : [])]);
    },
  };
}

export function createQueue(desk: Desk, sku: string): View {
  let all = false;
  const summary = h("p", { class: "quiet" });
  const bar = createBar();
  const list = h("ol", { class: "queue-list" });
  const rows = new KeyedList<Waiting>(
    list,
    ({ key }) => key,
    (waiting) => createRow(waiting, desk),
  );
  const more = h("button", {
    type: "button",
    class: "button more",
    on: {
      click: () => {
        all = !all;
        update();
      },
    },
  });
  const update = (): void => {
    const waiting = waitingOf(desk, sku);
    const total = waiting.reduce((sum, { quantity }) => sum + quantity, 0);
    setText(
      summary,
      waiting.length === 0
        ? "Nobody waits for it."
        : `${units(total)} in ${many(waiting.length, "order line")}, served from the top.`,
    );
    setAttribute(bar.element, "hidden", waiting.length === 0);
    bar.update(waiting);
    const own = waiting.filter(({ order }, index) => index >= SHOWN && order !== undefined && isMine(order));
    rows.update(all ? waiting : [...waiting.slice(0, SHOWN), ...own]);
    setAttribute(more, "hidden", waiting.length <= SHOWN + own.length);
    setText(more, all ? "Show fewer" : `Show all ${count(waiting.length)}`);
    setAttribute(more, "aria-expanded", all ? "true" : "false");
  };
  const element = h(
    "section",
    { class: "panel", "aria-labelledby": "queue-title" },
    h("h3", { id: "queue-title" }, "Who waits"),
    summary,
    bar.element,
    list,
    more,
  );
  return { element, update };
}
