import type * as Declared from "../../outbox.js";
import type { Mailbox } from "../../outbox.js";
import { BackorderError, invalid } from "../errors.js";
import { DeliveryError } from "./delivery-error.js";

/** One mailbox as it may stand in an envelope: nothing that ends it, begins another, or ends its line. */
const ADDRESS = /^[^\s\p{C}<>()[\]\\,;:@"]+@[^\s\p{C}<>()[\]\\,;:@"]+$/u;
const MOST_ADDRESS_CHARACTERS = 254;

export const emailSender: typeof Declared.emailSender = ({ transport, from: sender, message }) => {
  const from = mailbox(sender, "options.from");
  const domain = from.address.slice(from.address.lastIndexOf("@") + 1);
  return async ({ key, event, signal }) => {
    const email = await message(event);
    if (email === undefined) return false;
    const to = recipient(email.to);
    const mail = {
      from,
      to,
      subject: oneLine(email.subject),
      text: String(email.text),
      ...(email.html !== undefined && { html: String(email.html) }),
      messageId: `<${key}@${domain}>`,
      // RFC 3834: so that no answering machine answers.
      headers: { "Auto-Submitted": "auto-generated" },
      envelope: { from: from.address, to: to.address },
      // A text that looks like a path or a URL is no file to attach.
      disableFileAccess: true as const,
      disableUrlAccess: true as const,
      signal,
    };
    try {
      await transport.sendMail(mail);
    } catch (error) {
      throw new DeliveryError(String((error as Error).message), { outcome: outcomeOf(error) });
    }
    return true;
  };
};

/** Of nodemailer's errors, those about this mail, and for good. One about who we are concerns all mails, and may be mended. */
function outcomeOf(error: unknown): Declared.DeliveryError["outcome"] {
  const { command, responseCode = 0 } = error as { command?: string; responseCode?: number };
  return responseCode >= 500 && (command === "RCPT TO" || command === "DATA") ? "deadLetter" : "retry";
}

function recipient(to: string | Mailbox): Mailbox {
  try {
    return mailbox(to, "to");
  } catch (error) {
    if (!(error instanceof BackorderError)) throw error;
    throw new DeliveryError(error.message, { outcome: "deadLetter", cause: error });
  }
}

function mailbox(given: string | Mailbox, path: string): Mailbox {
  const { name = "", address }: Partial<Mailbox> = typeof given === "string" ? { address: given } : (given ?? {});
  if (typeof address !== "string" || address.length > MOST_ADDRESS_CHARACTERS || !ADDRESS.test(address)) {
    throw invalid(path, `${path} must be one e-mail address`);
  }
  return { name: oneLine(name), address };
}

function oneLine(text: string): string {
  return String(text).replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
}
