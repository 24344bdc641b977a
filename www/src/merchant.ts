/** The merchant's side of a delay: whom to tell, what and by when, and whom to pay back. */

import type { NoticeView } from "./backorder/browser.js";
import { dayText, isOwed, isUnsent, kindText, silenceText } from "./delay-words.js";
import type { Desk } from "./desk.js";
import { h, KeyedList, type Row, setAttribute, setText, type View } from "./dom.js";
import { REASON } from "./post.js";
import { isMine } from "./shop.js";
import { count, refused } from "./words.js";

function createRow(first: NoticeView, desk: Desk): Row<NoticeView> {
  const { shop } = desk;
  const { order, line } = first;
  let notice = first;
  const title = h("h4", {});
  const what = h("p", { class: "quiet" });
  const due = h("p", { class: "duty-due" });
  const result = h("p", { class: "result", role: "status", "data-tone": "none" });
  const reason = h("input", { class: "field", type: "text", value: REASON, maxlength: 200, "aria-label": `Why ${order} is late` });
  const send = h(
    "button",
    { type: "button", class: "button primary", on: { click: () => setText(result, refused(shop.sendNotice(notice.notice, reason.value)) ?? "") } },
    "Mark as sent",
  );
  const sending = h("div", { class: "duty-send" }, h("label", { class: "stack" }, h("span", {}, "Why it is late"), reason), send);
  const refund = h(
    "button",
    { type: "button", class: "button", on: { click: () => setText(result, refused(shop.refund(order, line)) ?? "") } },
    "Mark as paid back",
  );
  const element = h("li", { class: "duty" }, title, what, due, sending, refund, result);
  return {
    element,
    update: (now) => {
      notice = now;
      const view = shop.engine.order(order, shop.now)?.lines.find((each) => each.line === line);
      const [unsent, owed] = [isUnsent(notice), isOwed(notice)];
      setText(title, `${order}: ${unsent ? `${kindText(notice.kind).toLowerCase()} is to be sent` : silenceText(notice, shop.now)}`);
      const { revised, silence } = notice;
      const expected = notice.kind === "cancellation" ? "" : ` Its new day: ${dayText(revised, shop.now)}.`;
      const meaning = !unsent || silence === null ? "" : silence === "consent" ? " Silence will mean yes." : " Silence will cancel it.";
      setText(what, `${count(view?.quantity ?? 0)} × ${shop.world.name(view?.sku ?? "")}.${unsent ? expected + meaning : ""}`);
      const by = unsent ? notice.due : owed ? notice.refundBy : null;
      const late = notice.state === "overdue";
      setText(due, by === null ? "" : late ? `Late: it had to be done by ${dayText(by, shop.now)}.` : `To be done by the end of ${dayText(by, shop.now)}.`);
      setAttribute(due, "data-tone", late ? "late" : null);
      setAttribute(sending, "hidden", !unsent);
      setAttribute(refund, "hidden", !owed);
    },
  };
}

/** Hands over a file that was never anywhere but in this page. */
function save({ name, type, text }: { name: string; type: string; text: string }): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  h("a", { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}

export function createMerchant(desk: Desk): View {
  const { ledger } = desk.shop;
  const button = (form: "csv" | "json", text: string): HTMLElement =>
    h("button", { type: "button", class: "link", on: { click: () => save(ledger.file(form)) } }, text);
  const keep = h(
    "p",
    { class: "quiet" },
    "What was promised, on what grounds, told and answered: ",
    button("csv", "save as CSV"),
    " ",
    button("json", "as JSON"),
  );
  const list = h("ul", { class: "duties" });
  const rows = new KeyedList<NoticeView>(
    list,
    ({ notice }) => notice,
    (notice) => createRow(notice, desk),
  );
  const summary = h("p", { class: "quiet" });
  const element = h(
    "section",
    { class: "panel merchant", "aria-labelledby": "merchant-title" },
    h("h3", { id: "merchant-title" }, "The merchant’s desk"),
    summary,
    list,
    keep,
  );
  return {
    element,
    update: () => {
      const notices = desk.shop.engine.notices().filter(({ order }) => isMine(order));
      const urgent = notices.filter((notice) => isUnsent(notice) || isOwed(notice));
      setText(
        summary,
        notices.length === 0
          ? "Nobody is to be told of a delay. Have a supply come late to see what then must be done."
          : urgent.length === 0
            ? "All who had to be told are told."
            : "What the law asks for, and by when:",
      );
      rows.update([...urgent, ...notices.filter((notice) => !urgent.includes(notice)).reverse().slice(0, 3)]);
    },
  };
}
