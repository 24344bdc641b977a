/** Delays from both sides: the merchant's desk, and the customer's inbox beside it. Shown once there is an order of this page. */

import type { Desk } from "./desk.js";
import { h, setAttribute, type View } from "./dom.js";
import { createInbox } from "./inbox.js";
import { createMerchant } from "./merchant.js";

export function createDelays(desk: Desk): View {
  const views = [createMerchant(desk), createInbox(desk)] as const;
  const [merchant, inbox] = views;
  const element = h(
    "section",
    { class: "delays", "aria-labelledby": "delays-title" },
    h("h2", { id: "delays-title", class: "unseen" }, "Delays, as the merchant and the customer see them"),
    merchant.element,
    inbox.element,
  );
  return {
    element,
    update: () => {
      setAttribute(element, "hidden", desk.shop.post.mails.length === 0);
      for (const view of views) view.update();
    },
  };
}
