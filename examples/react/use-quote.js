// A React hook for what anything quotes, and a line that shows it. Copy it into a shop and change it.

import { createElement, useEffect, useState } from "react";
import { etaText } from "backorder/element";

/**
 * The quote of so many units, always up to date where the source tells of changes: a stored engine, one in a worker, a sheet, or
 * anything else that `<backorder-eta>` takes. `initial`: what the server quoted, shown until there is a newer one.
 */
export function useQuote(source, { sku, quantity = 1 }, initial) {
  const [answer, setAnswer] = useState({ quote: initial });
  useEffect(() => {
    // Of several looks at a source that takes its time the last counts, and none once this is gone.
    let looks = 0;
    const look = async () => {
      const own = (looks += 1);
      const tell = (found) => own === looks && setAnswer(found);
      try {
        const now = Math.max(Date.now(), (await source.lastInstant?.()) ?? 0);
        // A sheet is about one item, and is asked for a quantity alone.
        tell({ quote: await source.quote(source.sku === undefined ? { sku, quantity } : { quantity }, now) });
      } catch (error) {
        tell({ error });
      }
    };
    const end = source.subscribe?.(look);
    look();
    return () => {
      looks += 1;
      end?.();
    };
  }, [source, sku, quantity]);
  return answer;
}

/** "Ships by Fri, December 4 · 95% sure · 3 units ahead". `now`: the server's clock, so that both render the same. */
export function ShipsBy({ source, sku, quantity, initial, now = Date.now(), ...options }) {
  const { quote, error } = useQuote(source, { sku, quantity }, initial);
  const text = quote === undefined ? (error === undefined ? "" : "…") : etaText(quote, now, options);
  return createElement("span", { role: "status" }, text);
}
