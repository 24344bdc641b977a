import type { IdColumn, OrderColumns, PlacedColumns, QuotedColumns } from "../index.js";
import { list, typed } from "./check.js";
import { invalid } from "./errors.js";

/**
 * The bulk doors. A column of ids crosses as one text and the length of each id in it, so that a row costs no call;
 * what comes back is one array of numbers, column after column. That the columns fit together is the core's to check.
 */

type QuoteColumns = Omit<OrderColumns, "order">;

interface Ids {
  text: string;
  /** In UTF-16 units, as JavaScript counts. */
  lengths: Uint32Array;
}

export interface Columns {
  orders: Ids;
  skus: Ids;
  codes: Uint32Array | undefined;
  quantities: Float64Array;
  priorities: Uint8Array | undefined;
}

const NO_IDS: Ids = { text: "", lengths: new Uint32Array(0) };

export function orderColumns(rows: OrderColumns): Columns {
  members(rows, ["order", "sku", "quantity", "priority"]);
  return { ...columns(rows), orders: ids(rows.order, "order") };
}

export function quoteColumns(rows: QuoteColumns): Columns {
  members(rows, ["sku", "quantity", "priority"]);
  return columns(rows);
}

export function placed(numbers: Float64Array): PlacedColumns {
  const column = split(numbers, 4);
  return {
    status: new Uint8Array(column(0)),
    reason: new Uint8Array(column(1)),
    allocated: column(2),
    promise: column(3),
  };
}

export function quoted(numbers: Float64Array): QuotedColumns {
  const column = split(numbers, 7);
  return {
    availability: new Uint8Array(column(0)),
    now: column(1),
    ahead: column(2),
    p50: column(3),
    p80: column(4),
    p95: column(5),
    promise: column(6),
  };
}

function columns({ sku, quantity, priority }: QuoteColumns): Columns {
  typed(quantity, "Float64Array", "quantity");
  if (priority !== undefined) typed(priority, "Uint8Array", "priority");
  return { orders: NO_IDS, ...skuColumn(sku), quantities: quantity, priorities: priority };
}

function skuColumn(sku: IdColumn): Pick<Columns, "skus" | "codes"> {
  if (Array.isArray(sku)) return { skus: ids(sku, "sku"), codes: undefined };
  members(sku, ["values", "codes"], "sku");
  typed(sku.codes, "Uint32Array", "sku.codes");
  return { skus: ids(sku.values, "sku.values"), codes: sku.codes };
}

/** What is no text crosses as the empty text, which is no id: its row is refused, and no other. */
function ids(values: readonly unknown[], path: string): Ids {
  list(values, path);
  const lengths = new Uint32Array(values.length);
  let strangers = 0;
  for (let row = 0; row < values.length; row += 1) {
    const id = values[row];
    if (typeof id === "string") lengths[row] = id.length;
    else strangers += 1;
  }
  const texts = strangers === 0 ? values : values.map((id) => (typeof id === "string" ? id : ""));
  try {
    return { text: texts.join(""), lengths };
  } catch {
    throw invalid(path, `${path} is longer than any text can be`);
  }
}

function members(value: unknown, known: readonly string[], path = "rows"): void {
  if (typeof value !== "object" || value === null) throw invalid(path, `${path} must be an object of columns`);
  for (const name of Object.keys(value)) {
    if (!known.includes(name)) {
      const place = path === "rows" ? name : `${path}.${name}`;
      throw invalid(place, `${place} is no column: there are ${known.join(", ")}`);
    }
  }
}

/** Copies, so that each column can be handed on by itself. */
function split(numbers: Float64Array, columns: number): (column: number) => Float64Array<ArrayBuffer> {
  const rows = numbers.length / columns;
  return (column) => numbers.slice(column * rows, (column + 1) * rows);
}
