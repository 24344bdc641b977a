import type { Quote } from "../../index.js";
import type * as Declared from "../../element.js";
import type { Eta, EtaDefaults, EtaOptions, EtaQuote, EtaSource, EtaTexts } from "../../element.js";
import type { OfferOptions } from "../../formats.js";
import { jsonLd, offer } from "../formats/schema-org.js";
import { eta, lineOf, unknown } from "./eta.js";
import { styleSheet } from "./style.js";

const NAME = "backorder-eta";

/** Servers have no elements, and may import this all the same. */
const Base = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

let shared: Omit<EtaDefaults, "name"> = {};
const connected = new Set<BackorderEta>();

export const defineEta: typeof Declared.defineEta = ({ name = NAME, ...defaults } = {}) => {
  shared = { ...shared, ...defaults };
  const elements = globalThis.customElements;
  if (elements !== undefined && elements.get(name) === undefined) {
    // A class has one name.
    elements.define(name, name === NAME ? BackorderEta : class extends BackorderEta {});
  }
  for (const element of connected) element.source = element.source;
};

export class BackorderEta extends Base implements Declared.BackorderEta {
  static readonly observedAttributes = [
    "sku",
    "quantity",
    "date",
    "time-zone",
    "lang",
    "name",
    "url",
    "price",
    "currency",
  ];

  #source: EtaSource | undefined;
  #texts: Partial<EtaTexts> | undefined;
  #offer: Partial<OfferOptions> | undefined;
  #unsubscribe: (() => void) | undefined;
  #box: HTMLElement | undefined;
  #script: HTMLScriptElement | undefined;
  /** Of several looks at a source that takes its time the last counts. */
  #looks = 0;
  #due: Promise<void> | undefined;

  get source(): EtaSource | undefined {
    return this.#source;
  }

  set source(source: EtaSource | undefined) {
    this.#source = source;
    if (this.isConnected) this.#listen();
    this.#soon();
  }

  get texts(): Partial<EtaTexts> | undefined {
    return this.#texts;
  }

  set texts(texts: Partial<EtaTexts> | undefined) {
    this.#texts = texts;
    this.#soon();
  }

  get offer(): Partial<OfferOptions> | undefined {
    return this.#offer;
  }

  set offer(offer: Partial<OfferOptions> | undefined) {
    this.#offer = offer;
    this.#soon();
  }

  connectedCallback(): void {
    this.#box ??= this.#made();
    for (const name of ["source", "texts", "offer"] as const) this.#takeOver(name);
    connected.add(this);
    this.#listen();
    document.addEventListener("visibilitychange", this.#seen);
    this.#soon();
  }

  disconnectedCallback(): void {
    connected.delete(this);
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    document.removeEventListener("visibilitychange", this.#seen);
  }

  attributeChangedCallback(): void {
    this.#soon();
  }

  async refresh(): Promise<void> {
    const look = (this.#looks += 1);
    const source = this.#source ?? shared.source;
    const sku = this.getAttribute("sku");
    if (source === undefined || sku === null || this.#box === undefined) return;
    const options = this.#options();
    let detail: { quote: EtaQuote; text: string } | { error: unknown };
    try {
      // A page's clock may run behind that of what it looks at.
      const now = Math.max(Date.now(), (await source.lastInstant?.()) ?? 0);
      const quantity = Number(this.getAttribute("quantity") ?? 1);
      const asked = source.sku === undefined ? { sku, quantity } : { quantity };
      const quote = await source.quote(asked as { sku: string; quantity: number }, now);
      if (look !== this.#looks) return;
      if (quote.sku !== sku) throw new Error(`this source quotes ${quote.sku}`);
      const said = eta(quote, now, options);
      this.#show(said);
      this.#tellSearchEngines(quote, now, options);
      detail = { quote, text: lineOf(said) };
    } catch (error) {
      if (look !== this.#looks) return;
      this.#show(unknown(options));
      this.#script?.remove();
      detail = { error };
    }
    this.dispatchEvent(new CustomEvent(NAME, { bubbles: true, composed: true, detail }));
  }

  /** Once for all that changes together. */
  #soon(): void {
    if (!this.isConnected) return;
    this.#due ??= Promise.resolve().then(() => {
      this.#due = undefined;
      return this.refresh();
    });
  }

  /** A page that was left open shows days that may be over. */
  readonly #seen = (): void => {
    if (document.visibilityState === "visible") this.#soon();
  };

  #listen(): void {
    this.#unsubscribe?.();
    const source = this.#source ?? shared.source;
    this.#unsubscribe = source?.subscribe?.(() => this.#soon());
  }

  /** What was set before the element was known stands in the way of what the class does. */
  #takeOver(name: "source" | "texts" | "offer"): void {
    if (!Object.hasOwn(this, name)) return;
    const own: Record<string, unknown> = this as never;
    const value = own[name];
    delete own[name];
    own[name] = value;
  }

