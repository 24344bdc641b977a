/** Delays from both sides: the merchant's desk, and the customer's inbox beside it, behind one line that says what is to be done. */

import { deadline, isOwed, isUnsent, middayOf } from "./delay-words.js";
import type { Desk } from "./desk.js";
import { flash, h, setAttribute, setText, type View } from "./dom.js";
import { createInbox } from "./inbox.js";
import { createMerchant } from "./merchant.js";
import { isMine } from "./shop.js";
import { many, on } from "./words.js";

/** What is to be done, and by when the first of it; and what arrived. */
function summed({ shop }: Desk): { duties: string; messages: string } {
  const urgent = shop.engine.notices().filter((notice) => isMine(notice.order) && (isUnsent(notice) || isOwed(notice)));
  const days = urgent.flatMap((notice) => deadline(notice)?.date ?? []);
  const [earliest] = days.sort();
  const first = earliest === undefined ? "" : `, the first by ${on(middayOf(earliest), shop.now)}`;
  const messages = shop.post.mails.length;
  return {
    duties: urgent.length === 0 ? "" : `${many(urgent.length, "thing")} to do${first}`,
    messages: messages === 0 ? "Order something, then have its supply come late." : many(messages, "message"),
  };
}

export function createDelays(desk: Desk): View {
  const views = [createMerchant(desk), createInbox(desk)] as const;
  const [merchant, inbox] = views;
  const duties = h("span", { class: "tag tag-late" });
  const messages = h("span", { class: "quiet" });
  const bar = h("summary", { class: "delays-bar" }, h("h2", {}, "Delays, told and answered"), duties, messages);
  const element = h("details", { class: "delays" }, bar, h("div", { class: "delays-sides" }, merchant.element, inbox.element));
  let said: string | undefined;
  const update = (): void => {
    const now = summed(desk);
    setText(duties, now.duties);
    setAttribute(duties, "hidden", now.duties === "");
    setText(messages, now.messages);
    if (said !== undefined && said !== now.duties && now.duties !== "") flash(bar);
    said = now.duties;
    if (element.open) for (const view of views) view.update();
  };
  element.addEventListener("toggle", update);
  return { element, update };
}
