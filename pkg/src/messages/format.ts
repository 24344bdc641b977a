import { MessageFormat } from "messageformat";
import type { Language, MessageId } from "../../messages.js";
import { invalid } from "../errors.js";
import { midnight } from "../formats/instants.js";
import { escaped } from "../html.js";

/** What stands in a sentence. Days are "YYYY-MM-DD". */
export type Values = Readonly<Record<string, string | number>>;

type Format = MessageFormat<"day" | "string">;
type Part = ReturnType<Format["formatToParts"]>[number];

/** A sentence as text and as HTML. */
export interface Formatted {
  text: string;
  html: string;
}

/** What takes long to make and is made once. */
interface Known {
  locale: string;
  days: Intl.DateTimeFormat;
  byId: Map<MessageId, Format>;
}

// Of a language's locales one is kept, the last, as who visits may name any.
const known = new WeakMap<Language, Known>();

export function format(language: Language, locale: string, id: MessageId, values: Values): Formatted {
  const errors: unknown[] = [];
  const parts = formatOf(language, locale, id).formatToParts(values, (error) => errors.push(error));
  if (errors.length > 0) {
    throw invalid(`options.language.messages.${id}`, `the message ${id} cannot be formatted: ${reasonOf(errors[0])}`);
  }
  return { text: parts.map(textOf).join(""), html: parts.map(htmlOf).join("") };
}

function formatOf(language: Language, locale: string, id: MessageId): Format {
  let own = known.get(language);
  if (own?.locale !== locale) {
    const days = new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
    known.set(language, (own = { locale, days, byId: new Map() }));
  }
  let found = own.byId.get(id);
  if (found === undefined) own.byId.set(id, (found = newFormat(language, own, id)));
  return found;
}

function newFormat(language: Language, { locale, days }: Known, id: MessageId): Format {
  const { direction = "ltr", messages } = language;
  const source: unknown = Object.hasOwn(messages, id) ? messages[id] : undefined;
  if (typeof source !== "string") throw invalid(`options.language.messages.${id}`, `there is no message ${id}`);
  try {
    return new MessageFormat(locale, source, {
      dir: direction,
      functions: {
        /** The standard's own, but that what has no right-to-left character is known to run from left to right. */
        string: (_context, _options, operand) => {
          const text = String(operand);
          const dir = RIGHT_TO_LEFT.test(text) ? ("auto" as const) : ("ltr" as const);
          const selectKey = (keys: Set<string>): string | null => (keys.has(text) ? text : null);
          return { type: "string", dir, selectKey, toString: () => text, toParts: () => [{ type: "string", value: text }] };
        },
        /** A civil day, which no zone can move. The library's own function for dates is a draft. */
        day: (_context, _options, operand) => {
          const text = days.format(midnight(String(operand), "day"));
          return { type: "day", dir: direction, toString: () => text, toParts: () => [{ type: "day", value: text }] };
        },
      },
    });
  } catch (error) {
    throw invalid(`options.language.messages.${id}`, `the message ${id} cannot be read: ${reasonOf(error)}`);
  }
}

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}]/u;

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function textOf(part: Part): string {
  return "parts" in part && part.parts !== undefined
    ? part.parts.map(({ value }) => String(value)).join("")
    : String("value" in part ? part.value : "");
}

/** HTML isolates by an element. */
function htmlOf(part: Part): string {
  if (part.type !== "bidiIsolation") return escaped(textOf(part));
  return part.value === "\u2069" ? "</bdi>" : BDI[part.value];
}

const BDI = { "\u2066": '<bdi dir="ltr">', "\u2067": '<bdi dir="rtl">', "\u2068": "<bdi>" } as const;

/** What others wrote, as one line of plain text, without what would turn the direction of what follows or end an isolation. */
export function oneLine(text: string): string {
  return text
    .replace(/\p{Cs}/gu, "\ufffd")
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, " ")
    .trim();
}
