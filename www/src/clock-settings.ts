/** What time brings by itself, how fast it runs, and the way back to the beginning. */

import type { Desk } from "./desk.js";
import { h } from "./dom.js";
import type { Switches } from "./store.js";

export const SPEEDS: readonly (readonly [hours: number, text: string])[] = [
  [3, "3 hours a second"],
  [12, "12 hours a second"],
  [48, "2 days a second"],
];
const SWITCHES: readonly (readonly [name: keyof Switches, text: string])[] = [
  ["ordersCome", "Orders come in as they did in 2011"],
  ["suppliesArrive", "Supplies arrive on their date"],
  ["readyShips", "What is ready ships at 21:00, or at the cut-off"],
];

/** Closes on Escape and on a press anywhere else, as such a thing is expected to. */
function closable(details: HTMLDetailsElement, summary: HTMLElement): void {
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    summary.focus();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    if (target instanceof Node && !details.contains(target)) details.open = false;
  });
}

export function createSettings(
  { shop }: Desk,
  speed: number,
  setSpeed: (hours: number) => void,
  stop: () => void,
): HTMLElement {
  const speeds = h(
    "select",
    { id: "speed", class: "field", on: { change: () => setSpeed(Number(speeds.value)) } },
    ...SPEEDS.map(([hours, text]) => h("option", { value: hours, selected: hours === speed }, text)),
  );
  const boxes = SWITCHES.map(([name, text]) => {
    const box = h("input", {
      type: "checkbox",
      id: `switch-${name}`,
      checked: shop.switches[name],
      on: { change: () => shop.setSwitches({ [name]: box.checked }) },
    });
    return h("label", { class: "check", for: `switch-${name}` }, box, h("span", {}, text));
  });
  const startOver = async (): Promise<void> => {
    if (!window.confirm("Forget everything that happened here and begin with the recorded weeks again?")) return;
    stop();
    await shop.startOver();
    window.location.reload();
  };
  const summary = h("summary", { class: "button" }, "Settings");
  const details = h(
    "details",
    { class: "clock-more" },
    summary,
    h(
      "div",
      { class: "clock-rules" },
      h("p", { class: "quiet" }, "As time passes:"),
      ...boxes,
      h("label", { class: "stack", for: "speed" }, h("span", {}, "Running speed"), speeds),
      h("button", { type: "button", class: "button", on: { click: () => void startOver() } }, "Start over"),
    ),
  );
  closable(details, summary);
  return details;
}
