import type * as Declared from "../../formats.js";

const AS_ORDERED = { action: "5", eancomAction: "5" } as const;
const AMENDED = { action: "6", eancomAction: "3" } as const;
const REFUSED = { action: "7", eancomAction: "7" } as const;

/**
 * 368 has BM, "manufacturer out of stock", too: that the engine cannot know. BP names a date, so that a part whose rest
 * has none is BO.
 */
export const EDI_STATUSES: typeof Declared.EDI_STATUSES = Object.freeze({
  accepted: { lineStatus: "IA", orderStatus: "AV", ...AS_ORDERED },
  scheduled: { lineStatus: "IA", orderStatus: "AS", ...AS_ORDERED },
  reduced: { lineStatus: "IQ", orderStatus: "AV", ...AMENDED },
  reducedScheduled: { lineStatus: "IQ", orderStatus: "AS", ...AMENDED },
  backordered: { lineStatus: "IB", orderStatus: "BO", ...AMENDED },
  partlyBackordered: { lineStatus: "BP", orderStatus: "BP", ...AMENDED },
  partlyBackorderedUndated: { lineStatus: "BP", orderStatus: "BO", ...AMENDED },
  preordered: { lineStatus: "IA", orderStatus: "ED", ...AMENDED },
  preorderedUndated: { lineStatus: "SP", ...AMENDED },
  rescheduled: { lineStatus: "DR", orderStatus: "ED", ...AMENDED },
  substituted: { lineStatus: "IS", orderStatus: "IS", ...AMENDED },
  shipped: { lineStatus: "AC", orderStatus: "CL", ...AS_ORDERED },
  shippedReduced: { lineStatus: "AC", orderStatus: "CL", ...AMENDED },
  cancelled: { lineStatus: "ID", orderStatus: "IC", action: "2" },
  outOfStock: { lineStatus: "IR", orderStatus: "DS", ...REFUSED },
  discontinued: { lineStatus: "IR", orderStatus: "DI", ...REFUSED },
});
