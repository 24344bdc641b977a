/** What an engine says, told to others. Nothing here needs the WebAssembly, and nothing runs when it is imported. */

import type * as Declared from "../outbox.js";
import { Outbox } from "./outbox/outbox.js";

export type * from "../outbox.js";
export { DeliveryError } from "./outbox/delivery-error.js";
export { emailSender } from "./outbox/email.js";
export { PUSH_PAYLOAD_BYTES, pushPayload } from "./outbox/push.js";
export { webhookHeaders, webhookSender } from "./outbox/webhook.js";

export const openOutbox: typeof Declared.openOutbox = (engine, store, options) => Outbox.open(engine, store, options);
