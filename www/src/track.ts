/** The way of one order as a picture: a line of time with what was promised, told and must still happen; named below it. */

import type { Instant } from "./backorder/browser.js";
import { h, svg } from "./dom.js";
import { day } from "./words.js";

export type MarkKind = "placed" | "stated" | "promised" | "told" | "answered" | "deadline" | "now";

export interface TrackMark {
  readonly at: Instant;
  readonly kind: MarkKind;
  readonly text: string;
}

const [WIDTH, HEIGHT, EDGE, MIDDLE] = [300, 32, 10, 16];

/** Each kind by its shape, too, for those who don't tell the colours apart. */
function shape(kind: MarkKind, x: number): SVGElement {
  const props = { class: `mark mark-${kind}` };
  switch (kind) {
    case "now":
      return svg("path", { ...props, d: `M${x} 3v26` });
    case "deadline":
      return svg("path", { ...props, d: `M${x} ${MIDDLE - 7}l7 7-7 7-7-7z` });
    case "told":
      return svg("path", { ...props, d: `M${x - 8} ${MIDDLE - 6}h16v12h-16zm0 0 8 7 8-7` });
    case "stated":
      return svg("rect", { ...props, x: x - 5, y: MIDDLE - 5, width: 10, height: 10 });
    default:
      return svg("circle", { ...props, cx: x, cy: MIDDLE, r: 5.5 });
  }
}

export function track(marks: readonly TrackMark[], now: Instant): HTMLElement {
  const sorted = [...marks, { at: now, kind: "now", text: "Now" } as const].sort((a, b) => a.at - b.at);
  const first = sorted[0]?.at ?? now;
  const span = Math.max(1, (sorted.at(-1)?.at ?? now) - first);
  const x = (at: Instant): number => EDGE + ((at - first) / span) * (WIDTH - 2 * EDGE);
  const picture = svg(
    "svg",
    { class: "track-picture", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
    svg("path", { class: "track-line", d: `M${EDGE} ${MIDDLE}H${WIDTH - EDGE}` }),
    svg("path", { class: "track-past", d: `M${EDGE} ${MIDDLE}H${x(now)}` }),
    ...sorted.map(({ kind, at }) => shape(kind, x(at))),
  );
  const sign = (kind: MarkKind): SVGElement =>
    svg("svg", { class: "track-sign", viewBox: "0 0 24 32", width: 15, height: 20, "aria-hidden": "true" }, shape(kind, 12));
  const key = h(
    "ol",
    { class: "track-key" },
    ...sorted.map(({ at, kind, text }) =>
      h("li", { "data-kind": kind }, sign(kind), h("span", { class: "track-day" }, day(at, now)), h("span", {}, text)),
    ),
  );
  return h("div", { class: "track" }, picture, key);
}
