import type * as Declared from "../../outbox.js";
import { invalid } from "../errors.js";
import { structuredMessage } from "../formats/cloudevents.js";
import { DeliveryError } from "./delivery-error.js";
import { urlOf } from "./options.js";

const SECRET = /^whsec_([A-Za-z0-9+/]+={0,2})$/;
const [LEAST_SECRET_BYTES, MOST_SECRET_BYTES] = [24, 64];

export const webhookSender: typeof Declared.webhookSender = ({ url, secret, fetch: given }) => {
  const target = urlOf(url, "options.url");
  const keys = keysOf(secret, "options.secret");
  return async ({ key, event, now, signal }) => {
    const { headers, body } = structuredMessage(event);
    const signed = await signedHeaders(key, now, body, keys);
    // Looked up late: who replaces the host's own finds his own called.
    const post = given ?? fetch;
    const response = await post(target, {
      method: "POST",
      headers: { ...headers, ...signed },
      body,
      redirect: "manual",
      signal,
    });
    // Only its status counts, whatever becomes of the rest; but that must not pile up.
    response.body?.cancel().catch(() => undefined);
    if (response.ok) return;
    const outcome = response.status === 410 ? "stop" : "retry";
    const retryAfterMs = msUntil(response.headers.get("retry-after"), now);
    throw new DeliveryError(`the receiver answered with ${response.status}`, { outcome, retryAfterMs });
  };
};

export const webhookHeaders: typeof Declared.webhookHeaders = (key, now, body, secret) =>
  signedHeaders(key, now, body, keysOf(secret, "secret"));

type Keys = readonly Promise<CryptoKey>[];

async function signedHeaders(id: string, now: number, body: string, keys: Keys): ReturnType<typeof webhookHeaders> {
  const timestamp = String(Math.floor(now / 1_000));
  const content = new TextEncoder().encode(`${id}.${timestamp}.${body}`);
  const signatures = keys.map(async (key) => {
    const signature = new Uint8Array(await crypto.subtle.sign("HMAC", await key, content));
    return `v1,${btoa(String.fromCharCode(...signature))}`;
  });
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": (await Promise.all(signatures)).join(" "),
  };
}

function keysOf(secret: string | readonly string[], path: string): Keys {
  const secrets = typeof secret === "string" ? [secret] : secret;
  const keys = secrets.map((one) => {
    const bytes = bytesOf(one);
    if (bytes === undefined || bytes.length < LEAST_SECRET_BYTES || bytes.length > MOST_SECRET_BYTES) {
      throw invalid(path, `${path} must be "whsec_" and base64 of ${LEAST_SECRET_BYTES} to ${MOST_SECRET_BYTES} bytes`);
    }
    return bytes;
  });
  if (keys.length === 0) throw invalid(path, `${path} must be one at least`);
  return keys.map((bytes) => crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]));
}

function bytesOf(secret: string): Uint8Array<ArrayBuffer> | undefined {
  const base64 = SECRET.exec(secret)?.[1];
  if (base64 === undefined) return undefined;
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

/** Retry-After of RFC 9110: seconds, or a date. */
function msUntil(retryAfter: string | null, now: number): number {
  if (retryAfter === null) return 0;
  const at = /^\d+$/.test(retryAfter) ? now + Number(retryAfter) * 1_000 : Date.parse(retryAfter);
  return Number.isNaN(at) ? 0 : Math.max(at - now, 0);
}
