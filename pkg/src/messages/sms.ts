import type * as Declared from "../../messages.js";
import type { Sms } from "../../messages.js";

// GSM 03.38, 6.2.1: the default alphabet, and what its extension adds, each in two septets.
const BASIC =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
const EXTENSION = "\f^{}\\[~]|€";

/** How much one message holds, and each of several, which have a header each. */
const ROOM = { gsm7: { alone: 160, joined: 153 }, ucs2: { alone: 70, joined: 67 } } as const;

export const smsLength: typeof Declared.smsLength = (text) => {
  const characters = [...text];
  const septets = characters.map(septetsOf);
  const encoding = septets.includes(NaN) ? "ucs2" : "gsm7";
  const sizes = encoding === "gsm7" ? septets : characters.map(({ length }) => length);
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { alone, joined } = ROOM[encoding];
  return { encoding, units, segments: units <= alone ? 1 : joinedSegments(sizes, joined) };
};

/** A text without the signs for which plain ones do, as a single one would halve what a message holds. */
export function sms(text: string): Sms {
  const plain = text
    .replace(/«[\u00a0\u202f]?|[\u00a0\u202f]?»|[“”„]/g, '"')
    .replace(/[‘’‚‹›]/g, "'")
    .replace(/[\u2010-\u2014]/g, "-")
    .replace(/…/g, "...")
    .replace(/×/g, "x")
    .replace(/[\u00a0\u2009\u202f]/g, " ");
  const chosen = smsLength(plain).encoding === "gsm7" ? plain : text;
  return { text: chosen, ...smsLength(chosen) };
}

function septetsOf(character: string): number {
  if (BASIC.includes(character)) return 1;
  return EXTENSION.includes(character) ? 2 : NaN;
}

/** No character is torn in two. */
function joinedSegments(sizes: readonly number[], room: number): number {
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > room) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return segments;
}
