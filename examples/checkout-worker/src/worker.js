// A checkout at the edge. The shop's engine lives in one Durable Object; this Worker says who may ask it for what.

import { BackorderObject, bodyText } from "backorder/durable-object";

export class Shop extends BackorderObject {}

const BODY_BYTES = 100_000;

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    if (!url.pathname.startsWith("/api/")) return env.ASSETS.fetch(request);
    const shop = env.SHOP.getByName("main");
    const [, , what, id] = url.pathname.split("/");
    switch (`${request.method} ${what}`) {
      case "GET quote":
        return quote(shop, url.searchParams);
      case "POST orders":
        return place(shop, request);
      case "GET orders":
        return isId(id) ? found(await shop.order(id)) : problem(404, "there is no such order");
      case "POST receipts":
        return (await isStaff(request, env)) ? receive(shop, request) : problem(403, "for the staff");
      case "POST commands":
        return (await isStaff(request, env)) ? shop.fetch(request) : problem(403, "for the staff");
      default:
        return problem(404, "there is no such thing");
    }
  },
};

async function quote(shop, asked) {
  const sku = asked.get("sku");
  const quantity = Number(asked.get("quantity") ?? 1);
  if (!isId(sku) || !Number.isSafeInteger(quantity) || quantity < 1) return problem(400, "which item, and how many?");
  return Response.json(await shop.quote({ sku, quantity }));
}

/**
 * The customer's page chooses the order's id, and sends the same one again when an answer did not come: then the order is
 * found placed, and is not placed twice. What a customer may not choose, such as a priority, is not taken over.
 */
async function place(shop, request) {
  const asked = await json(request);
  if (!isId(asked?.order) || !Array.isArray(asked.lines)) return problem(400, "an order has an id and lines");
  const lines = asked.lines.map((line) => ({ sku: line?.sku, quantity: line?.quantity }));
  const outcome = await shop.apply({ type: "placeOrder", order: asked.order, lines });
  if (outcome.status === "rejected") return Response.json(outcome, { status: 409 });
  return Response.json(await shop.order(asked.order), { status: outcome.status === "applied" ? 201 : 200 });
}

/** `key` is the delivery note's number, say: a scanner that sends it twice receives once. */
async function receive(shop, request) {
  const { key, sku, quantity, supply } = (await json(request)) ?? {};
  if (!isId(key)) return problem(400, "a receipt has a key");
  const outcome = await shop.apply({ type: "receive", key, sku, quantity, ...(supply !== undefined && { supply }) });
  return Response.json(outcome, { status: outcome.status === "rejected" ? 409 : 200 });
}

/** `wrangler secret put STAFF_TOKEN`; without one, nobody is staff. Compared as digests, whose time tells nothing. */
async function isStaff(request, env) {
  if (!env.STAFF_TOKEN) return false;
  const [given, wanted] = await Promise.all(
    [request.headers.get("authorization") ?? "", `Bearer ${env.STAFF_TOKEN}`].map((text) =>
      crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)),
    ),
  );
  return crypto.subtle.timingSafeEqual(given, wanted);
}

/** What could be one; whether it is, in bytes, the engine says. */
function isId(value) {
  return typeof value === "string" && value !== "" && value.length <= 128;
}

/** The body's value; `undefined` where it is no JSON, or too long. */
async function json(request) {
  try {
    return JSON.parse((await bodyText(request, BODY_BYTES)) ?? "");
  } catch {
    return undefined;
  }
}

function found(view) {
  return view === undefined ? problem(404, "there is no such order") : Response.json(view);
}

function problem(status, error) {
  return Response.json({ error }, { status });
}
