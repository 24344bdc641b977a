/** What a page shows. Nothing here needs the engine, and nothing runs when it is imported. */

export type * from "../element.js";
export { BackorderEta, defineEta } from "./element/element.js";
export { eta, etaHtml, etaText } from "./element/eta.js";
export { ETA_TEXTS } from "./element/texts.js";
