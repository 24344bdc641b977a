import type { NoticeView } from "../../index.js";
import type * as Declared from "../../messages.js";
import type { MessageOptions } from "../../messages.js";
import { invalid } from "../errors.js";
import { midnight } from "../formats/instants.js";
import { composed, type Block, type Draft, type Sentence } from "./compose.js";
import { about, checked, concerned, given, lineOf, paragraph } from "./options.js";

export const noticeMessage: typeof Declared.noticeMessage = (notice, order, options) => {
  checked(options);
  const line = lineOf(order, notice.line, "notice.line");
  for (const name of ["revised", "cancelsOn", "refundBy"] as const) {
    const day = notice[name];
    if (day !== null && day !== "indefinite") midnight(day, `notice.${name}`);
  }
  const { counts = notice.kind === "newDate" ? "delivery" : "shipment" } = options;
  return composed(draftOf(notice, options), about(order, line, options, concerned(line)), { ...options, counts });
};

function draftOf(notice: NoticeView, options: MessageOptions): Draft {
  const { kind, state, refundBy } = notice;
  if (state === "refunded") return ending("subjectRefund", options, ["refunded"]);
  if (kind === "cancellation") return ending("subjectCancelled", options, ["cancellation"], ["apology"], refund(refundBy));
  if (state === "cancelled" || refundBy !== null) {
    return ending("subjectCancelled", options, ["cancelled"], refund(refundBy));
  }
  return state === "consented" ? agreed(notice, options) : offered(notice, options);
}

/** What the end of an order says, which asks for nothing. */
export function ending(subject: Sentence[0], options: MessageOptions, ...sentences: readonly Sentence[]): Draft {
  return { subject: [subject], blocks: [paragraph(["about"]), paragraph(...sentences)], links: given(options, ["order"]) };
}

export function refund(by: NoticeView["refundBy"]): Sentence {
  return by === null ? ["refundSoon"] : ["refundBy", { day: by }];
}

function agreed({ revised }: NoticeView, options: MessageOptions): Draft {
  const until = dayOf(revised);
  const consented: Sentence = until === undefined ? ["consentedUnknown"] : ["consented", { day: until }];
  return {
    subject: ["subjectConsented"],
    blocks: [paragraph(["about"]), paragraph(consented), paragraph(["mayCancel"])],
    links: given(options, ["cancel", "order"]),
  };
}

/** A notice that is to be sent, or waits for its answer. */
function offered(notice: NoticeView, options: MessageOptions): Draft {
  const { kind, revised, silence } = notice;
  const { links = {}, reason } = options;
  const isOption = kind !== "newDate";
  const unknown = dayOf(revised) === undefined;
  if (isOption) mustBeAnswerable(silence, unknown, options);
  const offersChoice = isOption || links.cancel !== undefined;
  return {
    subject: subjectOf(notice, isOption),
    blocks: [
      paragraph(["about"]),
      paragraph([kind === "renewedOption" ? "delayedAgain" : "delayed"], date(revised), ["apology"]),
      ...because(reason),
      ...(offersChoice ? [paragraph(["choice"])] : []),
      paragraph(meaning(notice)),
      ...(isOption && unknown ? [paragraph(["stillCancel"])] : []),
      paragraph(isOption ? ["answerFree"] : ["rights"]),
    ],
    links: given(options, ["consent", "cancel", "order"]),
  };
}

/** A paragraph of its own, as nobody knows how it ends. */
export function because(reason: string | undefined): Block[] {
  return reason === undefined ? [] : [paragraph(["reason", { reason }])];
}

/** What the law asks of the choice; without it the notice would be as good as not sent. */
function mustBeAnswerable(silence: NoticeView["silence"], unknown: boolean, { links = {}, reason }: MessageOptions): void {
  if (links.cancel === undefined) {
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
