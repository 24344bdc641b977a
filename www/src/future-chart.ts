/** The picture of an item's future: the queue stands at the left, supply rises to it over time, and where the two meet is the date. */

import type { Engine, Instant, Quote } from "./backorder/browser.js";
import type { Desk } from "./desk.js";
import { h, setText, svg, type View } from "./dom.js";
import {
  asksOf,
  type Bend,
  bendsOf,
  type Curve,
  curveOf,
  depthsOf,
  mondays,
  type Rise,
  risesOf,
  ticks,
  totalOf,
} from "./future.js";
import { DAY } from "./local-time.js";
import { chance, USUAL_QUANTILE, windowOf } from "./saying.js";
import { isMine, RUSH } from "./shop.js";
import { count, on, onAxis, units } from "./words.js";

const HEIGHT = 276;
const MARGIN = { top: 42, right: 14, bottom: 26, left: 42 };
const BAR = 26;
const GAP = 8;
/** A delivery many times what waits runs out of the picture, or the queue could not be seen in it. */
const DEPTH = 2.6;
/** About so many places of the curve are asked for: more would not be seen. */
const PLACES = 120;
/** Asked for a little above the picture, so that a curve which goes on leaves it. */
const BEYOND = 1.15;
/** What is almost never later than a season is not drawn beyond one. */
const REACH_DAYS = 70;

interface Scene {
  readonly now: Instant;
  readonly curve: Curve;
  readonly bends: readonly Bend[];
  /** After the change that is being looked at. */
  readonly supposed: readonly Bend[] | undefined;
  readonly waiting: number;
  readonly mine: readonly { from: number; to: number }[];
  readonly quote: Quote;
  readonly quantile: number;
  readonly release: Instant | undefined;
  /** How many units the picture is high. */
  readonly top: number;
}

/** The dates of the units at each depth that the picture shows, by asking for more and more of them. */
function bendsAt(engine: Engine, sku: string, curve: Curve, scene: Pick<Scene, "quote" | "top">, desk: Desk): Bend[] {
  const deepest = Math.min(totalOf(curve), Math.ceil(scene.top * BEYOND));
  const { ahead } = scene.quote;
  const depths = depthsOf(curve, deepest, PLACES);
  const asks = asksOf(depths, { ahead, priority: desk.asking.priority }, RUSH);
  const codes = new Uint32Array(depths.length);
  return bendsOf(asks.quantity, engine.quoteAll({ sku: { values: [sku], codes }, ...asks }, desk.shop.now));
}

function sceneOf(desk: Desk, sku: string): Scene {
  const { engine, now, data } = desk.shop;
  const position = engine.position(sku);
  const settings = data.bySku.get(sku)?.settings;
  const lifecycle = settings?.lifecycle;
  const waiting = position?.backordered ?? 0;
  const curveFor = (of: Engine): Curve =>
    curveOf(
      of.position(sku) ?? { onHand: 0, allocated: 0, held: 0, safetyStock: 0 },
      of.supplies(sku),
      settings?.overdue,
      now,
    );
  const curve = curveFor(engine);
  const quote = engine.quote({ sku, ...desk.asking }, now);
  // A delivery that is far more than anyone asks for runs out of the picture.
  const need = waiting + quote.quantity;
  const seen = quote.availability === "inStock" ? curve.start : Math.min(totalOf(curve), need * DEPTH);
  const scene = { quote, top: Math.max(need, seen, 1) * 1.12 };
  const bends = bendsAt(engine, sku, curve, scene, desk);
  // Where an order may not be as large as what is coming, nothing is known of what lies beyond, and it is not shown.
  const known = risesOf(bends, "p80").at(-1)?.level ?? 0;
  const top = known < totalOf(curve) ? Math.max(need * 1.12, Math.min(scene.top, known / BEYOND)) : scene.top;
  const { supposition } = desk;
  return {
    quote,
    top,
    now,
    curve,
    bends,
    supposed:
      supposition === undefined
        ? undefined
        : desk.shop.supposing(supposition, (supposed) => bendsAt(supposed, sku, curveFor(supposed), scene, desk)),
    waiting,
    mine: engine
      .queue(sku)
      .filter(({ order }) => order !== undefined && isMine(order))
      .map(({ ahead, quantity }) => ({ from: ahead, to: ahead + quantity })),
    quantile: settings?.promiseQuantile ?? USUAL_QUANTILE,
    release: typeof lifecycle === "object" ? lifecycle.preorder.releaseAt : undefined,
  };
}

