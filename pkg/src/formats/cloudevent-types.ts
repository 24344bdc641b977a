import type { Event } from "../../index.js";
import type * as Declared from "../../formats.js";

export const CLOUDEVENT_MEDIA_TYPE: typeof Declared.CLOUDEVENT_MEDIA_TYPE = "application/cloudevents+json";
export const CLOUDEVENT_BATCH_MEDIA_TYPE: typeof Declared.CLOUDEVENT_BATCH_MEDIA_TYPE =
  "application/cloudevents-batch+json";

/** Names once given stay: another meaning of `data` would be another version. */
export const CLOUDEVENT_TYPES: typeof Declared.CLOUDEVENT_TYPES = Object.freeze({
  orderPlaced: "backorder.order.placed.v1",
  lineAllocated: "backorder.line.allocated.v1",
  lineDeallocated: "backorder.line.deallocated.v1",
  lineBackordered: "backorder.line.backordered.v1",
  lineReady: "backorder.line.ready.v1",
  lineShipped: "backorder.line.shipped.v1",
  lineCancelled: "backorder.line.cancelled.v1",
  lineReturned: "backorder.line.returned.v1",
  lineSubstituted: "backorder.line.substituted.v1",
  promiseMade: "backorder.promise.made.v1",
  promiseMoved: "backorder.promise.moved.v1",
  promiseKept: "backorder.promise.kept.v1",
  promiseBroken: "backorder.promise.broken.v1",
  holdPlaced: "backorder.hold.placed.v1",
  holdExpired: "backorder.hold.expired.v1",
  holdReleased: "backorder.hold.released.v1",
  stockReceived: "backorder.stock.received.v1",
  stockCounted: "backorder.stock.counted.v1",
  supplyScheduled: "backorder.supply.scheduled.v1",
  supplyMoved: "backorder.supply.moved.v1",
  supplyCancelled: "backorder.supply.cancelled.v1",
  noticeDue: "backorder.notice.due.v1",
  orderDeemedCancelled: "backorder.order.deemed.cancelled.v1",
  refundDue: "backorder.refund.due.v1",
  reorderDue: "backorder.reorder.due.v1",
  stockLow: "backorder.stock.low.v1",
});

/** What an event is about: the members that name it, from the whole to the part. */
export type Subject = "demand" | "supply" | "stock";

export const SUBJECTS: { readonly [Type in Event["type"]]: Subject } = Object.freeze({
  orderPlaced: "demand",
  lineAllocated: "demand",
  lineDeallocated: "demand",
  lineBackordered: "demand",
  lineReady: "demand",
  lineShipped: "demand",
  lineCancelled: "demand",
  lineReturned: "demand",
  lineSubstituted: "demand",
  promiseMade: "demand",
  promiseMoved: "demand",
  promiseKept: "demand",
  promiseBroken: "demand",
  holdPlaced: "demand",
  holdExpired: "demand",
  holdReleased: "demand",
  stockReceived: "stock",
  stockCounted: "stock",
  supplyScheduled: "supply",
  supplyMoved: "supply",
  supplyCancelled: "supply",
  noticeDue: "demand",
  orderDeemedCancelled: "demand",
  refundDue: "demand",
  reorderDue: "stock",
  stockLow: "stock",
});
