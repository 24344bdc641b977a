/** Numbers, dates, quotes and refusals as a person would say them. */

import type { Instant, Outcome, Reason } from "./backorder/browser.js";
import { dayNamed, dayOf, instantOf, local, nameOf } from "./local-time.js";

const LOCALE = "en-GB";
/** What the place's clock shows is a time of UTC to them. */
const timeZone = "UTC";
const shortDay = new Intl.DateTimeFormat(LOCALE, { weekday: "short", day: "numeric", month: "short", timeZone });
const wholeDay = new Intl.DateTimeFormat(LOCALE, { weekday: "long", day: "numeric", month: "long", timeZone });
const yearlyDay = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric", timeZone });
const axisDay = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", timeZone });
const hours = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit", timeZone });
const whole = new Intl.NumberFormat(LOCALE);
const share = new Intl.NumberFormat(LOCALE, { style: "percent", maximumFractionDigits: 0 });
const pounds = new Intl.NumberFormat(LOCALE, { style: "currency", currency: "GBP" });
const list = new Intl.ListFormat(LOCALE, { type: "conjunction" });

export const count = (n: number): string => whole.format(n);
export const percent = (rate: number | null): string => (rate === null ? "–" : share.format(rate));
export const money = (pence: number): string => pounds.format(pence / 100);
export const timeOfDay = (at: Instant): string => hours.format(local(at));
export const onAxis = (at: Instant): string => axisDay.format(local(at));
export const longDay = (at: Instant): string => wholeDay.format(local(at));
export const join = (parts: readonly string[]): string => list.format(parts);

/** "1 order", "14 orders". */
export const many = (n: number, one: string, more = `${one}s`): string => `${count(n)} ${n === 1 ? one : more}`;
export const units = (n: number): string => many(n, "unit");

/** "Mon 14 Nov 2011". */
export const fullDay = (at: Instant): string => `${shortDay.format(local(at)).split(/[, ]/)[0]} ${yearlyDay.format(local(at))}`;
/** What a date field takes and gives. */
export const isoDay = (at: Instant): string => nameOf(dayOf(at));

/** "Tue 22 Nov", with the year where it is another one. */
export function day(at: Instant, now: Instant): string {
  const text = shortDay.format(local(at)).replace(",", "");
  const year = (instant: Instant): number => new Date(local(instant)).getUTCFullYear();
  return year(at) === year(now) ? text : fullDay(at);
}

/** The same within a sentence: "today", "tomorrow", "Tue 22 Nov". */
export function on(at: Instant, now: Instant): string {
  const days = dayOf(at) - dayOf(now);
  if (days === 0) return "today";
  return days === 1 ? "tomorrow" : day(at, now);
}

export const dateOr = (at: Instant | null, now: Instant, none = "no date"): string =>
  at === null ? none : on(at, now);

export function daysLate(due: Instant, now: Instant): string {
  const days = dayOf(now) - dayOf(due);
  return days === 0 ? "due since this morning" : `${many(days, "day")} overdue`;
}

/** A sentence of the engine's, with its days as they are said here, and the product and its supplier by name. */
export function retold(sentence: string, names: readonly (readonly [id: string, name: string])[], now: Instant): string {
  return names
    .reduce((said, [id, name]) => said.replaceAll(JSON.stringify(id), name), sentence)
    .replaceAll(/\b\d{4}-\d{2}-\d{2}\b/g, (iso) => day(instantOf(dayNamed(iso)), now));
}

/** Why not, and what to do about it. */
const REFUSALS: Record<Reason, string> = {
  outOfStock: "There is not enough of it, and it takes no backorders. Order no more than what is there.",
  backorderLimit:
    "So many already wait for it that no more may join the queue. Order less, or wait until some are served.",
  maxPerOrder: "That is more than one order may have of it. Order less.",
  tooLate: "It can’t be there by the date you gave. Choose a later date or none.",
  notAllocated: "Nothing is set aside for it yet, so nothing can ship.",
  notReady: "Some is set aside, but it may not ship yet.",
  alreadyShipped: "It has shipped already; that can’t be undone here.",
  alreadyCancelled: "It is cancelled already.",
  holdExpired: "The hold has ended. Place the order anew.",
  supplyMismatch: "That supply is for another product.",
  notShipped: "More than was shipped can’t come back.",
  existsWithDifferentContent: "That number is taken by something else. Try again.",
  unknownItem: "This product is not in the shop.",
  unknownLocation: "This place is not known.",
  unknownSupplier: "This supplier is not known. Schedule it without one, or define it first.",
  unknownSupply: "This supply is not known. It may have been archived.",
  unknownOrder: "This order is not known. It may have been archived.",
  unknownLine: "This order has no such line.",
  unknownHold: "This hold is not known.",
  unknownNotice: "This notice is not known.",
  notASubstitute: "That is no substitute for it.",
  cyclicComponents: "A kit can’t contain itself.",
  conflictingSettings: "These settings don’t go together.",
  isAKit: "A kit has no stock of its own; receive its components.",
  noticeClosed: "This notice is answered already.",
  nothingDue: "Nothing is due.",
  timeWentBack: "Time only goes forward here.",
  invalidCommand: "Something about it is not right: check the numbers and dates.",
  limitExceeded: "That is larger than the shop can take.",
};

export const refusal = (reason: Reason): string => REFUSALS[reason];

/** `undefined` when the command took effect. */
export function refused(outcome: Outcome): string | undefined {
  return outcome.status === "rejected" ? refusal(outcome.reason) : undefined;
}
