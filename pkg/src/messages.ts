/** What notices and events say to a customer. Nothing here needs the engine, and nothing runs when it is imported. */

export type * from "../messages.js";
export { de } from "./messages/de.js";
export { en } from "./messages/en.js";
export { es } from "./messages/es.js";
export { eventMessage, substituteMessage } from "./messages/events.js";
export { fr } from "./messages/fr.js";
export { languageProblems } from "./messages/languages.js";
export { noticeMessage } from "./messages/notices.js";
export { smsLength } from "./messages/sms.js";
export { zh } from "./messages/zh.js";