/** How far the picture reaches in time: to the dates it is about and a little beyond. */
function endOf({ now, curve, bends, supposed, quote, release }: Scene): Instant {
  const [likely, changed] = [risesOf(bends, "p95"), risesOf(supposed ?? [], "p80")];
  const dates = [...curve.steps, ...likely, ...changed].map(({ at }) => at);
  const shown = Math.max(...dates, quote.ships.p95 ?? now, release ?? now);
  return Math.max(now + 14 * DAY, (quote.promise ?? now) + 3 * DAY, Math.min(shown + 2 * DAY, now + REACH_DAYS * DAY));
}

const refuses = ({ availability }: Quote): boolean => availability === "outOfStock" || availability === "discontinued";

function words({ now, curve, waiting, quote, quantile, supposed }: Scene): string {
  const first = curve.steps[0];
  const coming =
    first === undefined
      ? "Nothing is on order."
      : first.overdue
        ? `${units(first.quantity)} are overdue.`
        : `${units(first.quantity)} are due ${on(first.at, now)}.`;
  const queue =
    waiting > 0
      ? `${units(waiting)} wait.`
      : curve.start > 0
        ? `Nobody waits; ${units(curve.start)} are free.`
        : "Nobody waits, and nothing is free.";
  const place = quote.ahead > 0 ? `${count(quote.ahead)} ahead of you: an` : "An";
  const yours = refuses(quote)
    ? `An order of ${count(quote.quantity)} can’t be placed now.`
    : quote.promise === null
      ? `There is no date for an order of ${count(quote.quantity)} yet.`
      : quote.ships.evidence === 0
        ? `An order of ${count(quote.quantity)} would ship ${on(quote.promise, now)}.`
        : `${place} order of ${count(quote.quantity)} would ship by ${on(quote.promise, now)} (${chance(quantile)} chance). ${windowOf(quote.ships, now)}`;
  return `${queue} ${coming} ${yours}${supposed === undefined ? "" : " The dashed line is the change you are looking at."}`;
}

export function createFutureChart(desk: Desk, sku: string): View {
  const drawing = svg("svg", { class: "future", role: "img", height: HEIGHT, "aria-label": "" });
  const caption = h("figcaption", { class: "future-caption" });
  const legend = h(
    "ul",
    { class: "legend", "aria-hidden": "true" },
    h("li", {}, h("span", { class: "swatch swatch-supply" }), "there and coming, 8 in 10"),
    h("li", {}, h("span", { class: "swatch swatch-band" }), "from 5 in 10 to 19 in 20"),
    h("li", {}, h("span", { class: "swatch swatch-waiting" }), "waiting"),
    h("li", {}, h("span", { class: "swatch swatch-you" }), "your order"),
  );
  const element = h("figure", { class: "future-figure" }, drawing, legend, caption);
  let width = 0;

  const draw = (): void => {
    const scene = sceneOf(desk, sku);
    const text = words(scene);
    setText(caption, text);
    drawing.setAttribute("aria-label", text);
    if (width > 0) drawing.replaceChildren(...paint(scene, width));
  };
  new ResizeObserver(([entry]) => {
    const measured = Math.round(entry?.contentRect.width ?? 0);
    if (measured === width) return;
    width = measured;
    drawing.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    draw();
  }).observe(element);
  return { element, update: draw };
}

