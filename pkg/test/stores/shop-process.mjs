// A shop in a process of its own, which is killed: it opens the store in the directory named, places orders as fast as they are
// safe, and prints each one's number once it is. Where it begins is printed first.

import { fileStore, openStored } from "backorder/store";

const [directory, checkpointEvery] = process.argv.slice(2);
const shop = await openStored(fileStore(directory), { checkpointEvery: Number(checkpointEvery) });
const placed = shop.orders().length;
if (placed === 0) await shop.apply({ type: "defineItem", sku: "lamp" }, 0);
console.log(`begins at ${placed}`);
const place = (number) =>
  shop
    .apply({ type: "placeOrder", order: `A-${number}`, lines: [{ sku: "lamp", quantity: 1 + (number % 5) }] }, number)
    .then(({ status }) => status === "applied" && console.log(number));
for (let number = placed; ; number += 4) await Promise.all([0, 1, 2, 3].map((more) => place(number + more)));
