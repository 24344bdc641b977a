// What a person does with the page, on the real orders, in a real browser.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { number, ready, settled, text, Visitors } from "./harness.mjs";

let visitors;
before(async () => {
  visitors = await Visitors.arrive();
});
after(() => visitors.leave());

const OWL = "#/item/22865";
const CAKESTAND = "#/item/22423";
const CLOCK = "#/item/22727";
const waiting = async (page) => number(await text(page, ".books div:nth-child(4) dd"));

async function order(page, quantity) {
  await page.fill("#quantity", String(quantity));
  await settled(page);
  const answer = await text(page, ".answer-headline");
  await page.getByRole("button", { name: "Place the order" }).click();
  await settled(page);
  return answer;
}

async function supposeLate(page, supply, choice) {
  await page.locator(".supply").nth(supply).getByRole("button", { name: "What if it’s late?" }).click();
  if (choice !== undefined) await page.getByRole("radio", { name: choice }).check();
  await settled(page);
  return text(page, ".supposition:visible .verdict");
}

/** All that the page says of the shop's state. */
const everything = async (page) => {
  const parts = [
    ".clock-now",
    ".figures",
    ".listings",
    ".books",
    ".future-caption",
    ".queue-list",
    ".supplies",
    ".my-orders",
    ".log-list",
  ];
  return Object.fromEntries(await Promise.all(parts.map(async (part) => [part, await page.locator(part).innerText()])));
};

test("it opens on real products and real orders", async () => {
  await visitors.visit({}, async (page) => {
    assert.equal(await page.locator(".listing").count(), 18);
    assert.match(await text(page, ".listings"), /Regency cakestand, three tiers/);
    assert.match(await text(page, ".log-list"), /\d+ real orders of the last 3 weeks are in the books/);
    assert.match(await text(page, ".foot"), /Online Retail.*CC BY 4\.0/);
    assert.ok((await waiting(page)) > 0, "something waits");
    assert.ok(number(await text(page, ".figure-value")) > 100, "some hundreds wait in the whole shop");
  });
});

test("the list can be searched and sorted", async () => {
  await visitors.visit({}, async (page) => {
    await page.getByLabel("Find a product").fill("cake");
    await settled(page);
    assert.deepEqual(await page.locator(".listing-name").allInnerTexts(), [
      "Regency cakestand, three tiers",
      "Three cake tins, pantry design",
    ]);
    await page.getByLabel("Find a product").fill("nothing like it");
    await settled(page);
    assert.equal(await page.locator(".listing").count(), 0);
    assert.ok(await page.getByText("No product of that name.").isVisible());
    await page.getByLabel("Find a product").fill("");
    await page.getByLabel("Order of the list").selectOption("name");
    await settled(page);
    const names = await page.locator(".listing-name").allInnerTexts();
    assert.deepEqual(
      names,
      [...names].sort((a, b) => a.localeCompare(b)),
    );
  });
});

test("the date shown before ordering is the date promised, and the order waits behind the others", async () => {
  await visitors.visit({ hash: OWL }, async (page) => {
    const ahead = await waiting(page);
    const answer = await order(page, 48);
    const date = /^Ships by (.+) \(8 in 10 chance\)$/.exec(answer)[1];
    assert.equal(date, "tomorrow");
    // By its name: the sentence stays while time goes on.
    assert.equal(await text(page, ".order-form .result"), "Order W-1 is placed, promised for Tue 15 Nov.");
    assert.equal(await text(page, ".my-order .order-state"), `48 waiting, ${ahead} units ahead. Promised ${date}.`);
    const row = await text(page, ".queue-row.own");
    assert.match(row, new RegExp(`W-1 yours.*48 units.*${ahead} ahead`));
    assert.equal(await waiting(page), ahead + 48);
    assert.match(
      await text(page, ".log-list .entry"),
      new RegExp(`Your order W-1: 48 × Hand warmer, owl.*Promised for ${date}`),
    );
  });
});

