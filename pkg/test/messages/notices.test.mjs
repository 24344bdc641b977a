import assert from "node:assert/strict";
import { test } from "node:test";
import { eventMessage, noticeMessage } from "../../dist/messages.js";
import { LANGUAGES, LINKS, ORDER, dayText, html, options, orderWith, plain, sentence } from "./said.mjs";

const NOTICE = {
  notice: "N1", order: "A-1", line: "1", kind: "firstOption", revised: "2026-10-02", due: "2026-09-10",
  silence: "cancels", cancelsOn: "2026-10-10", refundBy: null, state: "due",
};
const ENDED = { state: "cancelled", revised: "indefinite", refundBy: "2026-10-21" };
const REASON = "The maker’s kiln is being rebuilt";
const [DAY, UNTIL, REFUND] = ["2026-10-02", "2026-10-10", "2026-10-21"];
const delivery = { counts: "delivery" };
const HEAD = { seq: 1, at: 5, order: "A-1", line: "1", sku: "lamp", location: "default", notice: "N1" };

/** What must be said: the decision tables of 16 CFR 435 (A, B), and of the directive and the Act (EU). */
const CASES = [
  ["A2 first option, a day that silence agrees to", { silence: "consent", cancelsOn: null }, {},
    [["delayed"], ["revised", { day: DAY }], "apology", ["choice"], ["silenceConsents", { day: DAY }], ["answerFree"]]],
  ["A3 first option, a day that silence does not agree to", {}, {},
    [["delayed"], ["revised", { day: DAY }], "apology", ["choice"], ["silenceCancels", { until: UNTIL }], ["answerFree"]]],
  ["A4 first option, unknown length", { revised: "indefinite" }, { reason: REASON },
    [["delayed"], ["revisedUnknown"], "apology", ["reason", { reason: REASON }], ["choice"],
      ["silenceCancels", { until: UNTIL }], ["stillCancel"], ["answerFree"]]],
  ["B2 renewed option, a day", { kind: "renewedOption" }, {},
    [["delayedAgain"], ["revised", { day: DAY }], "apology", ["choice"], ["silenceRejects", { until: UNTIL }], ["answerFree"]]],
  ["B2 renewed option, unknown length", { kind: "renewedOption", revised: "indefinite", state: "sent" }, { reason: REASON },
    [["delayedAgain"], ["revisedUnknown"], "apology", ["reason", { reason: REASON }], ["choice"],
      ["silenceRejects", { until: UNTIL }], ["stillCancel"], ["answerFree"]]],
  ["B4, B6 consent to a day", { state: "consented", cancelsOn: null }, {}, [["consented", { day: DAY }], ["mayCancel"]]],
  ["B5 consent to an unknown length", { state: "consented", revised: "indefinite", cancelsOn: null }, {},
    [["consentedUnknown"], ["mayCancel"]]],
  ["A5 the seller gives up", { ...ENDED, kind: "cancellation", revised: null, silence: null, state: "due" }, {},
    [["cancellation"], "apology", ["refundBy", { day: REFUND }]]],
  ["a line that has ended", ENDED, {}, [["cancelled"], ["refundBy", { day: REFUND }]]],
  ["a refund that is late, as a notice", { ...ENDED, state: "overdue" }, {}, [["cancelled"], ["refundBy", { day: REFUND }]]],
  ["a line that was paid back", { ...ENDED, state: "refunded" }, {}, [["refunded"]]],
  ["EU a new date", { kind: "newDate", silence: null, cancelsOn: null }, { links: {} },
    [["delayed", delivery], ["revised", { day: DAY, ...delivery }], "apology", ["silenceNothing"], ["rights", delivery]]],
  ["EU a new date that is unknown", { kind: "newDate", revised: "indefinite", silence: null, cancelsOn: null }, { reason: REASON, links: {} },
    [["delayed", delivery], ["revisedUnknown"], "apology", ["reason", { reason: REASON }], ["silenceNothing"], ["rights", delivery]]],
  ["EU the seller gives up", { ...ENDED, kind: "cancellation", revised: null, silence: null, refundBy: null }, {},
    [["cancellation"], "apology", ["refundSoon"]]],
  ["EU consent to a new date", { kind: "newDate", silence: null, cancelsOn: null, state: "consented" }, { links: {} },
    [["consented", { day: DAY }], ["rights", delivery]]],
  ["own terms: a new date to ship, with a choice", { kind: "newDate", silence: null, cancelsOn: null }, { counts: "shipment" },
    [["delayed"], ["revised", { day: DAY }], "apology", ["choice"], ["silenceNothing"], ["rights"]]],
  ["own terms: silence agrees to an unknown length", { revised: "indefinite", silence: "consent", cancelsOn: null }, { reason: REASON },
    [["delayed"], ["revisedUnknown"], "apology", ["reason", { reason: REASON }], ["choice"],
      ["silenceConsentsUnknown"], ["stillCancel"], ["answerFree"]]],
  ["own terms: a renewed option that silence agrees to", { kind: "renewedOption", silence: "consent", cancelsOn: null }, {},
    [["delayedAgain"], ["revised", { day: DAY }], "apology", ["choice"], ["silenceConsents", { day: DAY }], ["answerFree"]]],
  ["own terms: an option that silence leaves open", { silence: null, cancelsOn: null }, {},
    [["delayed"], ["revised", { day: DAY }], "apology", ["choice"], ["silenceNothing"], ["answerFree"]]],
];

