/** Starts the page: the engine, the data, what was saved; then the views, brought up to date once a frame. */

import { init } from "./backorder/browser.js";
import { createCatalogue } from "./catalogue.js";
import { createClock } from "./clock.js";
import { loadData } from "./data.js";
import { createDelays } from "./delays.js";
import { Desk, STANDARD } from "./desk.js";
import { h, setText, type View } from "./dom.js";
import { createDispatch } from "./dispatch.js";
import { createFigures } from "./figures.js";
import { createItem } from "./item.js";
import { createLog, hush } from "./log-view.js";
import { createMyOrders } from "./my-orders.js";
import { timesOf } from "./place.js";
import { Shop } from "./shop.js";
import { becomeWriter, Store } from "./store.js";

const root = document.getElementById("shop") as HTMLElement;
const notice = document.getElementById("notice") as HTMLElement;
const times = document.getElementById("times") as HTMLElement;

function tell(text: string): void {
  setText(notice, text);
  notice.hidden = false;
}

function selectedSku(): string | undefined {
  const match = /^#\/item\/(.+)$/.exec(window.location.hash);
  try {
    return match?.[1] === undefined ? undefined : decodeURIComponent(match[1]);
  } catch {
    return undefined;
  }
}

async function openStore(): Promise<Store | undefined> {
  try {
    if (await becomeWriter()) return await Store.open();
    tell("The shop is open in another tab. What you do in this one is not kept.");
  } catch {
    tell("This browser keeps nothing for this page. What you do here is gone with a reload.");
  }
  return undefined;
}

async function openShop(): Promise<Shop> {
  const bar = document.getElementById("progress") as HTMLProgressElement;
  const [data, store] = await Promise.all([
    loadData(new URL("./data/shop.json", document.baseURI)),
    openStore(),
    init(),
  ]);
  return Shop.open(
    data,
    store,
    (share) => {
      bar.value = share;
    },
    tell,
  );
}

function show(shop: Shop): void {
  const desk = new Desk(shop);
  const place = h("div", { class: "item-place" });
  const log = createLog(desk, selectedSku);
  const views: View[] = [
    createClock(desk, (running) => hush(log.element, running)),
    createFigures(desk),
    createCatalogue(desk, selectedSku),
    createMyOrders(desk),
    createDispatch(desk),
    createDelays(desk),
    log,
  ];
  const [clock, figures, catalogue, mine, dispatch, delays] = views as [View, View, View, View, View, View, View];
  let item: View | undefined;
  let frame = 0;

  const update = (): void => {
    frame = 0;
    for (const view of views) view.update();
    item?.update();
    setText(times, timesOf(shop.days));
  };
  const route = (moveFocus: boolean): void => {
    const sku = selectedSku();
    const product = sku === undefined ? undefined : shop.data.bySku.get(sku);
    document.body.dataset["view"] = product === undefined ? "list" : "item";
    document.title =
      product === undefined ? "backorder: a shop’s stock, queue and promises, live" : `${product.name} · backorder`;
    desk.supposition = undefined;
    const shown = product ?? wanted();
    desk.asking = { quantity: shown.pack, priority: STANDARD };
    item = createItem(desk, shown);
    place.replaceChildren(item.element);
    update();
    if (moveFocus && product !== undefined) {
      item.element.focus({ preventScroll: true });
      place.scrollIntoView({ block: "start" });
    }
  };
  /** Beside the list on a wide screen something is always shown: what most wait for. */
  const wanted = (): (typeof shop.data.products)[number] => {
    const waiting = (sku: string): number => shop.engine.position(sku)?.backordered ?? 0;
    const [most] = [...shop.data.products].sort((a, b) => waiting(b.sku) - waiting(a.sku));
    if (most === undefined) throw new Error("The shop’s data has no products.");
    return most;
  };

  desk.subscribe(() => {
    if (frame === 0) frame = requestAnimationFrame(update);
  });
  window.addEventListener("hashchange", () => route(true));
  const own = h("div", { class: "side-own" }, mine.element, dispatch.element);
  const columns = h("div", { class: "columns" }, catalogue.element, place, h("div", { class: "side" }, own, log.element));
  root.replaceChildren(clock.element, figures.element, columns);
  // On a phone it stands with the orders, where their customer looks for news of them.
  const narrow = window.matchMedia("(max-width: 760px)");
  const put = (): void => (narrow.matches ? mine.element.after(delays.element) : columns.before(delays.element));
  narrow.addEventListener("change", put);
  put();
  route(false);
  root.removeAttribute("aria-busy");
}

const stumbled = (): void => tell("Something went wrong in this page. Reload it: what was saved is not lost.");
window.addEventListener("error", stumbled);
window.addEventListener("unhandledrejection", stumbled);

try {
  show(await openShop());
} catch (error) {
  root.removeAttribute("aria-busy");
  root.replaceChildren(
    h(
      "p",
      { class: "failure", role: "alert" },
      `The shop could not open. ${error instanceof Error ? error.message : String(error)}`,
    ),
  );
  console.error(error);
}