test("a learned date says its chance, its window and how many deliveries are behind it", async () => {
  await visitors.visit({ hash: CAKESTAND }, async (page) => {
    const ahead = await waiting(page);
    const answer = await order(page, 6);
    assert.match(answer, /^Ships by [A-Z][a-z]{2} \d+ Nov \(8 in 10 chance\)$/);
    const note = await text(page, ".answer-note");
    assert.match(note, /5 in 10 by .+, 8 in 10 by .+\. .*Learned from \d+ past deliveries by Ceramics and glass\.$/);
    await page.getByText("How sure is that?").click();
    assert.match(await text(page, ".sure"), /5 in 10: by .+ 8 in 10: by .+ 19 in 20: by .+ Learned from \d+/);
    assert.match(await text(page, ".my-order .order-state"), new RegExp(`^6 waiting, ${ahead} units ahead\\. Promised`));
    assert.match(await text(page, ".my-order .order-window"), /5 in 10 by .+, 8 in 10 by .+ Learned from \d+/);
    await page.getByText("Why this date?").click();
    await page.locator(".my-order .reasons li").first().waitFor();
    assert.match(await text(page, ".my-order .why"), /19 in 20: by/);
  });
});

test("a new supplier's date is called the supplier's date, and no date is called that", async () => {
  await visitors.visit({ hash: "#/item/23570" }, async (page) => {
    assert.match(await text(page, ".answer-note"), /No date can be said/);
    await page.getByLabel("Units", { exact: true }).fill("2400");
    await page.locator(".schedule").getByRole("button", { name: "Order" }).click();
    await settled(page);
    assert.doesNotMatch(await text(page, ".answer-headline"), /chance/);
    assert.match(await text(page, ".answer-note"), /The supplier’s date/);
    assert.equal(await page.locator(".window").count(), 0);
    await page.getByText("How sure is that?").click();
    assert.match(await text(page, ".sure"), /nothing is known yet of how punctual Games and pastimes is/);
  });
});

test("an item promises at its own chance", async () => {
  await visitors.visit({ hash: CLOCK }, async (page) => {
    assert.match(await text(page, ".answer-headline"), /^Ships by .+ \(19 in 20 chance\)$/);
    assert.match(await text(page, ".terms"), /Promised at a chance of 19 in 20/);
  });
});

test("the picture shows the curve as a band, the order's place in it and the window where they meet", async () => {
  await visitors.visit({ hash: CLOCK }, async (page) => {
    const extent = (selector) =>
      page.evaluate((each) => {
        const { x, y, width, height } = document.querySelector(each).getBBox();
        return { x, y, width, height };
      }, selector);
    const [band, window_, rest] = [await extent(".supply-band"), await extent(".window"), await extent(".window-rest")];
    assert.ok(band.width > 20 && band.height > 50);
    const inside = ([x, y]) =>
      page.evaluate(([px, py]) => document.querySelector(".supply-band").isPointInFill(new DOMPoint(px, py)), [x, y]);
    const middle = ({ x, y, width }) => [x + width / 2, y + 4];
    assert.ok(await inside(middle(window_)), "a band, not a line");
    assert.ok(await inside(middle(rest)));
    assert.ok(!(await inside([rest.x + rest.width + 3, rest.y + 4])));
    assert.ok(window_.width > 5 && rest.width > 5);
    assert.ok(Math.abs(window_.x + window_.width - rest.x) < 0.01, "it ends where the rest begins");
    const [reach, you] = [await extent(".reach"), await extent(".you")];
    assert.ok(Math.abs(reach.y - you.y) < 0.01, "the place is where the order ends in the queue");
    const ahead = await waiting(page);
    const label = await page.locator("svg.future").getAttribute("aria-label");
    assert.match(label, new RegExp(`${ahead} ahead of you: an order of 12 would ship by .+ \\(19 in 20 chance\\)`));
    assert.match(label, /5 in 10 by .+, 8 in 10 by/);
    // A supply that is late moves the curve, dashed, and nothing else.
    await supposeLate(page, 0, "Two weeks late");
    const supposed = await page.locator(".supposed-line").getAttribute("d");
    assert.notEqual(supposed, await page.locator(".supply-line").getAttribute("d"));
    assert.equal(await page.locator("svg.future").getAttribute("role"), "img");
  });
});

test("an express order is shown, and served, ahead of the others", async () => {
  await visitors.visit({ hash: OWL }, async (page) => {
    await page.getByText("Wishes").click();
    await page.getByLabel("Express").check();
    await settled(page);
    assert.match(await text(page, ".answer-note"), /Nobody is ahead of you/);
    await order(page, 12);
    assert.match(await text(page, ".queue-row"), /W-1 yours.*12 units.*first/);
  });
});

test("what is in stock ships today, and is set aside at once", async () => {
  await visitors.visit({ hash: "#/item/22720" }, async (page) => {
    assert.equal(await order(page, 6), "Ships today");
    assert.equal(await text(page, ".my-order .order-state"), "6 set aside. Promised today.");
    assert.equal(await page.locator(".queue-row").count(), 0);
  });
});

