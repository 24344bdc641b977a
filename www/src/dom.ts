/** The page's whole rendering library: elements from calls, text as text, lists that keep their rows. */

export type Child = Node | string | number | null | undefined | false;
type Value = string | number | boolean | null | undefined;
type Listeners = { [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
export interface Props {
  readonly [attribute: string]: Value | Listeners;
  readonly on?: Listeners;
}

/** Something on the page that can be brought up to date. */
export interface View {
  readonly element: HTMLElement;
  update(): void;
}

function assign(element: Element, props: Props): void {
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "object") {
      for (const [type, listener] of Object.entries(value)) element.addEventListener(type, listener as EventListener);
    } else {
      element.setAttribute(name, value === true ? "" : String(value));
    }
  }
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  assign(element, props);
  append(element, children);
  return element;
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  assign(element, props);
  append(element, children);
  return element;
}

const ICONS = {
  play: "M5 3.5v9l7.5-4.5z",
  pause: "M4.5 3.5h2.6v9H4.5zM8.9 3.5h2.6v9H8.9z",
  back: "M9.8 3.2 5 8l4.8 4.8 1.1-1.1L7.2 8l3.7-3.7z",
  late: "M8 1.5 15 14H1zM7.2 6v4h1.6V6zm0 5v1.6h1.6V11z",
} as const;

/** A decoration: what it says is always in the text beside it. */
export function icon(name: keyof typeof ICONS): SVGSVGElement {
  return svg(
    "svg",
    { class: "icon", viewBox: "0 0 16 16", width: 16, height: 16, "aria-hidden": "true" },
    svg("path", { d: ICONS[name], "fill-rule": "evenodd" }),
  );
}

/** Writes only what changed, so that a screen reader or a selection is not disturbed by a clock that runs. */
export function setText(node: Node, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

export function setAttribute(element: Element, name: string, value: string | number | boolean | null): void {
  if (value === null || value === false) {
    if (element.hasAttribute(name)) element.removeAttribute(name);
  } else {
    const text = value === true ? "" : String(value);
    if (element.getAttribute(name) !== text) element.setAttribute(name, text);
  }
}

/** A list of sentences, written anew only when one is another. */
export function setLines(list: Element, lines: readonly string[]): void {
  if (lines.length === list.children.length && lines.every((line, index) => list.children[index]?.textContent === line))
    return;
  list.replaceChildren(...lines.map((line) => h("li", {}, line)));
}

export interface Row<T> {
  readonly element: Element;
  update(item: T): void;
}

/** Children by key: rows that stay are moved, never made anew, so that focus and open details survive. */
export class KeyedList<T> {
  private readonly rows = new Map<string, Row<T>>();

  constructor(
    private readonly parent: Element,
    private readonly keyOf: (item: T) => string,
    private readonly make: (item: T) => Row<T>,
  ) {}

  update(items: readonly T[]): void {
    const keys = new Set(items.map(this.keyOf));
    for (const [key, row] of this.rows) {
      if (keys.has(key)) continue;
      row.element.remove();
      this.rows.delete(key);
    }
    let next = this.parent.firstElementChild;
    for (const item of items) {
      const key = this.keyOf(item);
      const row = this.rows.get(key) ?? this.make(item);
      this.rows.set(key, row);
      row.update(item);
      if (row.element === next) next = next.nextElementSibling;
      else this.parent.insertBefore(row.element, next);
    }
  }
}

/** A part of the plot or a bar takes its size from data; the policy allows no inline style, the style object is fine. */
export function setShare(element: HTMLElement, property: string, value: number): void {
  const text = String(value);
  if (element.style.getPropertyValue(property) !== text) element.style.setProperty(property, text);
}

const FLASH_MS = 1200;

/** Draws the eye to what has just changed, for those who have not asked for stillness. */
export function flash(element: HTMLElement): void {
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const wash = getComputedStyle(element).getPropertyValue("--accent-wash");
  element.animate([{ backgroundColor: wash }, {}], { duration: FLASH_MS, easing: "ease-out" });
}
