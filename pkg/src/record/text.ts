import type { Instant } from "../../index.js";
import type { RecordEntry } from "../../record.js";

type Named = Pick<RecordEntry, "order" | "hold">;

export function recordJson(entries: Iterable<RecordEntry>): string {
  const all = grouped(entries, ({ order, hold }) => JSON.stringify([order, hold]));
  const said = Array.from(all.values(), (entries) => {
    const { order, hold } = entries[0] as Named;
    const lines = grouped(entries.filter(({ line }) => line !== undefined), ({ line }) => line as string);
    return {
      ...{ order, hold, entries: entries.filter(({ line }) => line === undefined) },
      lines: Array.from(lines, ([line, entries]) => ({ line, entries })),
    };
  });
  return JSON.stringify(said, null, 2);
}

function grouped(entries: Iterable<RecordEntry>, by: (entry: RecordEntry) => string): Map<string, RecordEntry[]> {
  const groups = new Map<string, RecordEntry[]>();
  for (const entry of entries) {
    const group = groups.get(by(entry));
    if (group === undefined) groups.set(by(entry), [entry]);
    else group.push(entry);
  }
  return groups;
}

type Cell = string | number | boolean | null | undefined;

/** The columns in order, each with what it says of an entry. */
const COLUMNS: readonly (readonly [name: string, cell: (entry: RecordEntry) => Cell])[] = [
  ["id", ({ id }) => id],
  ["at", ({ at }) => time(at)],
  ["what", ({ what }) => what],
  ["order", ({ order }) => order],
  ["hold", ({ hold }) => hold],
  ["line", ({ line }) => line],
  ["sku", ({ sku }) => sku],
  ["location", ({ location }) => location],
  ["quantity", ({ quantity }) => quantity],
  ["from", ({ from }) => time(from)],
  ["to", ({ to }) => time(to)],
  ["causeCommand", ({ cause }) => cause?.command],
  ["causeSupply", ({ cause }) => cause?.supply],
  ["regime", ({ terms }) => terms?.regime],
  ["statedShipBy", ({ terms }) => terms?.statedShipBy],
  ["buyerZone", ({ terms }) => terms?.buyerZone?.timeZone ?? json(terms?.buyerZone)],
  ["payment", ({ terms }) => terms?.payment],
  ["knownAt", ({ known }) => time(known?.at)],
  ["quantile", ({ known }) => known?.quantile],
  ["p50", ({ known }) => time(known?.ships.p50)],
  ["p80", ({ known }) => time(known?.ships.p80)],
  ["p95", ({ known }) => time(known?.ships.p95)],
  ["basis", ({ known }) => known?.ships.basis],
  ["evidence", ({ known }) => known?.ships.evidence],
  ["ahead", ({ known }) => known?.ahead],
  ["supplies", ({ known }) => json(known?.supplies.map((peg) => ({ ...peg, due: time(peg.due) })))],
  ["why", ({ known }) => known?.why.join(" ")],
  ["notice", ({ notice }) => notice],
  ["kind", ({ says }) => says?.kind],
  ["revised", ({ says }) => says?.revised],
  ["noticeBy", ({ says }) => says?.due],
  ["silence", ({ says }) => says?.silence],
  ["cancelsOn", ({ says }) => says?.cancelsOn],
  ["refundBy", ({ says }) => says?.refundBy],
  ["state", ({ says }) => says?.state],
  ["counts", ({ sent }) => sent?.counts],
  ["offersCancel", ({ sent }) => sent?.offersCancel],
  ["reason", ({ sent }) => sent?.reason],
  ["answer", ({ answer }) => answer],
  ["until", ({ until }) => until],
  ["shown", ({ shown }) => json(shown)],
];

export function recordCsv(entries: Iterable<RecordEntry>): string {
  const rows = [COLUMNS.map(([name]) => name)];
  for (const entry of entries) rows.push(COLUMNS.map(([, cell]) => written(cell(entry))));
  return rows.map((row) => `${row.join(",")}\r\n`).join("");
}

/**
 * What begins so is a formula to one spreadsheet or another, also behind blanks, and in the wide forms that some read as the
 * narrow ones. An apostrophe, too, as it is what marks the others.
 */
const FORMULA = /^(?:[\t\r\n']|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/u;

function written(cell: Cell): string {
  if (typeof cell === "number") return String(cell);
  const text = cell === undefined || cell === null ? "" : String(cell);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What is later than a calendar knows stands as it is. */
function time(instant: Instant | null | undefined): string | number | undefined {
  if (instant === null || instant === undefined) return undefined;
  return instant <= 8.64e15 ? new Date(instant).toISOString() : instant;
}

function json(value: object | undefined): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}
