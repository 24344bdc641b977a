/** When parcels leave: shown, and changed by the merchant, who sees first what that does to the promises made. */

import type { Calendar } from "./backorder/browser.js";
import { resolveZone } from "./backorder/zones.js";
import type { Desk } from "./desk.js";
import { h, setAttribute, setLines, setText, type View } from "./dom.js";
import { DAY, dayNamed, instantOf } from "./local-time.js";
import { described, WEEKDAYS } from "./place.js";
import { sending } from "./shop.js";
import { day, isoDay, many, refused } from "./words.js";

const ZONES = ["UTC", "Europe/London", "Europe/Berlin", "America/New_York", "America/Los_Angeles", "Asia/Tokyo", "Australia/Sydney"];
/** What one begins with: Monday to Friday, by two. */
const USUAL: Calendar = { workdays: [1, 2, 3, 4, 5], cutoff: "14:00", timeZone: "UTC" };
const MOST_HANDLING_DAYS = 60;

/** Days off, each with a button that takes it back. */
function createDaysOff(desk: Desk, changed: () => void): { element: HTMLElement; days: string[]; show(): void } {
  const list = h("ul", { class: "chips" });
  const field = h("input", { type: "date", id: "day-off", class: "field" });
  const off = {
    element: h(
      "div",
      { class: "stack" },
      h("label", { for: "day-off" }, "A day on which none leave"),
      h("span", { class: "joined" }, field, h("button", { type: "button", class: "button", on: { click: () => add() } }, "Add")),
      list,
    ),
    days: [] as string[],
    show: (): void => {
      setAttribute(field, "min", isoDay(desk.shop.now));
      list.replaceChildren(...off.days.map(chip));
    },
  };
  const set = (days: readonly string[]): void => {
    off.days = [...new Set(days)].sort();
    off.show();
    changed();
  };
  const add = (): void => {
    if (field.value === "" || !field.checkValidity()) return;
    set([...off.days, field.value]);
    field.value = "";
  };
  const chip = (date: string): HTMLElement => {
    const said = day(instantOf(dayNamed(date)), desk.shop.now);
    const take = { type: "button", class: "day-off", "aria-label": `${said} as usual`, on: { click: () => set(off.days.filter((each) => each !== date)) } };
    return h("li", {}, h("button", take, said, h("span", { "aria-hidden": "true" }, " ×")));
  };
  return off;
}

export function createDispatch(desk: Desk): View {
  const { shop } = desk;
  const lines = h("ul", { class: "dispatch-lines" });
  const boxes = WEEKDAYS.map((name, index) => {
    const id = `sends-${index + 1}`;
    const box = h("input", { type: "checkbox", id, on: { change: () => changed() } });
    return { box, element: h("span", { class: "chip" }, box, h("label", { for: id }, name.slice(0, 2), h("span", { class: "unseen" }, name.slice(2)))) };
  });
  const cutoff = h("input", { type: "time", id: "cutoff", class: "field", on: { input: () => changed() } });
  const packing = h("input", {
    ...{ type: "number", id: "packing", class: "field", inputmode: "numeric", min: 0, max: MOST_HANDLING_DAYS, step: 1, required: true },
    on: { input: () => changed() },
  });
  const zone = h("select", { id: "zone", class: "field", on: { change: () => changed() } });
  const daysOff = createDaysOff(desk, () => changed());
  const verdict = h("p", { class: "verdict", "aria-live": "polite" });
  const result = h("p", { class: "result", role: "status" });
  const keep = h("button", { type: "submit", class: "button primary" }, "Keep these days");
  const drop = h("button", { type: "button", class: "button", on: { click: () => send(undefined) } }, "Any day, any time");

  /** What the form says; `undefined`: nothing that could be kept. */
  const asked = (): Calendar | undefined => {
    const workdays = boxes.flatMap(({ box }, index) => (box.checked ? [index + 1] : []));
    if (workdays.length === 0 || !packing.checkValidity() || packing.value === "") return undefined;
    const timeZone = zone.value;
    return {
      ...{ workdays, holidays: daysOff.days, handlingDays: packing.valueAsNumber, timeZone },
      ...(cutoff.value === "" ? {} : { cutoff: cutoff.value }),
      // As the log is to be played again anywhere.
      transitions: resolveZone(timeZone, shop.now),
    };
  };
  const changed = (): void => {
    const days = asked();
    const moved = days === undefined ? 0 : shop.preview(sending(days)).length;
    setText(result, "");
    setText(
      verdict,
      days === undefined
        ? "Choose at least one day, and a whole number of days for packing."
        : moved === 0
          ? "No promise would have to move."
          : `${many(moved, "customer")} would be told a new date.`,
    );
    setAttribute(keep, "disabled", days === undefined);
  };
  const send = (days: Calendar | undefined): void => {
    const problem = refused(shop.sendOn(days));
    setText(result, problem ?? "From now on it is so.");
    setAttribute(result, "data-tone", problem === undefined ? "good" : "none");
    setText(verdict, "");
  };
  const fill = (): void => {
    const { workdays, cutoff: by, handlingDays = 0, holidays = [], timeZone = "UTC" } = shop.days ?? USUAL;
    boxes.forEach(({ box }, index) => {
      box.checked = workdays.includes(index + 1);
    });
    cutoff.value = by ?? "";
    packing.value = String(handlingDays);
    const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    const names = [...new Set([...ZONES, own, timeZone])];
    zone.replaceChildren(...names.map((name) => h("option", { value: name, selected: name === timeZone }, name.replaceAll("_", " "))));
    daysOff.days = holidays.filter((holiday) => instantOf(dayNamed(holiday)) + DAY > shop.now);
    daysOff.show();
    changed();
  };
  const form = h(
    "form",
    {
      class: "dispatch-form",
      "aria-label": "When parcels leave",
      on: {
        submit: (event) => {
          event.preventDefault();
          const days = asked();
          if (days !== undefined) send(days);
        },
      },
    },
    h("fieldset", {}, h("legend", { class: "unseen" }, "Days on which they leave"), h("div", { class: "week" }, ...boxes.map(({ element }) => element))),
    h(
      "div",
      { class: "dispatch-fields" },
      h("label", { class: "stack", for: "cutoff" }, h("span", {}, "What is ready by"), cutoff),
      h("label", { class: "stack", for: "packing" }, h("span", {}, "Days for packing"), packing),
    ),
    h("label", { class: "stack", for: "zone" }, h("span", {}, "Time zone"), zone),
    daysOff.element,
    verdict,
    h("div", { class: "row" }, keep, drop),
  );
  const details = h("details", { class: "dispatch-change", on: { toggle: () => details.open && fill() } }, h("summary", {}, "Change when they leave"), form, result);
  return {
    element: h("section", { class: "dispatch", "aria-labelledby": "dispatch-title" }, h("h2", { id: "dispatch-title" }, "Dispatch"), lines, details),
    update: () => {
      setLines(lines, described(shop.days, shop.now));
      setAttribute(drop, "hidden", shop.days === undefined);
    },
  };
}
