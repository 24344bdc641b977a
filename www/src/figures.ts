/** The four figures that a merchant is judged by. */

import type { Desk } from "./desk.js";
import { h, setText, type View } from "./dom.js";
import { count, many, percent } from "./words.js";

interface Figure {
  readonly label: string;
  readonly value: HTMLElement;
  readonly note: HTMLElement;
}

function figure(label: string): Figure {
  return { label, value: h("dd", { class: "figure-value" }), note: h("dd", { class: "figure-note" }) };
}

export function createFigures(desk: Desk): View {
  const waiting = figure("Waiting");
  const filled = figure("Filled from the shelf");
  const kept = figure("Shipped as first promised");
  const moved = figure("Promises moved");
  const all = [waiting, filled, kept, moved];
  const list = h(
    "dl",
    { class: "figures" },
    ...all.map(({ label, value, note }) => h("div", { class: "figure" }, h("dt", {}, label), value, note)),
  );
  const element = h("section", { "aria-label": "How the shop is doing", class: "figures-section" }, list);
  const say = (to: Figure, value: string, note: string): void => {
    setText(to.value, value);
    setText(to.note, note);
  };
  return {
    element,
    update: () => {
      const figures = desk.shop.engine.metrics(desk.shop.now);
      const oldest =
        figures.oldestWaitDays === null
          ? "nobody waits"
          : `in ${many(figures.waitingLines, "order line")}, the oldest ${many(Math.floor(figures.oldestWaitDays), "day")}`;
      say(waiting, count(figures.waitingUnits), oldest);
      say(filled, percent(figures.unitFillRate), `of ${many(figures.units, "unit")} asked for`);
      say(kept, percent(figures.onTimeFirst), `of what has shipped; ${many(figures.promisesBroken, "promise")} broken`);
      say(moved, count(figures.promisesMoved), `of ${count(figures.promisesMade)} made`);
    },
  };
}
