import type { Event, Id } from "../../index.js";
import type * as Declared from "../../formats.js";
import type { CloudEventOptions } from "../../formats.js";
import { id as mustBeId } from "../check.js";
import { invalid } from "../errors.js";
import {
  CLOUDEVENT_BATCH_MEDIA_TYPE,
  CLOUDEVENT_MEDIA_TYPE,
  CLOUDEVENT_TYPES,
  SUBJECTS,
  type Subject,
} from "./cloudevent-types.js";
import { canBeWritten, dateTime } from "./instants.js";
import { only, text } from "./options.js";

export const cloudEvent: typeof Declared.cloudEvent = (event, options) => {
  const name = Object.hasOwn(CLOUDEVENT_TYPES, event.type) ? CLOUDEVENT_TYPES[event.type] : undefined;
  if (name === undefined) throw invalid("event.type", `event.type must be one that there is; there is no ${event.type}`);
  const source = sourceOf(options);
  const subject = subjectOf(event);
  return {
    specversion: "1.0",
    id: String(event.seq),
    source,
    type: `${options.typePrefix}.${name}`,
    ...(subject !== "" && { subject }),
    ...(canBeWritten(event.at) && { time: dateTime(event.at) }),
    datacontenttype: "application/json",
    data: event,
  };
};

export const structuredMessage: typeof Declared.structuredMessage = (event) => message(CLOUDEVENT_MEDIA_TYPE, event);
export const batchMessage: typeof Declared.batchMessage = (events) => message(CLOUDEVENT_BATCH_MEDIA_TYPE, events);

function message(mediaType: string, content: unknown): Declared.CloudEventMessage {
  return { headers: { "content-type": `${mediaType}; charset=utf-8` }, body: JSON.stringify(content) };
}

/** The characters of RFC 3986, and "%" only before two hexadecimal digits. */
const URI_REFERENCE = /^(?:[\w!#$&'()*+,\-./:;=?@[\]~]|%[\dA-Fa-f]{2})*$/;
const REVERSED_DOMAIN = /^[a-z\d]+(?:-+[a-z\d]+)*(?:\.[a-z\d]+(?:-+[a-z\d]+)*)+$/;

export function sourceOf(options: CloudEventOptions): string {
  only(options, ["engine", "sourceBase", "typePrefix"]);
  const { engine, sourceBase = "/engines/", typePrefix } = options;
  mustBeId(engine, "options.engine");
  text(sourceBase, URI_REFERENCE, "options.sourceBase", "the beginning of a URI reference");
  text(typePrefix, REVERSED_DOMAIN, "options.typePrefix", "a reversed domain name in small letters, as com.example.shop");
  return sourceBase + component(engine, "options.engine");
}

const MEMBERS: { readonly [About in Subject]: readonly ("order" | "hold" | "line" | "supply" | "sku" | "location")[] } = {
  demand: ["order", "hold", "line"],
  supply: ["supply"],
  stock: ["sku", "location"],
};

/** `order/A-1/line/2`. An id may hold a "/": each is written as a URI component, so that a subject says one thing. */
export function subjectOf(event: Event): string {
  const members: { [Member in (typeof MEMBERS)[Subject][number]]?: Id } = event;
  const named = MEMBERS[SUBJECTS[event.type]].flatMap((member) => {
    const value = members[member];
    return value === undefined ? [] : [`${member}/${component(value, `event.${member}`)}`];
  });
  return named.join("/");
}

function component(value: Id, path: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    throw invalid(path, `${path} must be well-formed text`);
  }
}