/** The same of events about a notice in this state. */
const EVENT_CASES = [
  ["A6, B7, B11 deemed cancelled", { type: "orderDeemedCancelled", cause: { command: "tick" } }, ENDED,
    [["deemedCancelled", { until: UNTIL }], "apology", ["refundBy", { day: REFUND }]]],
  ["B1, B10 the buyer cancels", { type: "refundDue", to: 9, cause: { command: "respond" } }, ENDED,
    [["cancelledAsAsked"], ["refundBy", { day: REFUND }]]],
  ["EU the buyer cancels", { type: "refundDue", to: null, cause: { command: "respond" } }, { ...ENDED, refundBy: null },
    [["cancelledAsAsked"], ["refundSoon"]]],
  ["a refund that is late", { type: "refundDue", to: 5, cause: { command: "tick" } }, { ...ENDED, state: "overdue" },
    [["refundLate", { day: REFUND }], "apology"]],
  ["A4 by its event", { type: "noticeDue", to: 9, cause: { command: "rescheduleSupply" } }, { revised: "indefinite" },
    [["delayed"], ["revisedUnknown"], "apology", ["reason", { reason: REASON }], ["choice"],
      ["silenceCancels", { until: UNTIL }], ["stillCancel"], ["answerFree"]]],
];

function holds(message, language, needs) {
  const ids = needs.map((need) => (typeof need === "string" ? need : need[0]));
  assert.deepEqual(message.says, ["about", ...ids], language.tag);
  assert.equal(message.language, language.tag);
  for (const [id, values = {}] of [["about"], ...needs.filter((need) => typeof need !== "string")]) {
    const text = sentence(language, id, values);
    const days = Object.entries(values).filter(([name]) => name === "day" || name === "until");
    for (const [, day] of days) assert.ok(text.includes(dayText(day, language)), `${language.tag} ${id} has no ${day}`);
    assert.ok(message.text.includes(text), `text, ${language.tag} ${id}`);
    assert.ok(message.html.includes(html(text)), `html, ${language.tag} ${id}`);
    assert.ok(plain(message.sms.text).includes(plain(text)), `sms, ${language.tag} ${id}`);
  }
}

test("each notice says what the law needs, in each language, as text, HTML and SMS", () => {
  for (const language of LANGUAGES) {
    for (const [, notice, more, needs] of CASES) {
      holds(noticeMessage({ ...NOTICE, ...notice }, ORDER, options(language, more)), language, needs);
    }
  }
});

test("so do the events that end an order", () => {
  for (const language of LANGUAGES) {
    for (const [, event, state, needs] of EVENT_CASES) {
      const order = orderWith({ notice: { ...NOTICE, ...state } });
      holds(eventMessage({ ...HEAD, ...event }, order, options(language, { reason: REASON })), language, needs);
    }
  }
});

