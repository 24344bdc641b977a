import { defineEta } from "backorder/element";

const form = document.querySelector("form");
const eta = document.querySelector("backorder-eta");
const answer = document.querySelector("#answer");
const date = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full" });

/** The shop is asked each time; the element says so where it does not answer. */
async function quote({ sku, quantity }) {
  const response = await fetch(`/api/quote?${new URLSearchParams({ sku, quantity })}`);
  if (!response.ok) throw new Error(`the shop answered ${response.status}`);
  return response.json();
}

/** An order that was sent and not answered: sent again with its id, it is placed once. */
let pending = null;

async function order() {
  const lines = [{ sku: eta.getAttribute("sku"), quantity: form.quantity.valueAsNumber }];
  pending ??= { order: crypto.randomUUID(), lines };
  const response = await fetch("/api/orders", { method: "POST", body: JSON.stringify(pending) });
  const view = await response.json();
  pending = null;
  if (!response.ok) return `That could not be ordered: ${view.message ?? view.error}`;
  const [{ promised }] = view.lines;
  const when = promised === null ? "We tell you as soon as there is a date." : `It ships by ${date.format(promised)}.`;
  return `Thank you. ${when} Your order: ${view.order}`;
}

form.addEventListener("input", () => {
  pending = null;
  if (form.checkValidity()) eta.setAttribute("quantity", form.quantity.value);
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    answer.textContent = await order();
  } catch {
    answer.textContent = "There was no answer. Order again: it is placed only once.";
  }
  void eta.refresh();
});
defineEta({ source: { quote } });
