// Messages in a page that allows no inline script, without an import map: made there, put there, and nothing in them runs.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Blank } from "./blank.mjs";

let blank;
before(async () => {
  blank = await Blank.begin();
});
after(() => blank.end());

const NOTICE = {
  notice: "N1", order: "A-1", line: "1", kind: "firstOption", revised: "2026-10-02", due: "2026-09-10",
  silence: "cancels", cancelsOn: "2026-10-10", refundBy: null, state: "due",
};
const LINE = { line: "1", sku: "lamp", quantity: 2, allocated: 0, backordered: 2, shipped: 0, cancelled: 0, promised: null };

test("what others wrote is text in the page, in each language", async () => {
  await blank.visit(async (open) => {
    const page = await open();
    const name = '</p><img src="/x" onerror="run()"><script>run()</script> מנורה';
    const said = await page.evaluate(
      async ([notice, line, name]) => {
        const messages = await import("/backorder/messages.js");
        const { noticeMessage } = messages;
        globalThis.ran = 0;
        globalThis.run = () => (globalThis.ran += 1);
        const links = { consent: 'https://shop.example/"onclick="run()', cancel: "https://shop.example/cancel" };
        const order = { order: "A-1", placedAt: 0, lines: [line] };
        return ["en", "de", "fr", "es", "zh"].map((tag) => {
          const options = { language: messages[tag], shop: name, customer: name, nameOf: () => name, reason: name, links };
          document.body.innerHTML = noticeMessage(notice, order, options).html;
          const all = [...document.body.querySelectorAll("*")];
          return {
            lang: document.body.firstChild.lang,
            tags: [...new Set(all.map(({ localName }) => localName))].sort().join(),
            attributes: [...new Set(all.flatMap((element) => element.getAttributeNames()))].sort().join(),
            names: [...document.querySelectorAll("bdi")].filter((element) => element.textContent === name).length,
            hosts: [...document.querySelectorAll("a")].map(({ host }) => host).join(),
            ran: globalThis.ran,
          };
        });
      },
      [NOTICE, LINE, name],
    );
    assert.deepEqual(said, ["en", "de", "fr", "es", "zh"].map((lang) => ({
      lang, tags: "a,bdi,br,div,p", attributes: "href,lang", names: 4, hosts: "shop.example,shop.example", ran: 0,
    })));
  });
});
