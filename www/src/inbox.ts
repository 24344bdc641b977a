/** A customer's inbox: each message as it would arrive, the answers it asks for, and what happens if nobody answers. */

import type { Event, Instant, NoticeView, OrderView } from "./backorder/browser.js";
import { de, en, es, fr, type Language, zh } from "./backorder/messages.js";
import { dayText, deadline, endOf, isOver, isUnsent, middayOf, silenceText, timeLeft } from "./delay-words.js";
import type { Desk } from "./desk.js";
import { h, KeyedList, type Row, setAttribute, setShare, setText, type View } from "./dom.js";
import { dayNamed, dayOf } from "./local-time.js";
import { type Mail, messageOf } from "./post.js";
import { track, type TrackMark } from "./track.js";
import { day, many, refused, timeOfDay } from "./words.js";

const LANGUAGES: readonly (readonly [Language, string])[] = [
  [en, "English"],
  [de, "Deutsch"],
  [fr, "Français"],
  [es, "Español"],
  [zh, "中文"],
];
const SHOWN = 6;

/** The events that say of a line that it will not come. */
const ENDS: readonly Event["type"][] = ["orderDeemedCancelled", "refundDue", "lineCancelled"];

/** The answers that links of a message stand for: "#/consent/W-1/1". */
const ANSWER = /#\/(consent|cancel)\/([^/]+)\/([^/]+)$/;

/** The way of a line: what was promised and told by its mails, where it stands, and what must still happen. */
function marksOf(mails: readonly Mail[], order: OrderView, line: string, notice: NoticeView | undefined): TrackMark[] {
  const promisedIn = (view: OrderView | undefined): Instant | null => view?.lines.find((each) => each.line === line)?.promised ?? null;
  const first = promisedIn(mails.find(({ event }) => event?.type === "orderPlaced")?.order);
  const told = mails.filter((mail) => mail.line === line && mail.notice?.state === "sent");
  const marks: TrackMark[] = [{ at: order.placedAt, kind: "placed", text: "Ordered" }];
  if (first !== null) marks.push({ at: first, kind: "promised", text: "First promised" });
  const stated = told[0]?.notice?.due;
  if (stated !== undefined) marks.push({ at: middayOf(stated), kind: "stated", text: "To ship by, as stated" });
  for (const [index, { at }] of told.entries()) marks.push({ at, kind: "told", text: index === 0 ? "Told of a delay" : "Told again" });
  for (const { at, notice } of mails) {
    if (notice?.line === line && notice.state === "consented") marks.push({ at, kind: "answered", text: "Agreed to wait" });
  }
  const ended = mails.find(({ event }) => event !== undefined && ENDS.includes(event.type) && "line" in event && event.line === line);
  if (ended !== undefined) marks.push({ at: ended.at, kind: "answered", text: "Cancelled" });
  if (notice !== undefined && isOver(notice)) {
    const until = deadline(notice);
    return until === null ? marks : [...marks, { at: middayOf(until.date), kind: "deadline", text: until.what }];
  }
  const now = promisedIn(order);
  if (now !== null && now !== first) marks.push({ at: now, kind: "promised", text: "Promised now" });
  const until = notice === undefined ? null : deadline(notice);
  // What was agreed to by silence is the day that is promised now.
  if (until !== null && !marks.some(({ at, kind }) => kind === "promised" && dayOf(at) === dayNamed(until.date))) {
    marks.push({ at: middayOf(until.date), kind: "deadline", text: until.what });
  }
  return marks;
}

/** What stands beside a message: the clock, and the way of the order so far. */
function createStanding(desk: Desk): { element: HTMLElement; update(mail: Mail, sentAt: Instant): void } {
  const says = h("p", { class: "standing-says" });
  const left = h("span", { class: "standing-left" });
  const gauge = h("span", { class: "standing-gauge" }, h("span", { class: "standing-gone" }));
  const clock = h("p", { class: "standing-clock" }, gauge, left);
  const picture = h("div", {});
  const element = h("aside", { class: "standing", "aria-label": "If nobody answers" }, says, clock, picture);
  let drawn = "";
  return {
    element,
    update: (mail, sentAt) => {
      const { engine, now, post } = desk.shop;
      const order = engine.order(mail.order.order, now);
      const line = mail.line ?? order?.lines[0]?.line;
      const notice = order?.lines.find((each) => each.line === line)?.notice;
      setAttribute(element, "hidden", order === undefined || line === undefined);
      if (order === undefined || line === undefined) return;
      const shown = notice !== undefined && !isUnsent(notice);
      setAttribute(says, "hidden", !shown);
      const until = shown ? deadline(notice) : null;
      setAttribute(clock, "hidden", until === null);
      if (shown) setText(says, silenceText(notice, now));
      if (until !== null) {
        const end = endOf(until.date);
        const whole = Math.max(1, end - sentAt);
        setShare(gauge, "--gone", Math.min(1, Math.max(0, (now - sentAt) / whole)));
        setText(left, `${timeLeft(end, now)}, until the end of ${dayText(until.date, now)}`);
      }
      const mails = post.mails.filter((each) => each.order.order === order.order);
      const marks = marksOf(mails, order, line, notice);
      const drawing = JSON.stringify([marks, day(now, now)]);
      if (drawing !== drawn) picture.replaceChildren(track(marks, now));
      drawn = drawing;
    },
  };
}

