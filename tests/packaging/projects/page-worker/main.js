import { defineEta } from "backorder/element";
import { openWorker } from "backorder/worker";
import { line } from "./line.js";

const said = await line({
  createEngine: (engine) => openWorker({ engine }),
  restoreEngine: (snapshot) => openWorker({ snapshot }),
});
const shop = await openWorker();
await shop.apply({ type: "defineItem", sku: "lamp", backorders: "deny" }, 0);
await shop.apply({ type: "receive", sku: "lamp", quantity: 5 }, 0);
const element = document.querySelector("backorder-eta");
element.addEventListener("backorder-eta", ({ detail }) => {
  document.querySelector("#line").textContent = detail.quote.availability === "inStock" ? said : detail.text;
});
defineEta({ source: shop });
