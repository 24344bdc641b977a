/** What a notice of delay asks of whom, and what happens if nobody does anything, in words. */

import type { Day, Instant, NoticeView } from "./backorder/browser.js";
import { DAY, dayNamed, HOUR, instantOf } from "./local-time.js";
import { day, many } from "./words.js";

/** The last instant of a day, as buyers here count in UTC. */
export const endOf = (date: Day): Instant => Date.parse(date) + DAY - 1;

/** An instant of that day by the place's clock, by which all days are told. */
export const middayOf = (date: Day): Instant => instantOf(dayNamed(date), 12 * HOUR);

export const dayText = (date: Day | "indefinite" | null, now: Instant): string =>
  date === null || date === "indefinite" ? "a day that nobody knows yet" : day(middayOf(date), now);

const KINDS: Record<NoticeView["kind"], string> = {
  firstOption: "An offer to wait or to cancel",
  renewedOption: "Another offer to wait or to cancel",
  newDate: "A new date",
  cancellation: "That the order is cancelled",
};

export const kindText = (kind: NoticeView["kind"]): string => KINDS[kind];

/** Whether the notice itself is still to be sent. */
export const isUnsent = ({ state, refundBy, kind }: NoticeView): boolean =>
  state === "due" || (state === "overdue" && (refundBy === null || kind === "cancellation"));

/** Whether the money is still to go back. */
export const isOwed = ({ state, refundBy, cancelsOn, kind }: NoticeView): boolean =>
  state === "cancelled" ||
  (state === "overdue" && refundBy !== null) ||
  (kind === "cancellation" && cancelsOn !== null && state !== "refunded");

/** Whether the line has ended, be it paid back or not. */
export const isOver = (notice: NoticeView): boolean => isOwed(notice) || notice.state === "refunded";

/** Until when something must happen; `null`: nothing must. */
export function deadline(notice: NoticeView): { date: Day; what: string } | null {
  const { state, silence, cancelsOn, revised, refundBy, due } = notice;
  if (isOwed(notice)) return refundBy === null ? null : { date: refundBy, what: "Pay back by" };
  if (isUnsent(notice)) return { date: due, what: "Tell the customer by" };
  if (state !== "sent") return null;
  if (silence === "cancels" && cancelsOn !== null) return { date: cancelsOn, what: "Answer by" };
  if (silence === "consent" && revised !== null && revised !== "indefinite") return { date: revised, what: "Ship by" };
  return null;
}

/** What silence means, as the customer has to know it. */
export function silenceText(notice: NoticeView, now: Instant): string {
  const { state, silence, cancelsOn, revised, refundBy } = notice;
  if (isOwed(notice)) {
    return refundBy === null ? "The order is cancelled, and is to be paid back soon." : `The order is cancelled, and paid back by ${dayText(refundBy, now)}.`;
  }
  if (state === "refunded") return "The order is cancelled and paid back.";
  if (state === "consented") {
    return revised === "indefinite"
      ? "The customer agreed to wait, however long, and may cancel until it ships."
      : `The customer agreed to wait until ${dayText(revised, now)}.`;
  }
  if (silence === "cancels" && cancelsOn !== null) {
    return `If nobody answers by the end of ${dayText(cancelsOn, now)}, the order is cancelled and paid back.`;
  }
  if (silence === "consent") return `No answer means yes: the order waits until ${dayText(revised, now)}.`;
  return "No answer is needed, and none changes the customer’s rights.";
}

export function timeLeft(until: Instant, now: Instant): string {
  if (until <= now) return "over";
  const hours = Math.ceil((until - now) / 3_600_000);
  return hours <= 48 ? `${many(hours, "hour")} left` : `${many(Math.floor(hours / 24), "day")} left`;
}