export function createInbox(desk: Desk): View {
  const { shop } = desk;
  let chosen: string | undefined;
  let language: Language = en;
  const list = h("ul", { class: "mails" });
  const subject = h("h4", { class: "mail-subject", tabindex: -1 });
  const head = h("p", { class: "quiet mail-head" });
  const body = h("div", { class: "mail-body", on: { click: (event) => answer(event) } });
  const result = h("p", { class: "result", role: "status", "data-tone": "none" });
  const none = h("p", { class: "quiet" }, "Nothing yet.");
  const standing = createStanding(desk);
  const letter = h("article", { class: "mail" }, subject, head, body, result, standing.element);
  const languages = h(
    "select",
    { class: "field", "aria-label": "The customer’s language", on: { change: () => speak() } },
    ...LANGUAGES.map(([each, name]) => h("option", { value: each.tag, lang: each.tag }, name)),
  );
  const speak = (): void => {
    language = LANGUAGES.find(([each]) => each.tag === languages.value)?.[0] ?? en;
    update();
  };
  const answer = (event: MouseEvent): void => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const match = link === null ? null : ANSWER.exec(link.href);
    if (match === null) return;
    event.preventDefault();
    const [, what, order, line] = match as unknown as [string, "consent" | "cancel", string, string];
    const problem = refused(shop.answer(decodeURIComponent(order), decodeURIComponent(line), what));
    // What it brought about arrives as the next message.
    chosen = problem === undefined ? undefined : chosen;
    setText(result, problem ?? "");
    if (problem === undefined) subject.focus({ preventScroll: true });
    update();
  };
  const rows = new KeyedList<Mail>(
    list,
    ({ key }) => key,
    (mail): Row<Mail> => {
      const title = h("span", { class: "mail-title" });
      const choose = (): void => {
        chosen = mail.key;
        setText(result, "");
        update();
      };
      const button = h(
        "button",
        { type: "button", class: "mail-choice", on: { click: choose } },
        h("span", { class: "mail-day" }, `${day(mail.at, mail.at)} ${timeOfDay(mail.at)}`),
        title,
      );
      return {
        element: h("li", {}, button),
        update: () => {
          setText(title, messageOf(mail, language, shop.world.name)?.subject ?? "");
          setAttribute(button, "aria-current", mail === current() ? "true" : null);
        },
      };
    },
  );
  const current = (): Mail | undefined => shop.post.mails.find(({ key }) => key === chosen) ?? shop.post.mails.at(-1);

  let written = "";
  const update = (): void => {
    const mail = current();
    setAttribute(letter, "hidden", mail === undefined);
    setAttribute(list, "hidden", mail === undefined);
    setAttribute(none, "hidden", mail !== undefined);
    rows.update([...shop.post.mails].reverse().slice(0, SHOWN));
    if (mail === undefined) return;
    const message = messageOf(mail, language, shop.world.name);
    if (message === undefined) return;
    setText(subject, message.subject);
    setText(head, `From The shop to the customer of ${mail.order.order}. As SMS: ${many(message.sms.segments, "part")} of ${message.sms.units} units.`);
    const writing = `${mail.key} ${language.tag}`;
    if (writing !== written) body.innerHTML = message.html;
    written = writing;
    // Its links answer as long as the line is as the message says.
    const line = shop.engine.order(mail.order.order, shop.now)?.lines.find((each) => each.line === mail.line);
    const open = line?.notice?.notice === mail.notice?.notice && (line?.notice?.state === "sent" || line?.notice?.state === "consented");
    setAttribute(body, "data-answered", mail.notice !== undefined && !(open && line?.notice?.state === mail.notice.state));
    standing.update(mail, mail.at);
  };
  const element = h(
    "section",
    { class: "panel inbox", "aria-labelledby": "inbox-title" },
    h("div", { class: "heading-row" }, h("h3", { id: "inbox-title" }, "The customer’s inbox"), languages),
    none,
    list,
    letter,
  );
  return { element, update };
}
