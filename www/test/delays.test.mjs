// A delay from both sides: the merchant's desk and the customer's inbox, in a real browser.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { ready, settled, text, Visitors } from "./harness.mjs";

let visitors;
before(async () => {
  visitors = await Visitors.arrive();
});
after(() => visitors.leave());

const CAKESTAND = "#/item/22423";
const UNDATED = "#/item/23570";

async function order(page, { quantity = 6, regime } = {}) {
  await page.fill("#quantity", String(quantity));
  if (regime !== undefined) {
    await page.getByText("Wishes").click();
    await page.getByLabel("Law about delays").selectOption(regime);
  }
  await page.getByRole("button", { name: "Place the order" }).click();
  await settled(page);
}

const open = async (page) => {
  await page.locator(".delays-bar").click();
  await settled(page);
};

/** Takes away the first supplies that there are, so that what waits is promised later. */
async function loseSupplies(page, count) {
  for (let lost = 0; lost < count; lost += 1) {
    await page.locator(".supply").first().getByRole("button", { name: "What if it’s late?" }).click();
    await page.getByRole("radio", { name: "It never comes" }).check();
    await settled(page);
    await page.locator(".supposition:visible .button.primary").click();
    await settled(page);
  }
}

const press = async (page, name) => {
  await page.getByRole("button", { name }).click();
  await settled(page);
};
const follow = async (page, name) => {
  await page.locator(".mail-body").getByRole("link", { name }).click();
  await settled(page);
};
/** What the record says that happened, in its order, by the file that the page gives. */
async function recorded(page) {
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "save as CSV" }).click()]);
  assert.equal(download.suggestedFilename(), "promises.csv");
  const rows = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
  return rows.slice(1).map((row) => row.split(",")[2]);
}

const mails = (page) => page.locator(".mail-title").allInnerTexts();

test("one line says what is to be done; an order is confirmed in the inbox", async () => {
  await visitors.visit({ hash: CAKESTAND }, async (page) => {
    assert.match(await text(page, ".delays-bar"), /Order something, then have its supply come late\./);
    const top = () => page.locator(".order-form").evaluate((form) => form.getBoundingClientRect().top + window.scrollY);
    const before = await top();
    await order(page);
    // Nothing moves away from under the hand that orders.
    assert.equal(await top(), before);
    assert.match(await text(page, ".delays-bar"), /1 message$/);
    await open(page);
    assert.deepEqual(await mails(page), ["Order W-1: received"]);
    assert.match(await text(page, ".mail-body"), /6 × “Regency cakestand, three tiers”/);
    assert.match(await text(page, ".merchant"), /Nobody is to be told of a delay/);
    assert.ok(await page.locator(".standing-says").isHidden());
  });
});

test("a short delay: told by the merchant, silence would mean yes, and the customer cancels", async () => {
  await visitors.visit({ hash: CAKESTAND }, async (page) => {
    await order(page);
    await loseSupplies(page, 2);
    assert.match(await text(page, ".delays-bar"), /1 thing to do, the first by [A-Z].*1 message$/);
    await open(page);
    const stated = /^To be done by the end of (.+)\.$/.exec(await text(page, ".duty-due"))[1];
    assert.match(await text(page, ".duty"), /^W-1: an offer to wait or to cancel is to be sent .*Silence will mean yes\./);
    await page.getByLabel("Why W-1 is late").fill("The kiln <b>broke</b>.");
    await press(page, "Mark as sent");
    assert.match((await mails(page))[0], /is delayed, you may wait or cancel$/);
    const body = await text(page, ".mail-body");
    for (const said of ["The kiln <b>broke</b>.", "full and prompt refund", "you are deemed to consent"]) assert.ok(body.includes(said), said);
    assert.equal(await page.locator(".mail-body b").count(), 0);
    assert.match(await text(page, ".standing-says"), /^No answer means yes: the order waits until/);
    assert.match(await text(page, ".standing-left"), /^\d+ days left, until the end of/);
    const key = await text(page, ".track-key");
    for (const mark of ["Ordered", "First promised", "Told of a delay", `${stated} To ship by, as stated`, "Promised now", "Now"]) assert.ok(key.includes(mark), `${mark}: ${key}`);

    await follow(page, "Cancel and receive a refund");
    assert.match((await mails(page))[0], /is cancelled$/);
    assert.match(await text(page, ".standing-says"), /^The order is cancelled, and paid back by/);
    assert.match(await text(page, ".track-key"), /Mon 14 Nov Cancelled .*Pay back by$/);
    assert.match(await text(page, ".my-order .order-state"), /^6 cancelled/);
    await press(page, "Mark as paid back");
    // Each loss of a supply moves the promise, and makes another notice.
    assert.deepEqual([...new Set(await recorded(page))], [
      "orderPlaced", "promiseMade", "promiseMoved", "noticeDue", "noticeSent", "answered", "refundDue", "lineCancelled", "refunded",
    ]);
    assert.match(await text(page, ".duty h4"), /The order is cancelled and paid back\./);
    assert.match(await text(page, ".mail-body"), /paid back|refund/i);
    assert.equal(await page.getByRole("button", { name: "Mark as paid back" }).count(), 0);
  });
});

