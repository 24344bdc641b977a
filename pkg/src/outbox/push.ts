import type * as Declared from "../../outbox.js";
import { invalid } from "../errors.js";
import { only } from "../formats/options.js";
import { urlOf } from "./options.js";

/** 4,096 bytes (RFC 8291 §4) without what `aes128gcm` adds: a header of 86 bytes, a tag of 16 and a delimiter. */
export const PUSH_PAYLOAD_BYTES: typeof Declared.PUSH_PAYLOAD_BYTES = 3993;

/** What marks a declarative push message. */
const WEB_PUSH = 8030;

export const pushPayload: typeof Declared.pushPayload = ({ subject, text }, options) => {
  only(options, ["navigate", "tag", "language"]);
  const { navigate, tag, language } = options;
  const target = urlOf(navigate, "options.navigate").href;
  const payload = (body: string): string =>
    JSON.stringify({
      web_push: WEB_PUSH,
      notification: {
        title: subject,
        body,
        navigate: target,
        ...(tag !== undefined && { tag }),
        ...(language !== undefined && { lang: language }),
      },
    });
  const fits = (body: string): boolean => bytes(payload(body)) <= PUSH_PAYLOAD_BYTES;
  if (fits(text)) return payload(text);
  const characters = Array.from(text);
  const cut = (count: number): string => `${characters.slice(0, count).join("").trimEnd()}…`;
  // A character takes a byte at least.
  let [some, tooMany] = [0, Math.min(characters.length, PUSH_PAYLOAD_BYTES)];
  if (!fits(cut(some))) throw invalid("message.subject", `a push message has at most ${PUSH_PAYLOAD_BYTES} bytes with its subject and URL`);
  while (tooMany - some > 1) {
    const middle = (some + tooMany) >> 1;
    if (fits(cut(middle))) some = middle;
    else tooMany = middle;
  }
  return payload(cut(some));
};

function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
