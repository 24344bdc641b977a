/** What other systems read. Nothing here needs the engine, and nothing runs when it is imported. */

export type * from "../formats.js";
export { batchMessage, cloudEvent, structuredMessage } from "./formats/cloudevents.js";
export {
  CLOUDEVENT_BATCH_MEDIA_TYPE,
  CLOUDEVENT_MEDIA_TYPE,
  CLOUDEVENT_TYPES,
} from "./formats/cloudevent-types.js";
export { ediOfEvent, ediOfLine, ediOfQuote } from "./formats/edi.js";
export { EDI_CODES } from "./formats/edi-codes.js";
export { EDI_STATUSES } from "./formats/edi-statuses.js";
export { GOOGLE_TSV_HEADER, googleAvailability, googleTsvRow } from "./formats/google.js";
export { civilDay, dateTime, instantOf, startOfDay } from "./formats/instants.js";
export { jsonLdScript, offer } from "./formats/schema-org.js";
