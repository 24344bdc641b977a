/** "What if it’s late?": the change to a supply is chosen, its consequences are shown, and only then is it made. */

import type { Command, Instant, PromiseChange } from "./backorder/browser.js";
import type { Desk } from "./desk.js";
import { h, setAttribute, setText } from "./dom.js";
import { DAY } from "./local-time.js";
import { isMine } from "./shop.js";
import { morningOf, type Supply } from "./supplies.js";
import { count, dateOr, day, isoDay, many, refused } from "./words.js";

const LISTED = 6;
const CHOICES = {
  day: "A day late",
  week: "A week late",
  fortnight: "Two weeks late",
  date: "On another day",
  cancelled: "It never comes",
} as const;
type Choice = keyof typeof CHOICES;
const LATE_DAYS: Partial<Record<Choice, number>> = { day: 1, week: 7, fortnight: 14 };

export interface Supposition {
  readonly element: HTMLElement;
  /** Opened anew: a week late is what one asks first. */
  begin(): void;
  update(supply: Supply): void;
}

function told(change: PromiseChange, now: Instant): HTMLElement {
  const { order, before, after } = change;
  const name = h("span", { class: "told-order" }, order, isMine(order) ? h("span", { class: "tag" }, "yours") : null);
  return h(
    "li",
    {},
    name,
    h("span", { class: "was" }, dateOr(before, now)),
    h("span", { class: "unseen" }, " becomes "),
    h("span", { class: "becomes" }, dateOr(after, now, "no date any more")),
  );
}

export function createSupposition(desk: Desk, supply: string, close: () => void): Supposition {
  const { shop } = desk;
  const group = `late-${supply}`;
  let choice: Choice = "week";
  let due: Instant = shop.now;
  let shownFor = "";

  const another = h("input", {
    type: "date",
    class: "field",
    "aria-label": "The other day",
    on: { input: () => choose("date") },
  });
  const radios = Object.entries(CHOICES).map(([value, text]) => {
    const id = `${group}-${value}`;
    const radio = h("input", { type: "radio", name: group, id, value, on: { change: () => choose(value as Choice) } });
    return { value, radio, element: h("span", { class: "chip" }, radio, h("label", { for: id }, text)) };
  });
  const verdict = h("p", { class: "verdict", "aria-live": "polite" });
  const list = h("ul", { class: "told" });
  const problem = h("p", { class: "result", role: "status", "data-tone": "none" });
  const make = h("button", { type: "button", class: "button primary", on: { click: () => commit() } });
  const element = h(
    "div",
    { class: "supposition", hidden: true },
    h(
      "fieldset",
      {},
      h("legend", {}, `What if ${supply} comes …`),
      h("div", { class: "chips" }, ...radios.map(({ element }) => element)),
      another,
    ),
    verdict,
    list,
    h(
      "div",
      { class: "row" },
      make,
      h("button", { type: "button", class: "button", on: { click: close } }, "Leave it as it is"),
    ),
    problem,
  );

  const command = (): Command | undefined => {
    if (choice === "cancelled") return { type: "cancelSupply", supply };
    const lateDays = LATE_DAYS[choice];
    // What is overdue already is late from today on.
    const at = lateDays === undefined ? morningOf(another.value) : Math.max(due, shop.now) + lateDays * DAY;
    return at === undefined ? undefined : { type: "rescheduleSupply", supply, due: at };
  };
  const choose = (next: Choice): void => {
    choice = next;
    for (const { value, radio } of radios) radio.checked = value === choice;
    setAttribute(another, "hidden", choice !== "date");
    show(true);
  };
  const show = (chosen: boolean): void => {
    const supposed = command();
    const key = `${JSON.stringify(supposed)} ${shop.now}`;
    if (!chosen && key === shownFor) return;
    shownFor = key;
    desk.supposition = supposed;
    const changes = supposed === undefined ? [] : shop.preview(supposed);
    const sorted = [...changes].sort((a, b) => Number(isMine(b.order)) - Number(isMine(a.order)));
    setText(
      verdict,
      supposed === undefined
        ? "Choose a day."
        : changes.length === 0
          ? "Nobody would have to be told a new date."
          : `${many(new Set(changes.map(({ order }) => order)).size, "customer")} would be told a new date.`,
    );
    const more = changes.length - LISTED;
    list.replaceChildren(
      ...sorted.slice(0, LISTED).map((change) => told(change, shop.now)),
      ...(more > 0 ? [h("li", { class: "quiet more-told" }, `and ${count(more)} more`)] : []),
    );
    setAttribute(make, "disabled", supposed === undefined);
    setText(
      make,
      supposed?.type === "cancelSupply"
        ? `Cancel ${supply}`
        : supposed?.type === "rescheduleSupply"
          ? `Make it so: due ${day(supposed.due ?? due, shop.now)}`
          : "Make it so",
    );
  };
  const commit = (): void => {
    const supposed = command();
    if (supposed === undefined) return;
    close();
    const outcome =
      supposed.type === "cancelSupply"
        ? shop.cancelSupply(supply)
        : shop.moveSupply(supply, (supposed as { due: Instant }).due);
    setText(problem, refused(outcome) ?? "");
  };
  return {
    element,
    begin: () => {
      another.value = isoDay(Math.max(due, shop.now) + 7 * DAY);
      another.min = isoDay(shop.now);
      choose("week");
      radios.find(({ value }) => value === choice)?.radio.focus();
    },
    update: (now) => {
      due = now.due;
      if (!element.hasAttribute("hidden")) show(false);
    },
  };
}
