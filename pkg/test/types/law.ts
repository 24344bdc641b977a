// Each question has its own answer.

import { law } from "backorder/law";

const day: string = law({ type: "shipBy", ordered: "2026-09-02", within: 5, unit: "businessDays", holidays: ["2026-09-07"] });
const applies: boolean = law({ type: "ftcApplies", goods: "serial", issue: 2 });
const remedy: "none" | "setPeriod" | "await" | "end" = law({ type: "remedy", due: day, today: "2026-10-01" });
const { refundBy, surchargePercent } = law({ type: "frenchRefund", ended: day });
console.log(applies, remedy, refundBy, surchargePercent.toFixed());

// @ts-expect-error: a unit that is none
law({ type: "shipBy", ordered: "2026-09-02", within: 5, unit: "months" });
// @ts-expect-error: no question
law({ type: "tick" });
