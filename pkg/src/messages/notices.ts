import type { NoticeView } from "../../index.js";
import type * as Declared from "../../messages.js";
import type { MessageOptions } from "../../messages.js";
import { invalid } from "../errors.js";
import { midnight } from "../formats/instants.js";
import { composed, type Draft, type Sentence } from "./compose.js";
import { about, because, lineOf, links, news, openUnits, paragraph, refund } from "./drafts.js";
import { checked } from "./options.js";

export const noticeMessage: typeof Declared.noticeMessage = (notice, order, options) => {
  checked(options);
  const line = lineOf(order, notice.line, "notice.line");
  for (const name of ["revised", "cancelsOn", "refundBy"] as const) {
    const day = notice[name];
    if (day !== null && day !== "indefinite") midnight(day, `notice.${name}`);
  }
  const { counts = notice.kind === "newDate" ? "delivery" : "shipment" } = options;
  // Of the units that have not shipped; once there are none, of those that were cancelled.
  const units = openUnits(line) || line.cancelled || line.quantity;
  return composed(draftOf(notice, options), about(order, line, options, units), { ...options, counts });
};

function draftOf(notice: NoticeView, options: MessageOptions): Draft {
  const { kind, state, refundBy } = notice;
  if (state === "refunded") return news("subjectRefund", options, [["refunded"]]);
  if (kind === "cancellation") return news("subjectCancelled", options, [["cancellation"], ["apology"], refund(refundBy)]);
  if (state === "cancelled" || refundBy !== null) return news("subjectCancelled", options, [["cancelled"], refund(refundBy)]);
  return state === "consented" ? agreed(notice, options) : offered(notice, options);
}

function agreed({ kind, revised }: NoticeView, options: MessageOptions): Draft {
  const until = dayOf(revised);
  const consented: Sentence = until === undefined ? ["consentedUnknown"] : ["consented", { day: until }];
  return {
    subject: ["subjectConsented"],
    blocks: [paragraph(["about"]), paragraph(consented), paragraph([kind === "newDate" ? "rights" : "mayCancel"])],
    links: links(options, ["cancel", "order"]),
  };
}

/** A notice that is to be sent, or waits for its answer. */
function offered(notice: NoticeView, options: MessageOptions): Draft {
  const { kind, revised, silence } = notice;
  const isOption = kind !== "newDate";
  const unknown = dayOf(revised) === undefined;
  if (isOption) mustBeAnswerable(silence, unknown, options);
  const offersChoice = isOption || options.links?.cancel !== undefined;
  return {
    subject: subjectOf(notice, isOption),
    blocks: [
      paragraph(["about"]),
      paragraph([kind === "renewedOption" ? "delayedAgain" : "delayed"], date(revised), ["apology"]),
      ...because(options.reason),
      ...(offersChoice ? [paragraph(["choice"])] : []),
      paragraph(meaning(notice)),
      ...(isOption && unknown ? [paragraph(["stillCancel"])] : []),
      paragraph(isOption ? ["answerFree"] : ["rights"]),
    ],
    links: links(options, ["consent", "cancel", "order"]),
  };
}

/** What the law asks of the choice; without it the notice would be as good as not sent. */
function mustBeAnswerable(silence: NoticeView["silence"], unknown: boolean, { links, reason }: MessageOptions): void {
  if (links?.cancel === undefined) {
    throw invalid("options.links.cancel", "options.links.cancel must be given: this notice offers to cancel");
  }
  if (silence === "cancels" && links.consent === undefined) {
    throw invalid("options.links.consent", "options.links.consent must be given: without an answer the order is cancelled");
  }
  if (unknown && reason === undefined) {
    throw invalid("options.reason", "options.reason must be given: the length of the delay is unknown");
  }
}

function subjectOf(notice: NoticeView, isOption: boolean): Sentence {
  if (!isOption) return ["subjectDelayed"];
  return notice.silence === "cancels" ? ["subjectAnswer", { until: lastDay(notice) }] : ["subjectChoice"];
}

function date(revised: NoticeView["revised"]): Sentence {
  const day = dayOf(revised);
  return day === undefined ? ["revisedUnknown"] : ["revised", { day }];
}

/** What silence means. */
function meaning(notice: NoticeView): Sentence {
  const { kind, silence, revised } = notice;
  if (silence === null) return ["silenceNothing"];
  if (silence === "cancels") {
    return [kind === "renewedOption" ? "silenceRejects" : "silenceCancels", { until: lastDay(notice) }];
  }
  const day = dayOf(revised);
  return day === undefined ? ["silenceConsentsUnknown"] : ["silenceConsents", { day }];
}

function lastDay({ cancelsOn }: NoticeView): string {
  if (cancelsOn === null) throw invalid("notice.cancelsOn", "notice.cancelsOn must be the day on which silence cancels");
  return cancelsOn;
}

function dayOf(revised: NoticeView["revised"]): string | undefined {
  return revised === null || revised === "indefinite" ? undefined : revised;
}
