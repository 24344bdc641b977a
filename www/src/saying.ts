/** What a buyer is told of a date: by when, how surely, who is ahead, what it rests on. Pure. */

import type { Estimate, Instant, Quote } from "./backorder/browser.js";
import { count, many, on } from "./words.js";

/** At which chance the engine promises where an item says nothing else. */
export const USUAL_QUANTILE = 0.8;

/** What the words about a date need to know beside the quote. */
export interface Source {
  readonly leadTimeDays: number | undefined;
  /** What will serve it is past its own date already. */
  readonly overdue: boolean;
  readonly supplier: string;
  /** At which chance the item promises. */
  readonly quantile: number;
}

/** "8 in 10", "19 in 20". */
export function chance(quantile: number): string {
  const of = [10, 20, 100, 1000].find((of) => Math.abs(quantile * of - Math.round(quantile * of)) < 1e-9) ?? 1000;
  return `${count(Math.round(quantile * of))} in ${count(of)}`;
}

/** "by Mon 21 Nov (8 in 10 chance)", or the date alone where nothing was learned behind it. */
const byWhen = (at: Instant, { evidence }: Estimate, quantile: number, now: Instant): string =>
  evidence === 0 ? on(at, now) : `by ${on(at, now)} (${chance(quantile)} chance)`;

/** From p50 to p80: "5 in 10 by Fri 18 Nov, 8 in 10 by Mon 21 Nov." */
export function windowOf({ p50, p80 }: Estimate, now: Instant): string {
  if (p50 === null) return "No date can be said.";
  const [from, to] = [on(p50, now), p80 === null ? undefined : on(p80, now)];
  if (to === undefined) return `${chance(0.5)} by ${from}; how much later can’t be said.`;
  return from === to ? `${chance(0.5)} and ${chance(0.8)} by ${to}.` : `${chance(0.5)} by ${from}, ${chance(0.8)} by ${to}.`;
}

/** Whose date it is, or how many deliveries it was learned from. */
export function learnedFrom({ evidence }: Estimate, supplier: string): string {
  return evidence === 0
    ? `The supplier’s date: nothing is known yet of how punctual ${supplier} is.`
    : `Learned from ${many(evidence, "past delivery", "past deliveries")} by ${supplier}.`;
}

/** The whole of it, for those who ask; nothing where there is no date of a supplier's. */
export function sureness(ships: Estimate, supplier: string, now: Instant): string[] {
  if (ships.basis !== "supply") return [];
  const dates: readonly [number, Instant | null][] = [
    [0.5, ships.p50],
    [0.8, ships.p80],
    [0.95, ships.p95],
  ];
  const chances = dates.map(
    ([quantile, at]) =>
      `${chance(quantile)}: ${at === null ? "no date can be said" : `by ${on(at, now)}`}.`,
  );
  return [...(ships.evidence === 0 ? [] : chances), learnedFrom(ships, supplier)];
}

/** Where a date comes from. */
export function basis(estimate: Estimate, { leadTimeDays, overdue, supplier }: Source, now: Instant): string {
  switch (estimate.basis) {
    case "stock":
      return "On the shelf.";
    case "supply":
      if (estimate.evidence > 0)
        return `${windowOf(estimate, now)} ${overdue ? "What it waits for is overdue. " : ""}${learnedFrom(estimate, supplier)}`;
      return overdue
        ? "What it waits for is overdue: this is when it is expected now."
        : "The supplier’s date of what is on order.";
    case "replenishment":
      return `More than is on order: the usual lead time of ${many(leadTimeDays ?? 0, "day")} is assumed.`;
    case "none":
      return "Nothing on order covers it.";
  }
}

export type Tone = "good" | "wait" | "none";
export interface Saying {
  readonly tone: Tone;
  readonly headline: string;
  readonly note: string;
}

/** What a buyer reads before ordering. */
export function saying(quote: Quote, promise: Instant | null, now: Instant, source: Source): Saying {
  const ahead = quote.ahead > 0 ? `${count(quote.ahead)} ahead of you.` : "Nobody is ahead of you.";
  switch (quote.availability) {
    case "inStock":
      return {
        tone: "good",
        headline: promise === null ? "In stock" : `Ships ${on(promise, now)}`,
        note: quote.quantity === 1 ? "It is on the shelf." : `All ${count(quote.quantity)} are on the shelf.`,
      };
    case "limited":
    case "backorder": {
      const some =
        quote.now > 0 ? `${count(quote.now)} now, the other ${count(quote.quantity - quote.now)} later. ` : "";
      if (promise === null)
        return {
          tone: "none",
          headline: "No date yet",
          note: `${some}${ahead} No date can be said: nothing on order covers it. You would be told as soon as there is one.`,
        };
      return {
        tone: "wait",
        headline: `${quote.now > 0 ? "Complete" : "Ships"} ${byWhen(promise, quote.ships, source.quantile, now)}`,
        note: `${some}${ahead} ${basis(quote.ships, source, now)}`,
      };
    }
    case "preorder":
      if (promise === null)
        return { tone: "none", headline: "Preorder, no date yet", note: `${ahead} No date can be said: its release is not settled.` };
      return {
        tone: "wait",
        headline: `Preorder: ships ${byWhen(promise, quote.ships, source.quantile, now)}`,
        note: `${ahead} Nothing leaves before its release. ${basis(quote.ships, source, now)}`,
      };
    case "outOfStock":
      return { tone: "none", headline: quote.now > 0 ? `Only ${count(quote.now)} left` : "Out of stock", note: "" };
    case "discontinued":
      return {
        tone: "none",
        headline: quote.now > 0 ? `Only ${count(quote.now)} left, then gone` : "Sold out for good",
        note: "",
      };
  }
}

/** Of a listing's row: few words, the date first. */
export function brief(quote: Quote, now: Instant): { tone: Tone; text: string } {
  const { availability, promise } = quote;
  if (availability === "inStock") return { tone: "good", text: "In stock" };
  if (availability === "outOfStock") return { tone: "none", text: "Out of stock" };
  if (availability === "discontinued") return { tone: "none", text: "Sold out" };
  if (promise === null) return { tone: "none", text: "No date yet" };
  return {
    tone: "wait",
    text: `${availability === "preorder" ? "Preorder, ships" : "Ships"} ${quote.ships.evidence > 0 ? "by " : ""}${on(promise, now)}`,
  };
}