test("without a date silence cancels, when the day is over, and a message of it is kept over a reload", async () => {
  await visitors.visit({ hash: UNDATED }, async (page) => {
    await page.getByText("Settings").first().click();
    await order(page);
    await open(page);
    assert.match(await text(page, ".duty"), /a day that nobody knows yet\. Silence will cancel it\./);
    await press(page, "Mark as sent");
    const until = /^If nobody answers by the end of (.+), the order is cancelled and paid back\.$/.exec(await text(page, ".standing-says"))[1];
    assert.ok((await text(page, ".track-key")).includes(`${until} Answer by`));
    const gone = () => page.locator(".standing-gauge").evaluate((gauge) => Number(gauge.style.getPropertyValue("--gone")));
    assert.equal(await gone(), 0);
    await press(page, "+1 week");
    assert.ok((await gone()) > 0.05);
    for (let week = 0; week < 9; week += 1) await press(page, "+1 week");
    assert.match((await mails(page))[0], /is cancelled$/);
    assert.match(await text(page, ".mail-body"), /did not|not received|no answer|cancelled/);
    assert.match(await text(page, ".log-list"), /Your order W-1 is cancelled by law/);
    assert.match(await text(page, ".duty-due"), /^To be done by the end of Wed 25 Jan\.$/);
    await press(page, "+1 week");
    assert.equal(await text(page, ".duty-due"), "Late: it had to be done by Wed 25 Jan.");
    const record = await recorded(page);
    for (const what of ["noticeSent", "orderDeemedCancelled", "refundDue"]) assert.ok(record.includes(what), what);
    const shown = [await mails(page), await text(page, ".mail-body"), await text(page, ".standing"), await text(page, ".duty")];
    await page.reload();
    await ready(page);
    await open(page);
    assert.deepEqual([await mails(page), await text(page, ".mail-body"), await text(page, ".standing"), await text(page, ".duty")], shown);
    assert.deepEqual(await recorded(page), record);
  });
});

test("who agrees to wait is told so, and may cancel later where nobody knows how long", async () => {
  await visitors.visit({ hash: UNDATED }, async (page) => {
    await order(page);
    await open(page);
    await press(page, "Mark as sent");
    await follow(page, /^Agree/);
    assert.equal(await text(page, ".standing-says"), "The customer agreed to wait, however long, and may cancel until it ships.");
    assert.match(await text(page, ".track-key"), /Agreed to wait/);
    // The offer is answered: what is asked there is asked no more.
    await page.locator(".mail-choice").nth(1).click();
    await settled(page);
    assert.ok(await page.locator(".mail-body a").first().isHidden());
    await page.locator(".mail-choice").first().click();
    await settled(page);
    await follow(page, /^Cancel/);
    assert.match(await text(page, ".my-order .order-state"), /^6 cancelled/);
  });
});

test("in the EU a new date is told, and no answer is needed; by no law nobody is told", async () => {
  await visitors.visit({ hash: UNDATED }, async (page) => {
    await order(page, { regime: "eu" });
    await open(page);
    assert.match(await text(page, ".duty h4"), /^W-1: a new date is to be sent$/);
    await press(page, "Mark as sent");
    assert.match(await text(page, ".standing-says"), /^No answer is needed/);
    assert.ok(await page.locator(".standing-clock").isHidden());
  });
  await visitors.visit({ hash: UNDATED }, async (page) => {
    await order(page, { regime: "none" });
    await open(page);
    assert.match(await text(page, ".merchant"), /Nobody is to be told of a delay/);
  });
});

test("the customer reads it in their language", async () => {
  await visitors.visit({ hash: CAKESTAND }, async (page) => {
    await order(page);
    await open(page);
    const said = new Set();
    for (const language of ["en", "de", "fr", "es", "zh"]) {
      await page.getByLabel("The customer’s language").selectOption(language);
      await settled(page);
      assert.equal(await page.locator(".mail-body > div").getAttribute("lang"), language);
      said.add(await text(page, ".mail-subject"));
    }
    assert.equal(said.size, 5);
  });
});