test("an overdue supply is not taken for a date of the supplier's", async () => {
  await visitors.visit({ hash: CAKESTAND }, async (page) => {
    assert.match(await text(page, ".supply"), /was due Thu 10 Nov 4 days overdue/);
    assert.match(await text(page, ".answer-headline"), /^Ships by (Thu 17|Fri 18|Sat 19|Sun 20|Mon 21|Tue 22) Nov \(8 in 10/);
    assert.match(await text(page, ".answer-note"), /What it waits for is overdue/);
  });
});

test("rushing an order serves it before the others", async () => {
  await visitors.visit({ hash: OWL }, async (page) => {
    await order(page, 10);
    await page.getByRole("button", { name: "Rush order W-1" }).click();
    await settled(page);
    assert.match(await text(page, ".queue-row"), /W-1 yours rush.*10 units.*first/);
    assert.equal(await page.getByRole("button", { name: "Rush order W-1" }).count(), 0);
    assert.match(await text(page, ".log-list .entry"), /Your order W-1 is rushed/);
  });
});

test("a refused order says why and what to do", async () => {
  await visitors.visit({ hash: CAKESTAND }, async (page) => {
    await page.fill("#quantity", "97");
    await settled(page);
    assert.equal(await text(page, ".answer-headline"), "At most 96 in one order");
    assert.ok(await page.getByRole("button", { name: "Place the order" }).isDisabled());
    await page.goto(`${visitors.address}#/item/23284`);
    await page.fill("#quantity", "500");
    await settled(page);
    assert.match(await text(page, ".answer-note"), /no backorders.*Order no more than what is there/);
    await page.fill("#quantity", "1.5");
    assert.equal(await text(page, ".answer-headline"), "How many?");
  });
});

test("looking at a delay changes nothing; making it moves just those promises, and the log says so", async () => {
  await visitors.visit({ hash: OWL }, async (page) => {
    await order(page, 48);
    const before = await everything(page);
    const verdict = await supposeLate(page, 0);
    assert.match(verdict, /^\d+ customers would be told a new date\.$/);
    assert.match(await text(page, ".told li"), /W-1/);
    assert.ok(await page.locator(".supposed-line").isVisible());
    await page.locator(".supposition:visible").getByRole("button", { name: "Leave it as it is" }).click();
    await settled(page);
    assert.deepEqual(await everything(page), before);
    assert.equal(await page.locator(".supposed-line").count(), 0);

    await supposeLate(page, 0);
    assert.match(await text(page, ".told .more-told"), /^and \d+ more$/);
    const moved = (await page.locator(".told li").count()) - 1 + number(await text(page, ".told .more-told"));
    const becomes = await text(page, ".told .becomes");
    const movedBefore = number(await text(page, ".figure:nth-child(4) .figure-value"));
    await page
      .locator(".supposition:visible")
      .getByRole("button", { name: /Make it so/ })
      .click();
    await settled(page);
    assert.match(await text(page, ".my-order .order-state"), new RegExp(`Promised ${becomes}\\.$`));
    assert.equal(number(await text(page, ".figure:nth-child(4) .figure-value")), movedBefore + moved);
    const entry = await text(page, ".log-list .entry");
    assert.match(entry, /Supply PO-\d+ of Hand warmer, owl is late: .+ instead of .+/);
    assert.match(entry, new RegExp(`${moved} promises moved to a later day`));
  });
});

test("a supply that never comes takes its dates with it, or falls back on the usual lead time", async () => {
  await visitors.visit({ hash: OWL }, async (page) => {
    const supplies = await page.locator(".supply").count();
    await supposeLate(page, 0, "It never comes");
    await page
      .locator(".supposition:visible")
      .getByRole("button", { name: /^Cancel PO-/ })
      .click();
    await settled(page);
    assert.equal(await page.locator(".supply").count(), supplies - 1);
    assert.match(
      await text(page, ".log-list .entry"),
      /Supply PO-\d+ of Hand warmer, owl is cancelled.*promises moved/,
    );
  });
});

test("receiving serves the queue in its order", async () => {
  await visitors.visit({ hash: OWL }, async (page) => {
    await order(page, 6);
    const before = await waiting(page);
    const units = page
      .locator(".supply")
      .first()
      .getByLabel(/Units received/);
    await units.fill(String(before - 6));
    await page.locator(".supply").first().getByRole("button", { name: "Receive" }).click();
    await settled(page);
    assert.equal(await waiting(page), 6);
    assert.match(await text(page, ".queue-row"), /W-1 yours.*6 units.*first/);
    assert.match(await text(page, ".log-list .entry"), new RegExp(`${before - 6} units went to \\d+ waiting orders`));
    await units.fill("6");
    await page.locator(".supply").first().getByRole("button", { name: "Receive" }).click();
    await settled(page);
    assert.match(await text(page, ".my-order .order-state"), /^6 set aside\./);
    assert.match(await text(page, ".log-list .entry"), /Your order W-1 has all it waited for/);
  });
});

test("what has no date gets one when more is ordered", async () => {
  await visitors.visit({ hash: "#/item/23570" }, async (page) => {
    assert.equal(await text(page, ".answer-headline"), "No date yet");
    await page.getByLabel("Units", { exact: true }).fill("2400");
    await page.locator(".schedule").getByRole("button", { name: "Order" }).click();
    await settled(page);
    assert.match(await text(page, ".answer-headline"), /^Ships (Mon|Tue|Wed|Thu|Fri|Sat|Sun) \d+ Nov$/);
    assert.match(await text(page, ".log-list .entry"), /waiting orders without a date now have one/);
  });
});

test("second thoughts: change the quantity, ask why, cancel", async () => {
  await visitors.visit({ hash: OWL }, async (page) => {
    await order(page, 48);
    const before = await waiting(page);
    await page.getByLabel("New quantity of W-1").fill("10");
    await page.getByRole("button", { name: "Change" }).click();
    await settled(page);
    assert.equal(await waiting(page), before - 38);
    await page.getByText("Why this date?").click();
    await page.locator(".my-order .reasons li").first().waitFor();
    await page.locator(".my-order").getByRole("button", { name: "Cancel order W-1" }).click();
    await settled(page);
    assert.equal(await waiting(page), before - 48);
    assert.match(await text(page, ".my-order .order-state"), /cancelled\.$/);
    assert.match(await text(page, ".log-list .entry"), /Your order W-1 cancelled/);
  });
});

test("the shelf can be counted, and units can turn up", async () => {
  await visitors.visit({ hash: "#/item/22720" }, async (page) => {
    await page.getByText("counting the shelf").click();
    await page.getByLabel("Units counted on the shelf").fill("500");
    await page.locator(".shelf form").nth(1).getByRole("button").click();
    await settled(page);
    assert.equal(await text(page, ".books div:nth-child(1) dd"), "500");
    await page.getByLabel("Units that just turned up").fill("7");
    await page.locator(".shelf form").nth(0).getByRole("button").click();
    await settled(page);
    assert.equal(await text(page, ".books div:nth-child(1) dd"), "507");
  });
});

test("time goes forward by hand, by slider and by itself, never back", async () => {
  await visitors.visit({ hash: OWL }, async (page) => {
    assert.equal(await text(page, ".clock-now"), "Mon 14 Nov 2011 08:00");
    await order(page, 48);
    await page.getByRole("button", { name: "+1 day" }).click();
    await settled(page);
    assert.equal(await text(page, ".clock-now"), "Tue 15 Nov 2011 08:00");
    await page.getByLabel("Move time forward").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await settled(page);
    assert.equal(await text(page, ".clock-now"), "Tue 15 Nov 2011 10:00");
    assert.match(await text(page, ".my-order .order-state"), /^48 set aside/, "the supply of that morning served it");
    await page.keyboard.press("ArrowLeft");
    await settled(page);
    assert.equal(await text(page, ".clock-now"), "Tue 15 Nov 2011 10:00");
    await page.getByRole("button", { name: "Run" }).click();
    await page.waitForFunction(() => /^48 shipped/.test(document.querySelector(".my-order .order-state").textContent));
    assert.equal(await page.locator(".log-list").getAttribute("aria-live"), "off");
    await page.getByRole("button", { name: "Stop" }).click();
    const stopped = await text(page, ".clock-now");
    await page.waitForTimeout(300);
    assert.equal(await text(page, ".clock-now"), stopped);
    assert.equal(await page.locator(".log-list").getAttribute("aria-live"), "polite");
    assert.match(
      await text(page, ".log-list"),
      /Your order W-1 has shipped: 48 × Hand warmer, owl The promise is kept\./,
    );
    assert.match(await text(page, ".log-list"), /orders came in/);
  });
});

test("what comes by itself can be switched off", async () => {
  await visitors.visit({ hash: OWL }, async (page) => {
    await page.getByText("Settings").click();
    for (const rule of ["Orders come in", "Supplies arrive", "What is ready ships"])
      await page.getByLabel(rule).uncheck();
    const before = await waiting(page);
    await page.getByRole("button", { name: "+1 week" }).click();
    await settled(page);
    assert.equal(await waiting(page), before);
    assert.match(await text(page, ".supply"), /overdue/);
  });
});

/** Opens the form of the place's days, which begins with Monday to Friday by 14:00. */
async function openDays(page) {
  await page.getByText("Change when they leave").click();
  await page.locator("#cutoff").waitFor();
  // A browser says that they were opened a moment after it has shown them.
  await page.locator(".dispatch .verdict:not(:empty)").waitFor();
}

test("the place's days are seen before they are kept; then dates follow them, and the parcels do", async () => {
  await visitors.visit({ hash: "#/item/22720" }, async (page) => {
    const before = await everything(page);
    assert.equal(await text(page, ".dispatch-lines"), "Parcels leave on any day, at any time.");
    await openDays(page);
    assert.match(await text(page, ".dispatch .verdict"), /^\d+ customers? would be told a new date\.$/);
    const moved = number(await text(page, ".dispatch .verdict"));
    assert.deepEqual(await everything(page), before, "nothing is done yet");
    for (const name of ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]) await page.getByLabel(name).uncheck();
    assert.match(await text(page, ".dispatch .verdict"), /Choose at least one day/);
    assert.ok(await page.getByRole("button", { name: "Keep these days" }).isDisabled());
    for (const name of ["Monday", "Wednesday"]) await page.getByLabel(name).check();
    assert.ok(number(await text(page, ".dispatch .verdict")) > moved, "fewer days, more who are told");
    await page.getByLabel("What is ready by").fill("07:30");
    await page.getByLabel("A day on which none leave").fill("2011-11-16");
    await page.locator(".dispatch").getByRole("button", { name: "Add" }).click();
    await page.getByRole("button", { name: "Keep these days" }).click();
    await settled(page);
    const leave = "Parcels leave on Monday and Wednesday, with what is ready by 07:30.";
    assert.equal(await text(page, ".dispatch-lines"), `${leave} None leave on Wed 16 Nov. Times are UTC.`);
    assert.match(await text(page, ".log-list .entry"), /Parcels leave on Monday and Wednesday.*promises moved to a later day/);
    // Monday 08:00 is after the cut-off, and Wednesday is off.
    assert.equal(await order(page, 6), "Ships Mon 21 Nov");
    assert.match(await text(page, ".answer-note"), /on the shelf\. Parcels leave on Monday and Wednesday/);
    assert.equal(await text(page, ".my-order .order-state"), "6 set aside. Promised Mon 21 Nov.");
    await page.reload();
    await ready(page);
    await settled(page);
    assert.match(await text(page, ".dispatch-lines"), /^Parcels leave on Monday and Wednesday/);
    for (let day = 0; day < 6; day += 1) await page.getByRole("button", { name: "+1 day" }).click();
    await settled(page);
    assert.match(await text(page, ".my-order .order-state"), /^6 set aside/, "none left in the evenings of a week");
    await page.getByRole("button", { name: "+1 day" }).click();
    await settled(page);
    assert.match(await text(page, ".my-order .order-state"), /^6 shipped/);
    assert.match(await text(page, ".log-list"), /Your order W-1 has shipped: .* The promise is kept\./);
    await openDays(page);
    assert.ok(await page.getByLabel("Wednesday").isChecked() && !(await page.getByLabel("Friday").isChecked()));
    assert.equal(await page.locator(".day-off").count(), 0, "it is over");
    await page.getByRole("button", { name: "Any day, any time" }).click();
    await settled(page);
    assert.equal(await text(page, ".answer-headline"), "Ships today");
  });
});

