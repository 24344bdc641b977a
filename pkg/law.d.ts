/**
 * `backorder/law`: what the laws about delay say where an order has no field for it. docs/LAW.md says which texts are followed.
 * None of this is legal advice.
 *
 * @module backorder/law
 */

import type { Day } from "./index.js";

/** What can be asked: {@link law} answers each by its `type`. */
export type LawQuestion =
  /**
   * The last day that complies with what a page states, as `statedShipBy`: "ships within 5 business days" is
   * `{ within: 5, unit: "businessDays" }`, at most 366. Hours are begun days; of a range, give the upper bound. `weekdays`, `holidays`:
   * on which days business days fall, as in a regime's settings; default: Monday to Friday without the US federal holidays.
   */
  | {
      type: "shipBy";
      ordered: Day;
      within: number;
      unit: "hours" | "days" | "businessDays" | "weeks";
      weekdays?: string;
      holidays?: "us" | Day[];
    }
  /**
   * Whether 16 CFR Part 435 is about a sale. Default: merchandise, ordered by mail, Internet or telephone (`remote`), and
   * not paid on delivery. `issue`: of a serial, the number of the delivery, from 1.
   */
  | {
      type: "ftcApplies";
      goods?: "merchandise" | "seedsOrPlants" | "serial" | "negativeOptionPlan" | "service";
      issue?: number;
      remote?: boolean;
      cashOnDelivery?: boolean;
    }
  /**
   * What a consumer in the EU or the UK may do about goods that are not delivered. `due`: the day agreed, else the 30th after the
   * contract. `refusedOrEssential`: the trader refused, or the day was essential. `furtherPeriod`: the last day of the one
   * that the consumer set.
   */
  | { type: "remedy"; due: Day; today: Day; refusedOrEssential?: boolean; furtherPeriod?: Day }
  /** What is paid back after a contract was `ended` in France, by when, and what it costs to pay on a later day (`paid`). */
  | { type: "frenchRefund"; ended: Day; paid?: Day };

/** The answers, by the `type` of the question. */
export interface LawAnswers {
  shipBy: Day;
  ftcApplies: boolean;
  /** "setPeriod": set a further period that fits the circumstances. "await": wait until it is over. "end": end the contract. */
  remedy: "none" | "setPeriod" | "await" | "end";
  frenchRefund: { refundBy: Day; surchargePercent: number };
}

/**
 * Answers a question. The engine's WebAssembly does, so "backorder" must be imported, and where it asks for `init` that must be
 * done, or this throws `NOT_INITIALISED`. A question that is none throws `INVALID_ARGUMENT` with its path.
 *
 * ```js
 * import "backorder";
 * import { law } from "backorder/law";
 * law({ type: "shipBy", ordered: "2026-09-02", within: 5, unit: "businessDays" }); // "2026-09-10"
 * ```
 */
export function law<Question extends LawQuestion>(question: Question): LawAnswers[Question["type"]];