  /** Until there is something to say, what stands in the page is shown. */
  #made(): HTMLElement {
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [styleSheet()];
    const box = document.createElement("span");
    box.setAttribute("part", "eta");
    box.setAttribute("role", "status");
    box.setAttribute("aria-live", "polite");
    box.setAttribute("aria-atomic", "true");
    box.append(document.createElement("slot"));
    root.append(box);
    return box;
  }

  #options(): EtaOptions {
    const date = this.getAttribute("date");
    const timeZone = this.getAttribute("time-zone");
    const texts = this.#texts ?? shared.texts;
    return {
      language: language(this),
      ...(date !== null && { date: date as NonNullable<EtaOptions["date"]> }),
      ...(timeZone !== null && { timeZone }),
      ...(texts !== undefined && { texts }),
    };
  }

  /** The same again is not said again to who listens. */
  #show(said: Eta): void {
    const box = this.#box as HTMLElement;
    const mark = part("mark");
    mark.setAttribute("aria-hidden", "true");
    const shown = [mark, ...said.parts.flatMap((each) => [document.createTextNode(" "), element(each)])];
    const fresh = document.createElement("span");
    fresh.append(...shown);
    if (box.dataset["state"] === said.state && box.innerHTML === fresh.innerHTML) return;
    box.dataset["state"] = said.state;
    box.replaceChildren(...fresh.childNodes);
  }

  #tellSearchEngines(quote: EtaQuote, now: number, { date, timeZone }: EtaOptions): void {
    const [price, currency, name, url] = ["price", "currency", "name", "url"].map((each) => this.getAttribute(each));
    if (price === null || price === undefined || currency === null || currency === undefined) {
      this.#script?.remove();
      return;
    }
    // An offer says nothing of who is ahead.
    const offers = offer(quote as Quote, now, {
      price,
      currency,
      ...(url !== null && url !== undefined && { url }),
      ...(date !== undefined && { date }),
      ...(timeZone !== undefined && { timeZone }),
      ...this.#offer,
    });
    this.#script ??= document.createElement("script");
    this.#script.type = "application/ld+json";
    this.#script.textContent = jsonLd({ "@type": "Product", ...(name !== null && { name }), sku: quote.sku, offers });
    // Beside what is shown: nobody looks for data within a shadow.
    if (this.#script.parentNode !== this) this.append(this.#script);
  }
}

function part(name: string, text = ""): HTMLElement {
  const span = document.createElement(name === "date" ? "time" : "span");
  span.setAttribute("part", name);
  span.textContent = text;
  return span;
}

function element({ part: name, text, day }: Eta["parts"][number]): HTMLElement {
  if (day === undefined) return part(name, text);
  const span = part(name);
  const [before = "", ...after] = text.split(day.text);
  const time = part("date", day.text);
  time.setAttribute("datetime", day.iso);
  span.append(before, time, after.join(day.text));
  return span;
}

/** That of what it stands in, out through shadows, else the browser's. */
function language(element: Element): string {
  for (let at: Node | null = element; at !== null; ) {
    const found = at instanceof Element ? at.closest("[lang]") : null;
    const lang = found?.getAttribute("lang");
    if (lang) return lang;
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : null;
  }
  return navigator.language;
}