test("a place's clock is the page's", async () => {
  await visitors.visit({ hash: "#/item/22720" }, async (page) => {
    await openDays(page);
    await page.getByLabel("What is ready by").fill("");
    await page.getByLabel("Days for packing").fill("1");
    await page.getByLabel("Time zone").selectOption("Australia/Sydney");
    await page.getByRole("button", { name: "Keep these days" }).click();
    await settled(page);
    assert.equal(await text(page, ".clock-now"), "Mon 14 Nov 2011 19:00");
    assert.equal(await text(page, "#times"), "Times are those of Australia/Sydney.");
    assert.match(await text(page, ".dispatch-lines"), /Packing takes 1 more of these days\./);
    assert.equal(await text(page, ".answer-headline"), "Ships tomorrow");
    // Its morning is a morning there.
    await page.locator(".schedule").getByLabel("Due").fill("2011-11-17");
    await page.locator(".schedule").getByRole("button", { name: "Order" }).click();
    await settled(page);
    assert.match(await text(page, ".supplies"), /due Thu 17 Nov/);
  });
});

for (const [name, act] of [
  ["a few commands after the snapshot", async (page) => order(page, 48)],
  [
    "a week of orders, several snapshots on",
    async (page) => {
      await order(page, 48);
      await page.getByRole("button", { name: "+1 week" }).click();
      await order(page, 5);
    },
  ],
]) {
  test(`a reload finds everything as it was: ${name}`, async () => {
    await visitors.visit({ hash: OWL }, async (page) => {
      await act(page);
      await page.fill("#quantity", "24");
      await settled(page);
      const before = await everything(page);
      await page.reload();
      await ready(page);
      await settled(page);
      assert.deepEqual(await everything(page), before);
      await order(page, 1);
      assert.match(await text(page, ".order-form .result"), /^Order W-\d is placed/);
    });
  });
}

