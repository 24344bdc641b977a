const { sku } = document.querySelector("main").dataset;
const form = document.querySelector("form");
const eta = document.querySelector("#eta");
const answer = document.querySelector("#answer");
const date = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "full" });

let asked = 0;

async function showDate() {
  const mine = (asked += 1);
  const quantity = form.quantity.valueAsNumber;
  if (!form.checkValidity()) return;
  const response = await fetch(`/api/quote?${new URLSearchParams({ sku, quantity })}`);
  const quote = await response.json();
  // A quantity that was changed meanwhile has a question of its own.
  if (mine === asked) eta.textContent = response.ok ? sentence(quote) : "";
}

function sentence({ availability, now, promise, ahead }) {
  if (availability === "inStock") return "In stock: ships today.";
  if (availability === "outOfStock" || availability === "discontinued") return "Not available.";
  if (promise === null) return "Can be ordered; the date is not known yet.";
  const some = now > 0 ? `${now} in stock; all of it` : "Out of stock;";
  const waiting = ahead > 0 ? ` (${ahead} are waited for before yours)` : "";
  return `${some} ships by ${date.format(promise)}${waiting}.`;
}

/** The id of an order that was sent and not answered: sent again, it is placed once. */
let pending = null;

async function order() {
  const lines = [{ sku, quantity: form.quantity.valueAsNumber }];
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
  void showDate();
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    answer.textContent = await order();
  } catch {
    answer.textContent = "There was no answer. Order again: it is placed only once.";
  }
  void showDate();
});
void showDate();
