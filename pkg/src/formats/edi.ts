import type { Event, Instant, LineView, Quantity, Quote } from "../../index.js";
import type * as Declared from "../../formats.js";
import type { EdiLine, EdiOptions, EdiStatus } from "../../formats.js";
import { EDI_STATUSES } from "./edi-statuses.js";
import { canBeWritten, civilDay, offset } from "./instants.js";
import { only, text } from "./options.js";

/** What is known of a line. */
interface Known {
  status: EdiStatus;
  ordered?: Quantity;
  backordered?: Quantity;
  shipped?: Quantity;
  date?: Instant | null;
}

export const ediOfQuote: typeof Declared.ediOfQuote = (quote, options = {}) => {
  const backordered = quote.parts.reduce((sum, { waits }) => sum + waits, 0);
  return written({ status: statusOfQuote(quote), ordered: quote.quantity, backordered, date: quote.promise }, options);
};

export const ediOfLine: typeof Declared.ediOfLine = (line, options = {}) => {
  const { quantity, allocated, backordered, shipped, promised } = line;
  const status = statusOfLine(line);
  const open = allocated + backordered > 0;
  return written({ status, ordered: quantity, backordered, shipped, date: open ? promised : null }, options);
};

export const ediOfEvent: typeof Declared.ediOfEvent = (event, options = {}) => {
  const known = ofEvent(event);
  return known && written(known, options);
};

function statusOfQuote({ availability, promise }: Quote): EdiStatus {
  switch (availability) {
    case "inStock":
      return withDate(promise) ? "scheduled" : "accepted";
    case "limited":
      return withDate(promise) ? "partlyBackordered" : "partlyBackorderedUndated";
    case "preorder":
      return withDate(promise) ? "preordered" : "preorderedUndated";
    case "backorder":
      return "backordered";
    case "outOfStock":
    case "discontinued":
      return availability;
  }
}

function statusOfLine({ allocated, backordered, shipped, cancelled, promised }: LineView): EdiStatus {
  const reduced = cancelled > 0;
  if (allocated + backordered + shipped === 0) return "cancelled";
  if (allocated + backordered === 0) return reduced ? "shippedReduced" : "shipped";
  if (backordered === 0 && withDate(promised)) return reduced ? "reducedScheduled" : "scheduled";
  if (backordered === 0) return reduced ? "reduced" : "accepted";
  if (allocated + shipped === 0) return "backordered";
  return withDate(promised) ? "partlyBackordered" : "partlyBackorderedUndated";
}

/** A new type of event does not compile here until it is said what it tells. */
function ofEvent(event: Event): Known | undefined {
  switch (event.type) {
    case "lineBackordered":
      return ofOrder(event, { status: "backordered", backordered: event.quantity });
    case "lineReady":
      return ofOrder(event, { status: "accepted" });
    case "promiseMoved":
      return ofOrder(event, { status: withDate(event.to) ? "rescheduled" : "backordered", date: event.to });
    case "lineSubstituted":
      return { status: "substituted" };
    case "orderPlaced":
    case "lineAllocated":
    case "lineDeallocated":
    case "lineShipped":
    case "lineCancelled":
    case "lineReturned":
    case "promiseMade":
    case "promiseKept":
    case "promiseBroken":
    case "holdPlaced":
    case "holdExpired":
    case "holdReleased":
    case "stockReceived":
    case "stockCounted":
    case "supplyScheduled":
    case "supplyMoved":
    case "supplyCancelled":
    case "noticeDue":
    case "orderDeemedCancelled":
    case "refundDue":
    case "reorderDue":
    case "stockLow":
      return undefined;
  }
}

/** Of a hold nobody is told by EDI: there is no order yet. */
function ofOrder(event: { order?: unknown }, known: Known): Known | undefined {
  return event.order === undefined ? undefined : known;
}

function withDate(date: Instant | null): date is Instant {
  return date !== null && canBeWritten(date);
}

function written({ status, ordered, backordered = 0, shipped = 0, date = null }: Known, options: EdiOptions): EdiLine {
  only(options, ["timeZone", "unit"]);
  const { timeZone = "UTC", unit = "EA" } = options;
  offset(0, timeZone, "options.timeZone");
  text(unit, /^[A-Z\d]{2}$/, "options.unit", "a code of X12 element 355, two capital letters or digits");
  const { lineStatus, orderStatus, action, eancomAction } = EDI_STATUSES[status];
  const day = withDate(date) ? civilDay(date, timeZone).replaceAll("-", "") : undefined;
  return {
    status,
    x12: {
      lineStatus,
      ...(orderStatus !== undefined && { orderStatus }),
      ...(backordered > 0 && { backordered: { quantity: backordered, unit } }),
      ...(day !== undefined && { date: { qualifier: "079", value: day } as const }),
    },
    edifact: {
      action,
      ...(eancomAction !== undefined && { eancomAction }),
      quantities: quantities(ordered, backordered, shipped),
      ...(day !== undefined && { date: { qualifier: "11", value: day, format: "102" } as const }),
    },
  };
}

function quantities(ordered: Quantity | undefined, backordered: Quantity, shipped: Quantity) {
  return [
    ...(ordered !== undefined ? [{ qualifier: "21", quantity: ordered } as const] : []),
    ...(backordered > 0 ? [{ qualifier: "83", quantity: backordered } as const] : []),
    ...(shipped > 0 ? [{ qualifier: "12", quantity: shipped } as const] : []),
  ];
}