test("starting over forgets", async () => {
  await visitors.visit({ hash: OWL }, async (page) => {
    const before = await everything(page);
    await order(page, 48);
    await page.getByRole("button", { name: "+1 day" }).click();
    page.on("dialog", (dialog) => dialog.accept());
    await page.getByText("Settings").click();
    await Promise.all([page.waitForEvent("load"), page.getByRole("button", { name: "Start over" }).click()]);
    await ready(page);
    await settled(page);
    assert.deepEqual(await everything(page), before);
  });
});

test("a snapshot that can't be read is said to be so, and the shop begins anew", async () => {
  await visitors.visit({ hash: OWL }, async (page) => {
    const before = await waiting(page);
    await order(page, 48);
    await page.evaluate(
      () =>
        new Promise((resolve, reject) => {
          const request = indexedDB.open("backorder-shop");
          request.onerror = () => reject(request.error);
          request.onsuccess = () => {
            const transaction = request.result.transaction("state", "readwrite");
            const state = transaction.objectStore("state");
            state.get("checkpoint").onsuccess = ({ target: { result } }) => {
              result.snapshot[result.snapshot.length >> 1] ^= 1;
              state.put(result, "checkpoint");
            };
            transaction.oncomplete = resolve;
          };
        }),
    );
    await page.reload();
    await ready(page);
    await settled(page);
    assert.match(await text(page, "#notice"), /can’t be read by this version\. It begins anew/);
    assert.equal(await waiting(page), before);
    await order(page, 7);
    await page.reload();
    await ready(page);
    await settled(page);
    assert.ok(await page.locator("#notice").isHidden());
    assert.match(await text(page, ".my-order"), /W-1 7 × Hand warmer, owl/);
  });
});

