import assert from "node:assert/strict";
import { test } from "node:test";
import { eventMessage, smsLength } from "../../dist/messages.js";
import { LANGUAGES, ORDER, options } from "./said.mjs";

test("segments are counted as GSM 03.38 and 03.40 have them", () => {
  for (const [text, encoding, units, segments] of [
    ["", "gsm7", 0, 1],
    ["a".repeat(160), "gsm7", 160, 1],
    ["a".repeat(161), "gsm7", 161, 2],
    ["a".repeat(306), "gsm7", 306, 2],
    ["a".repeat(307), "gsm7", 307, 3],
    ["€".repeat(80), "gsm7", 160, 1],
    ["€".repeat(81), "gsm7", 162, 2],
    // 153 septets hold 76 signs of two: the last septet of each segment stays empty.
    ["€".repeat(152), "gsm7", 304, 2],
    ["€".repeat(153), "gsm7", 306, 3],
    ["@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉÄÖÑÜ§¿¡äöñüà\n\r", "gsm7", 43, 1],
    ["^{}\\[~]|€\f", "gsm7", 20, 1],
    ["ç", "ucs2", 1, 1],
    ["`", "ucs2", 1, 1],
    ["中".repeat(70), "ucs2", 70, 1],
    ["中".repeat(71), "ucs2", 71, 2],
    ["中".repeat(134), "ucs2", 134, 2],
    ["中".repeat(135), "ucs2", 135, 3],
    ["😀".repeat(35), "ucs2", 70, 1],
    // 67 units hold 33 pairs.
    ["😀".repeat(66), "ucs2", 132, 2],
    ["😀".repeat(67), "ucs2", 134, 3],
    ["a".repeat(69) + "中", "ucs2", 70, 1],
  ]) {
    assert.deepEqual(smsLength(text), { encoding, units, segments }, `${text.length} ${text.slice(0, 3)}`);
  }
});

test("signs for which plain ones do don't halve what an SMS holds, and letters stay", () => {
  const event = { seq: 1, at: 5, type: "lineShipped", order: "A-1", line: "1", quantity: 2, cause: { command: "ship" } };
  const [en, de, fr, es, zh] = LANGUAGES.map((language) => eventMessage(event, ORDER, options(language)).sms);
  assert.equal(en.text, 'Your order A-1 with Sun & Moon: 3 units of "Lamp".\n2 units have shipped. 3 units are still to ship.');
  assert.equal(de.text, 'Ihre Bestellung A-1 bei Sun & Moon: 3 Stück "Lamp".\n2 Stück sind versandt. 3 Stück folgen noch.');
  assert.equal(fr.text, 'Votre commande A-1 chez Sun & Moon : 3 unités de "Lamp".\n2 unités ont été expédiées. 3 unités restent à expédier.');
  assert.equal(es.text, 'Su pedido A-1 a Sun & Moon: 3 unidades de "Lamp".\nSe han enviado 2 unidades. Quedan 3 unidades por enviar.');
  assert.equal(zh.text, "您在Sun & Moon的订单 A-1：“Lamp”3 件。\n已发出 2 件。尚有 3 件待发。");
  assert.deepEqual([en, de, fr, es, zh].map(({ encoding, segments }) => [encoding, segments]), [
    ["gsm7", 1], ["gsm7", 1], ["gsm7", 1], ["gsm7", 1], ["ucs2", 1],
  ]);
  const named = eventMessage(event, ORDER, options(LANGUAGES[0], { nameOf: () => "Façade" })).sms;
  assert.match(named.text, /“Façade”/);
  assert.equal(named.encoding, "ucs2");
});
