import type * as Contract from "../law.js";
import { data } from "./check.js";
import { beside } from "./doors.js";
import { law as rawLaw } from "./wasm/backorder.js";

export const law: typeof Contract.law = (question) => {
  const asked = data(question);
  return beside(() => rawLaw(asked));
};