function paint(scene: Scene, width: number): SVGElement[] {
  const { top } = scene;
  const [until, bottom] = [endOf(scene), Math.min(0, scene.curve.start)];
  const begin = MARGIN.left + BAR + GAP;
  const floor = HEIGHT - MARGIN.bottom;
  const x = (at: Instant): number => begin + ((at - scene.now) / (until - scene.now)) * (width - MARGIN.right - begin);
  const y = (level: number): number => floor - ((level - bottom) / (top - bottom)) * (floor - MARGIN.top);
  return [
    definitions(width),
    ...grid(scene, x, y, top, until, width),
    svg(
      "g",
      { "clip-path": "url(#plot)" },
      ...supplyCurve(scene, x, y, width),
    ),
    ...arrivals(scene.curve, x, floor, width),
    ...queueBar(scene, y),
    ...meeting(scene, x, y, width, floor),
  ];
}

type Scale = (value: number) => number;

const definitions = (width: number): SVGElement =>
  svg(
    "defs",
    {},
    svg(
      "clipPath",
      { id: "plot" },
      svg("rect", { x: 0, y: MARGIN.top - 4, width, height: HEIGHT - MARGIN.top - MARGIN.bottom + 6 }),
    ),
    svg(
      "pattern",
      { id: "hatch", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
      svg("rect", { class: "hatch-ground", width: 6, height: 6 }),
      svg("rect", { class: "hatch-line", width: 2, height: 6 }),
    ),
  );

function grid(scene: Scene, x: Scale, y: Scale, top: number, until: Instant, width: number): SVGElement[] {
  const marks = ticks(top, 4).flatMap((level) => [
    svg("line", {
      class: level === 0 ? "axis" : "grid",
      x1: MARGIN.left,
      x2: width - MARGIN.right,
      y1: y(level),
      y2: y(level),
    }),
    svg("text", { class: "tick", x: MARGIN.left - 8, y: y(level) + 4, "text-anchor": "end" }, count(level)),
  ]);
  const dates = mondays(scene.now, until, Math.max(2, Math.floor(width / 90))).map((at) =>
    svg(
      "text",
      { class: "tick", x: Math.min(x(at), width - MARGIN.right - 18), y: HEIGHT - 6, "text-anchor": "middle" },
      onAxis(at),
    ),
  );
  return [
    ...marks,
    ...dates,
    svg("text", { class: "tick", x: MARGIN.left + BAR / 2, y: HEIGHT - 6, "text-anchor": "middle" }, "now"),
  ];
}

/** The curve at three chances: the band between the likely and the almost sure, and the line that is promised by. */
function supplyCurve({ curve, bends, supposed, top }: Scene, x: Scale, y: Scale, width: number): SVGElement[] {
  const left = MARGIN.left + BAR + GAP;
  const right = width - MARGIN.right;
  /** What comes and can't be asked for, of an item that takes no backorders, is not drawn as if it never came. */
  const known = Math.min(totalOf(curve), top);
  const corners = (rises: readonly Rise[], goesOn = known): [number, number][] => {
    let level = curve.start;
    const turns = rises.flatMap((rise): [number, number][] => {
      const [at, before] = [Math.min(x(rise.at), right), level];
      level = rise.level;
      return [
        [at, y(before)],
        [at, y(level)],
      ];
    });
    return [[left, y(curve.start)], ...turns, ...(rises.length === 0 && level < goesOn ? [] : [[right, y(level)] as [number, number]])];
  };
  const path = (points: readonly [number, number][]): string =>
    points.map(([px, py], index) => `${index === 0 ? "M" : "L"}${px} ${py}`).join("");
  const [early, line, late] = (["p50", "p80", "p95"] as const).map((of) => corners(risesOf(bends, of))) as [
    [number, number][],
    [number, number][],
    [number, number][],
  ];
  return [
    svg("path", { class: "supply-area", d: `${path(late)}V${y(Math.min(0, curve.start))}H${left}Z` }),
    svg("path", { class: "supply-band", d: `${path([...early, ...late.toReversed()])}Z` }),
    svg("path", { class: "supply-line", d: path(line) }),
    ...(supposed === undefined
      ? []
      : [svg("path", { class: "supposed-line", d: path(corners(risesOf(supposed, "p80"), 0)) })]),
  ];
}

/** What each delivery brings and when, above its date; one too close to its neighbour is left out. */
function arrivals(curve: Curve, x: Scale, floor: number, right: number): SVGElement[] {
  let free = 0;
  return curve.steps.flatMap(({ at, quantity, overdue }) => {
    const [units, date] = [`+${count(quantity)}`, overdue ? "overdue" : onAxis(at)];
    const half = Math.max(units.length, date.length) * 3.4;
    const middle = Math.min(Math.max(x(at), MARGIN.left + half), right - half);
    const line = svg("line", { class: "arrival", x1: x(at), x2: x(at), y1: MARGIN.top - 8, y2: floor });
    if (middle - half < free) return [line];
    free = middle + half + 8;
    const words = (className: string, y: number, text: string): SVGElement =>
      svg("text", { class: className, x: middle, y, "text-anchor": "middle" }, text);
    return [
      line,
      words(overdue ? "flag flag-late" : "flag", MARGIN.top - 28, units),
      words(overdue ? "flag-late" : "tick", MARGIN.top - 13, date),
    ];
  });
}

function queueBar({ waiting, mine, quote }: Scene, y: Scale): SVGElement[] {
  const block = (className: string, from: number, to: number): SVGElement =>
    svg("rect", { class: className, x: MARGIN.left + 1, width: BAR, y: y(to), height: Math.max(1.5, y(from) - y(to)) });
  const from = quote.availability === "inStock" ? 0 : quote.ahead;
  return [
    ...(waiting > 0 ? [block("waiting", 0, waiting)] : []),
    ...mine.map((each) => block("mine", each.from, each.to)),
    block("you", from, from + quote.quantity),
  ];
}

function meeting(scene: Scene, x: Scale, y: Scale, width: number, floor: number): SVGElement[] {
  const { quote, now, curve, quantile } = scene;
  const level = (quote.availability === "inStock" ? 0 : quote.ahead) + quote.quantity;
  const from = MARGIN.left + BAR;
  if (refuses(quote)) return [];
  if (quote.promise === null)
    return [svg("line", { class: "reach", x1: from, x2: width - MARGIN.right, y1: y(level), y2: y(level) })];
  const [px, py] = [x(Math.max(quote.promise, now)), y(level)];
  const { p50, p80, p95, evidence } = quote.ships;
  const text = evidence === 0 ? on(quote.promise, now) : `by ${on(quote.promise, now)}, ${chance(quantile)}`;
  const half = text.length * 4.2;
  const assumed =
    quote.ships.basis === "replenishment"
      ? [svg("line", { class: "assumed", x1: px, x2: px, y1: y(totalOf(curve)), y2: py })]
      : [];
  const within = (at: Instant): number => Math.min(x(Math.max(at, now)), width - MARGIN.right);
  const span = (className: string, start: Instant | null, end: Instant | null): SVGElement[] =>
    start === null || end === null || start === end
      ? []
      : [svg("line", { class: className, x1: within(start), x2: within(end), y1: py, y2: py })];
  return [
    svg("line", { class: "reach", x1: from, x2: px, y1: py, y2: py }),
    ...span("window-rest", p80, p95),
    ...span("window", p50, p80),
    svg("line", { class: "drop", x1: px, x2: px, y1: py, y2: floor }),
    ...assumed,
    svg("circle", { class: "dot", cx: px, cy: py, r: 5.5 }),
    svg(
      "text",
      {
        class: "date",
        x: Math.min(Math.max(px + 10, from), width - MARGIN.right - 2 * half),
        y: Math.max(py - 9, MARGIN.top + 4),
      },
      text,
    ),
  ];
}
