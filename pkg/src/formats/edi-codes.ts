import type * as Declared from "../../formats.js";
import type { EdiCode } from "../../formats.js";

const X12_668 = "https://www.stedi.com/edi/x12-004030/element/668";
const X12_368 = "https://internal.dcsnewyork.com/tech/edi/x12/EDI_4010/el368.htm";
const X12_855 = "http://teamadr.com/index.phtml?section=product&page=edi_specs.phtml&doc=855-0010.htm";
const X12_355 = "http://edi.hersheys.com/Suppliers/8504010IC/2952SCH.htm";
const EDIFACT_1229 = "http://www.stylusstudio.com/edifact/D97B/1229.htm";
const EANCOM_LIN = "https://ref.gs1.org/standards/eancom/1997/#zip:HTML/ORDRSP/GD13.HTM";
const EANCOM_QTY = "http://eancom.com/ean02s4/part2/ordrsp/0552.htm";
const EANCOM_DTM = "http://eancom.com/ean02s3/part2/ordrsp/0573.htm";

function list<Element extends Pick<EdiCode, "standard" | "element" | "source">>(
  of: Element,
  codes: Record<string, string>,
): EdiCode[] {
  return Object.entries(codes).map(([code, meaning]) => ({ ...of, code, meaning }));
}

export const EDI_CODES: typeof Declared.EDI_CODES = Object.freeze([
  ...list(
    { standard: "X12", element: "668", source: X12_668 },
    {
      IA: "accepted",
      IQ: "accepted, quantity changed",
      IB: "backordered",
      BP: "accepted: a part ships, the balance is backordered",
      SP: "accepted, date pending",
      DR: "accepted, date rescheduled",
      IS: "accepted with a substitution",
      AC: "accepted and shipped",
      ID: "deleted",
      IR: "rejected",
    },
  ),
  ...list(
    { standard: "X12", element: "368", source: X12_368 },
    {
      AV: "available",
      AS: "available, scheduled to ship on a date",
      BO: "backordered",
      BP: "a part ships, the backorder on a date",
      ED: "expected to ship by a date",
      IS: "substitutes the item ordered",
      CL: "complete",
      IC: "cancelled",
      DS: "out of stock",
      DI: "discontinued",
    },
  ),
  ...list({ standard: "X12", element: "355", source: X12_355 }, { EA: "each" }),
  ...list({ standard: "X12", element: "374", source: X12_855 }, { "079": "promised for shipment" }),
  ...list(
    { standard: "EDIFACT", element: "1229", source: EDIFACT_1229 },
    { 2: "deleted", 5: "accepted as ordered", 6: "accepted with an amendment", 7: "not accepted" },
  ),
  ...list({ standard: "EDIFACT", element: "1229", source: EANCOM_LIN }, { 3: "accepted with a change (EANCOM)" }),
  ...list(
    { standard: "EDIFACT", element: "6063", source: EANCOM_QTY },
    { 12: "despatched", 21: "ordered", 83: "backordered" },
  ),
  ...list({ standard: "EDIFACT", element: "2005", source: EANCOM_DTM }, { 11: "despatch" }),
  ...list({ standard: "EDIFACT", element: "2379", source: EANCOM_DTM }, { 102: "CCYYMMDD" }),
]);
