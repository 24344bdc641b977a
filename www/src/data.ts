/** The real products and orders that the page begins with. `data/ATTRIBUTION.md` says where they come from. */

import type { Command, Instant, ItemSettings } from "./backorder/browser.js";

export interface Product {
  readonly sku: string;
  readonly name: string;
  readonly supplier: string;
  readonly pack: number;
  /** In pence. */
  readonly price: number;
  /** On the shelf when the weeks begin. */
  readonly stock: number;
  readonly settings: Partial<ItemSettings>;
}

export interface Supplier {
  readonly id: string;
  readonly name: string;
  /** Deliveries before the weeks begin, in days after the date that was given; none of a new supplier. */
  readonly lateness: number[];
}

/** A command of the recorded weeks, at its instant. */
export interface Happening {
  readonly at: Instant;
  readonly command: Command;
}

export interface ShopData {
  /** Changes with the file: what was saved under another one is not continued. */
  readonly version: string;
  readonly start: Instant;
  readonly opens: Instant;
  readonly end: Instant;
  readonly products: readonly Product[];
  readonly bySku: ReadonlyMap<string, Product>;
  readonly suppliers: ReadonlyMap<string, Supplier>;
  /** In order of time; they go on after the page opens. */
  readonly orders: readonly Happening[];
  /** In order of time, all before the page opens. */
  readonly supplies: readonly Happening[];
}

interface ShopFile {
  start: Instant;
  opens: Instant;
  end: Instant;
  suppliers: Supplier[];
  products: Product[];
  supplies: [product: number, quantity: number, scheduled: number, due: number, came: number | null][];
  orders: [minute: number, invoice: string, ...lines: number[]][];
}

const MINUTE = 60_000;
const FIRST_SUPPLY = 101;

export const supplyId = (number: number): string => `PO-${number}`;

function ordersOf(file: ShopFile): Happening[] {
  return file.orders.map(([minute, invoice, ...flat]) => {
    const lines = [];
    for (let index = 0; index + 1 < flat.length; index += 2) {
      const product = file.products[flat[index] as number] as Product;
      lines.push({ sku: product.sku, quantity: flat[index + 1] as number, unitPrice: product.price });
    }
    return { at: file.start + minute * MINUTE, command: { type: "placeOrder", order: invoice, lines } };
  });
}

function suppliesOf(file: ShopFile): Happening[] {
  const happenings: Happening[] = [];
  file.supplies.forEach(([index, quantity, scheduled, due, came], number) => {
    const { sku, supplier } = file.products[index] as Product;
    const supply = supplyId(FIRST_SUPPLY + number);
    const dueAt = file.start + due * MINUTE;
    happenings.push({
      at: file.start + scheduled * MINUTE,
      command: { type: "scheduleSupply", supply, sku, quantity, due: dueAt, supplier },
    });
    if (came !== null)
      happenings.push({ at: file.start + came * MINUTE, command: { type: "receive", sku, quantity, supply } });
  });
  return happenings.sort((a, b) => a.at - b.at);
}

export async function loadData(url: URL): Promise<ShopData> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The shop’s data could not be loaded (${response.status}).`);
  const text = await response.text();
  const file = JSON.parse(text) as ShopFile;
  return {
    version: `${file.opens}-${text.length}`,
    start: file.start,
    opens: file.opens,
    end: file.end,
    products: file.products,
    bySku: new Map(file.products.map((product) => [product.sku, product])),
    suppliers: new Map(file.suppliers.map((supplier) => [supplier.id, supplier])),
    orders: ordersOf(file),
    supplies: suppliesOf(file),
  };
}

/** Before the first day: who supplies and how punctually, what is sold, what stands on the shelf. */
export function opening(data: ShopData): Command[] {
  const commands: Command[] = [...data.suppliers.values()].map(({ id, lateness }) => ({
    type: "defineSupplier",
    supplier: id,
    lateness,
  }));
  for (const { sku, settings, stock } of data.products) {
    commands.push({ type: "defineItem", sku, ...settings });
    if (stock > 0) commands.push({ type: "receive", sku, quantity: stock });
  }
  return commands;
}