test("where to answer is said with each choice", () => {
  for (const language of LANGUAGES) {
    for (const [, notice, more] of CASES) {
      const { text, html, sms, says } = noticeMessage({ ...NOTICE, ...notice }, ORDER, options(language, more));
      const asks = says.includes("choice");
      const label = sentence(language, "linkCancel");
      assert.equal(text.includes(`${label}\n${LINKS.cancel}\n`), asks || says.includes("mayCancel"));
      assert.equal(text.includes(`${sentence(language, "linkConsent")}\n${LINKS.consent}\n`), asks);
      if (!asks) continue;
      assert.ok(html.includes(`<a href="https://shop.example/wait?n=1&#38;t=2">${sentence(language, "linkConsent")}</a>`));
      assert.ok(html.includes(`<a href="${LINKS.cancel}">${label}</a>`));
      assert.ok(plain(sms.text).includes(plain(`${label} ${LINKS.cancel}`)));
    }
  }
});

test("a subject says what to do, and by when where silence cancels", () => {
  for (const language of LANGUAGES) {
    const subject = (notice, more) => noticeMessage({ ...NOTICE, ...notice }, ORDER, options(language, more)).subject;
    assert.equal(subject({}), sentence(language, "subjectAnswer", { until: UNTIL }));
    assert.ok(subject({}).includes(dayText(UNTIL, language)));
    assert.equal(subject({ silence: "consent" }), sentence(language, "subjectChoice"));
    assert.equal(subject({ kind: "newDate", silence: null }), sentence(language, "subjectDelayed"));
    assert.equal(subject({ state: "consented" }), sentence(language, "subjectConsented"));
    assert.equal(subject(ENDED), sentence(language, "subjectCancelled"));
    assert.equal(subject({ state: "refunded" }), sentence(language, "subjectRefund"));
  }
});

test("what would not be a notice is refused by what it lacks", () => {
  const [language] = LANGUAGES;
  const { consent, cancel } = LINKS;
  for (const [path, notice, more] of [
    ["options.links.cancel", { silence: "consent" }, { links: { consent } }],
    ["options.links.cancel", {}, { links: undefined }],
    ["options.links.consent", {}, { links: { cancel } }],
    ["options.reason", { revised: "indefinite" }, {}],
    ["options.reason", { revised: "indefinite" }, { reason: " " }],
    ["notice.cancelsOn", { cancelsOn: null }, {}],
    ["notice.line", { line: "3" }, {}],
    ["notice.revised", { revised: "2026-02-30" }, {}],
    ["notice.refundBy", { refundBy: "soon" }, {}],
  ]) {
    const given = Object.entries(options(language, more)).filter(([, value]) => value !== undefined);
    const say = () => noticeMessage({ ...NOTICE, ...notice }, ORDER, Object.fromEntries(given));
    assert.throws(say, { code: "INVALID_ARGUMENT", path }, path);
  }
  // Where silence agrees, there need be no way to say so.
  noticeMessage({ ...NOTICE, silence: "consent" }, ORDER, options(language, { links: { cancel } }));
});

test("a notice is about the units that have not shipped, then about those that were cancelled", () => {
  const [language] = LANGUAGES;
  const about = (line, notice) => noticeMessage({ ...NOTICE, ...notice }, orderWith(line), options(language)).text;
  assert.match(about({ backordered: 1, allocated: 1, shipped: 1 }), /: 2 units of “Lamp”/);
  assert.match(about({ backordered: 1, shipped: 2 }), /: 1 unit of “Lamp”/);
  assert.match(about({ backordered: 0, shipped: 2, cancelled: 1 }, ENDED), /: 1 unit of “Lamp”/);
});

test("days are the notice's, wherever the buyer is", () => {
  for (const language of LANGUAGES) {
    const texts = ["Pacific/Kiritimati", "Pacific/Pago_Pago", "UTC"].map(
      (timeZone) => noticeMessage(NOTICE, ORDER, options(language, { timeZone })).text,
    );
    assert.equal(new Set(texts).size, 1);
    assert.ok(texts[0].includes(dayText(UNTIL, language)));
  }
  assert.match(noticeMessage(NOTICE, ORDER, options(LANGUAGES[0], { locale: "en-GB" })).text, /by 2 October 2026/);
});
