/** What was told of delays and answered, in the words of the log. */

import type { Command, Event, Instant } from "./backorder/browser.js";
import type { Draft, World } from "./telling.js";

const ACTS: Partial<Record<Command["type"], string>> = {
  noticeSent: "A customer was told of a delay",
  respond: "A customer answered",
  refunded: "An order was paid back",
};

/** A command about a notice. */
export function ofNotice(command: Command, at: Instant): Draft | undefined {
  const title = ACTS[command.type];
  if (title === undefined) return undefined;
  const details =
    command.type === "respond"
      ? [`${command.order}: ${command.answer === "consent" ? "it waits" : "it is cancelled"}.`]
      : command.type === "refunded"
        ? [`${command.order}.`]
        : [];
  return { at, mark: "desk", title, details, skus: [] };
}

/** What is to be told, and what the law ended, of this page's orders. */
export function ofDelays(events: readonly Event[], world: World): Draft[] {
  return events.flatMap((event): Draft[] => {
    if (event.type !== "noticeDue" && event.type !== "orderDeemedCancelled") return [];
    if (!world.isMine(event.order)) return [];
    const title =
      event.type === "noticeDue"
        ? `The customer of ${event.order} is to be told`
        : `Your order ${event.order} is cancelled by law`;
    return [{ at: event.at, mark: event.type === "noticeDue" ? "desk" : "late", title, details: [], skus: [event.sku] }];
  });
}
