/** The shop's clock: where it stands, forward by hand, or running by itself. It never goes back. */

import type { Instant } from "./backorder/browser.js";
import { createSettings, SPEEDS } from "./clock-settings.js";
import type { Desk } from "./desk.js";
import { h, icon, setAttribute, setText, type View } from "./dom.js";
import { DAY, HOUR, startOfDay } from "./local-time.js";
import { createToast } from "./toast.js";
import { fullDay, longDay, timeOfDay } from "./words.js";

const BEAT_MS = 100;
const REACH_DAYS = 28;
/** The slider's scale: whole hours from where it was last laid. */
class Reach {
  constructor(readonly from: Instant) {}

  at = (hours: number): Instant => this.from + hours * HOUR;
  hoursTo = (instant: Instant): number => Math.ceil((instant - this.from) / HOUR);
  get exhausted(): Instant {
    return this.from + (REACH_DAYS - 1) * DAY;
  }
}

export function createClock(desk: Desk, runs: (running: boolean) => void): View {
  const { shop } = desk;
  let reach = new Reach(startOfDay(shop.now));
  let beat: number | undefined;
  let speed = SPEEDS[1]?.[0] ?? 1;

  const toast = createToast(desk);
  const today = h("strong", { class: "clock-day" });
  const time = h("span", { class: "clock-time" });
  const start = h("button", {
    type: "button",
    class: "button primary run",
    on: { click: () => run(beat === undefined) },
  });
  const slider = h("input", {
    type: "range",
    class: "slider",
    min: 0,
    max: REACH_DAYS * 24,
    step: 1,
    "aria-label": "Move time forward",
    on: { input: () => slide(), change: () => update() },
  });
  const ends = h("span", { class: "slider-end" });

  const advance = (instant: Instant): void => {
    if (instant > shop.now) shop.advanceTo(instant);
  };
  const slide = (): void => {
    const wanted = reach.at(slider.valueAsNumber);
    if (wanted > shop.now) advance(wanted);
    else update();
  };
  const run = (running: boolean): void => {
    if (running === (beat !== undefined)) return;
    if (running) {
      beat = window.setInterval(() => advance(shop.now + (speed * HOUR * BEAT_MS) / 1000), BEAT_MS);
    } else {
      window.clearInterval(beat);
      beat = undefined;
    }
    runs(running);
    update();
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) run(false);
  });

  const jump = (text: string, days: number): HTMLElement =>
    h(
      "button",
      { type: "button", class: `button jump-${days}`, on: { click: () => advance(shop.now + days * DAY) } },
      text,
    );
  const settings = createSettings(
    desk,
    speed,
    (hours) => {
      speed = hours;
    },
    () => run(false),
  );

  const update = (): void => {
    toast.update();
    if (shop.now >= reach.exhausted) reach = new Reach(startOfDay(shop.now));
    setText(today, fullDay(shop.now));
    setText(time, timeOfDay(shop.now));
    slider.value = String(reach.hoursTo(shop.now));
    setAttribute(slider, "aria-valuetext", `${longDay(shop.now)}, ${timeOfDay(shop.now)}`);
    setText(ends, longDay(reach.at(REACH_DAYS * 24)));
    const running = beat !== undefined;
    if (start.dataset["running"] !== String(running)) {
      start.dataset["running"] = String(running);
      start.replaceChildren(icon(running ? "pause" : "play"), running ? "Stop" : "Run");
    }
  };
  const element = h(
    "section",
    { class: "clock", "aria-label": "The shop’s clock" },
    h("p", { class: "clock-now" }, today, " ", time),
    h("div", { class: "clock-buttons" }, start, jump("+1 day", 1), jump("+1 week", 7)),
    h("div", { class: "clock-slider" }, slider, ends),
    settings,
    toast.element,
  );
  return { element, update };
}
