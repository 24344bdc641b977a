/** Quotes and lines to make formats from. */

import { DAY } from "../shop.mjs";

export const NOW = Date.UTC(2026, 1, 26, 12);

export function estimate(p50, p80 = p50, p95 = p80) {
  return { p50, p80, p95, basis: p50 === null ? "none" : "supply", evidence: 0 };
}

/** Five lamps asked for: what the contract's availabilities look like. */
export const QUOTES = {
  inStock: quote("inStock", 5, 0, NOW),
  limited: quote("limited", 2, 3, NOW + 9 * DAY, NOW + 14 * DAY),
  backorder: quote("backorder", 0, 5, NOW + 9 * DAY, NOW + 14 * DAY),
  preorder: quote("preorder", 0, 5, NOW + 30 * DAY, NOW + 40 * DAY),
  outOfStock: quote("outOfStock", 2, 0, null),
  discontinued: quote("discontinued", 0, 0, null),
};

export function quote(availability, now, waits, p50, p95 = p50) {
  const ships = estimate(p50, p50 === null ? null : (p50 + p95) / 2, p95);
  const parts = now + waits > 0 ? [{ location: "default", now, waits }] : [];
  return { sku: "lamp", quantity: 5, parts, availability, now, ahead: 0, ships, promise: ships.p80, alternatives: [] };
}

/** The same without a date. */
export function undated(of) {
  return { ...of, ships: estimate(null), promise: null };
}

export function line(more) {
  const figures = { quantity: 5, allocated: 0, backordered: 0, shipped: 0, cancelled: 0, returned: 0, ...more };
  return { line: "1", sku: "lamp", promised: null, ...figures, parts: [], ahead: 0, ships: estimate(null), pegs: [] };
}

/** That the call is refused, and which part of what it was given. */
export function refusedAt(path) {
  return (error) => error.name === "BackorderError" && error.code === "INVALID_ARGUMENT" && error.path === path;
}