test("a second tab says that it is not kept, and does not disturb the first", async () => {
  await visitors.visit({ hash: OWL }, async (page, { open }) => {
    await order(page, 48);
    await page.fill("#quantity", "24");
    await settled(page);
    const before = await everything(page);
    const other = await open();
    assert.match(await text(other, "#notice"), /open in another tab/);
    await order(other, 7);
    await other.close();
    await page.reload();
    await ready(page);
    await settled(page);
    assert.deepEqual(await everything(page), before);
    assert.ok(await page.locator("#notice").isHidden());
  });
});

test("a product's name is text, whatever it contains", async () => {
  const name = "<img src=x onerror=alert(1)> & sons";
  const prepare = (page) =>
    page.route("**/data/shop.json", async (route) => {
      const response = await route.fetch();
      const data = await response.json();
      data.products.find(({ sku }) => sku === "22865").name = name;
      await route.fulfill({ response, json: data });
    });
  await visitors.visit({ hash: OWL, prepare }, async (page) => {
    assert.equal(await text(page, "#item-title"), name);
    await order(page, 48);
    assert.ok((await text(page, ".log-list")).includes(name));
    assert.equal(await page.locator("main img").count(), 0);
  });
});

test("when the data does not come, the page says so", async () => {
  const prepare = (page) => page.route("**/data/shop.json", (route) => route.fulfill({ status: 500 }));
  await visitors.visit({ prepare }, async (page, { complaints }) => {
    assert.match(await text(page, "[role=alert]"), /could not open.*could not be loaded \(500\)/);
    assert.ok(complaints.some((complaint) => complaint.includes("500")));
    complaints.length = 0;
  });
});
