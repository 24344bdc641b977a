import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { promisify } from "node:util";
import { de, en, eventMessage, languageProblems, noticeMessage } from "../../dist/messages.js";
import { LANGUAGES, ORDER, options, orderWith, sentence } from "./said.mjs";

const NOTICE = {
  notice: "N1", order: "A-1", line: "1", kind: "firstOption", revised: "2026-10-02", due: "2026-09-10",
  silence: "cancels", cancelsOn: "2026-10-10", refundBy: null, state: "due",
};

const SHIPPED = { seq: 1, at: 5, type: "lineShipped", order: "A-1", line: "1", sku: "lamp", location: "default", cause: { command: "ship" } };

/** What sentences of one form must say apart: ids and placeholders alone cannot tell when two are exchanged. */
const MEANINGS = {
  choice: { en: "full and prompt refund", de: "umgehend die vollständige Erstattung", fr: "remboursement intégral dans les meilleurs délais", es: "sin demora el reembolso íntegro", zh: "及时获得全额退款" },
  silenceConsents: { en: "deemed to consent to shipment", de: "gilt dies als Ihre Zustimmung zum Versand", fr: "votre silence vaut acceptation de l’expédition", es: "se entenderá que acepta el envío", zh: "即视为您同意" },
  silenceConsentsUnknown: { en: "a delay of unknown length", de: "Verzögerung von unbestimmter Dauer", fr: "un retard d’une durée indéterminée", es: "un retraso de duración indeterminada", zh: "期限不定的延迟" },
  silenceCancels: { en: "If you do not answer, your order for this item is cancelled automatically", de: "Wenn Sie nicht antworten, wird Ihre Bestellung dieses Artikels automatisch storniert", fr: "Si vous ne répondez pas, votre commande de cet article est annulée automatiquement", es: "Si no responde, su pedido de este artículo se cancelará automáticamente", zh: "如果您不答复，该商品的订单将自动取消" },
  silenceRejects: { en: "your silence does not count as consent", de: "gilt Ihr Schweigen nicht als Zustimmung", fr: "votre silence ne vaut pas acceptation", es: "su silencio no equivale a una aceptación", zh: "您的沉默不视为同意" },
  silenceNothing: { en: "your order stands", de: "bleibt Ihre Bestellung bestehen", fr: "votre commande est maintenue", es: "su pedido se mantiene", zh: "您的订单继续有效" },
  stillCancel: { en: "until the item has actually shipped", de: "bis der Artikel tatsächlich versandt ist", fr: "jusqu’à l’expédition effective de l’article", es: "hasta que el artículo se haya enviado efectivamente", zh: "在该商品实际发出之前" },
  mayCancel: { en: "until the item has actually shipped", de: "bis der Artikel tatsächlich versandt ist", fr: "jusqu’à l’expédition effective de l’article", es: "hasta que el artículo se haya enviado efectivamente", zh: "在该商品实际发出之前" },
  revisedUnknown: { en: "unable to say how long", de: "nicht sagen, wie lange", fr: "pas en mesure de dire combien de temps", es: "No podemos decirle cuánto", zh: "无法说明延迟将持续多久" },
  answerFree: { en: "costs you nothing", de: "kostet Sie nichts", fr: "est gratuite", es: "no le cuesta nada", zh: "无需任何费用" },
  cancellation: { en: "We will not ship", de: "nicht versenden", fr: "Nous n’expédierons pas", es: "No enviaremos", zh: "将不会发出" },
  deemedCancelled: { en: "cancelled automatically", de: "automatisch storniert", fr: "annulée automatiquement", es: "cancelado automáticamente", zh: "自动取消" },
  refundBy: { en: "full refund", de: "erstatten Ihnen alles", fr: "Tout ce que vous avez payé", es: "Le reembolsaremos todo", zh: "全部款项" },
  refundSoon: { en: "without undue delay", de: "unverzüglich", fr: "sans retard injustifié", es: "sin demora indebida", zh: "不作无故拖延" },
  rights: { en: "a further period", de: "weitere Frist", fr: "délai supplémentaire", es: "plazo adicional", zh: "交付期限" },
};

test("languages have the same ids and placeholders", () => {
  for (const language of LANGUAGES) {
    assert.deepEqual(languageProblems(language), [], language.tag);
    assert.deepEqual(Object.keys(language.messages), Object.keys(en.messages), language.tag);
  }
});

test("no sentence stands for two things, and none was left in English", () => {
  for (const { tag, messages } of LANGUAGES) {
    const sources = Object.values(messages);
    assert.equal(new Set(sources).size, sources.length, tag);
    if (tag === "en") continue;
    for (const [id, source] of Object.entries(messages)) assert.notEqual(source, en.messages[id], `${tag} ${id}`);
  }
});

test("what the law needs is said in so many words", () => {
  const days = { day: "2026-10-02", until: "2026-10-10", reason: "Kiln" };
  for (const language of LANGUAGES) {
    for (const [id, words] of Object.entries(MEANINGS)) {
      const text = sentence(language, id, { ...days, counts: "delivery" });
      assert.ok(text.includes(words[language.tag]), `${language.tag} ${id}: ${text}`);
    }
  }
});

test("a language is held against English", () => {
  const changed = (messages) => languageProblems({ ...de, messages: { ...de.messages, ...messages } });
  const { silenceCancels, silenceConsents, revised, about } = de.messages;
  for (const [messages, problems] of [
    [{ silenceRejects: silenceConsents }, ["silenceRejects: lacks $until", "silenceRejects: lacks $until :day",
      "silenceRejects: there is no $day", "silenceRejects: there is no $day :day"]],
    [{ silenceCancels: silenceCancels.replaceAll("{$until :day}", "{$until}") }, ["silenceCancels: lacks $until :day"]],
    [{ revised: revised.replace("* {{", "* {{Bald. }} shipment {{") }, ["revised: a variant lacks $day"]],
    [{ about: about.replace("{$shop}", "uns") }, ["about: lacks $shop"]],
    [{ refundBy: undefined }, ["refundBy: lacks"]],
    [{ refundSoon: "Bald {" }, ["refundSoon: parse-error at 6"]],
    [{ advert: "Mehr!" }, ["advert: there is no such message"]],
  ]) {
    assert.deepEqual(changed(messages), problems);
  }
});

test("a sentence that is not there, or cannot be read, is not passed over", () => {
  for (const [id, source] of [["silenceCancels", undefined], ["silenceCancels", "{"], ["choice", "{$nothing}"], ["closing", 7]]) {
    const language = { ...de, messages: { ...de.messages, [id]: source } };
    const refusal = { code: "INVALID_ARGUMENT", path: `options.language.messages.${id}` };
    assert.throws(() => noticeMessage(NOTICE, ORDER, options(language)), refusal);
  }
});

test("a language of one's own has its plurals, its direction and its numbers", () => {
  const shipped = ".input {$units :integer} .match $units one {{Wysłano {$units} sztukę.}} few {{Wysłano {$units} sztuki.}} * {{Wysłano {$units} sztuk.}}";
  const pl = { ...en, tag: "pl", messages: { ...en.messages, shipped } };
  assert.deepEqual(languageProblems(pl), []);
  for (const [quantity, words] of [[1, "1 sztukę"], [2, "2 sztuki"], [5, "5 sztuk"], [22, "22 sztuki"], [12, "12 sztuk"]]) {
    assert.match(eventMessage({ ...SHIPPED, quantity }, ORDER, options(pl)).text, new RegExp(`Wysłano ${words}\\.`));
  }
  for (const [language, one, many] of [
    [en, "1 unit has", "1,234 units have"], [de, "1 Stück ist", "1.234 Stück sind"], [LANGUAGES[2], "1 unité a", "1\u202f234 unités ont"],
    [LANGUAGES[3], "enviado 1 unidad.", "enviado 1234 unidades."], [LANGUAGES[4], "发出 1 件", "发出 1,234 件"],
  ]) {
    const said = (quantity) => eventMessage({ ...SHIPPED, quantity }, ORDER, options(language)).text;
    assert.ok(said(1).includes(one), said(1));
    assert.ok(said(1234).includes(many), said(1234));
  }

  const ar = { ...en, tag: "ar", direction: "rtl" };
  const { html, text } = noticeMessage(NOTICE, ORDER, options(ar));
  assert.match(html, /^<div lang="ar" dir="rtl">/);
  assert.ok(html.includes('<bdi dir="rtl">3</bdi> units of “<bdi dir="ltr">Lamp</bdi>”'), html);
  assert.ok(text.includes("\u20673\u2069 units of “\u2066Lamp\u2069”"), text);
});

test("what others wrote stays text, on its line, and turns nothing else around", () => {
  const evil = '<img src=x onerror="alert(1)">\r\nBcc: a@b.example\u2028\u202e\u2069\ud800 {$shop} &amp; \'';
  const flat = '<img src=x onerror="alert(1)"> Bcc: a@b.example \ufffd {$shop} &amp; \'';
  const notice = { ...NOTICE, revised: "indefinite" };
  for (const language of LANGUAGES) {
    const order = { ...orderWith({}), order: evil };
    const say = (text, order) =>
      noticeMessage(notice, order, options(language, { shop: text, customer: text, reason: text, nameOf: () => text }));
    const { subject, text, html, sms } = say(evil, order);
    const tame = say("tame", { ...order, order: "tame" });
    for (const each of [subject, text, sms.text]) assert.ok(each.includes(flat), each);
    assert.doesNotMatch(subject + text + html + sms.text, /[\r\u2028\u202e\ud800]/);
    assert.doesNotMatch(subject, /\n/);
    for (const [one, other] of [[text, tame.text], [sms.text, tame.sms.text]]) {
      assert.equal(one.split("\n").length, other.split("\n").length);
    }
    const tags = (html) => html.match(/<[^>]*>/g);
    assert.deepEqual(tags(html), tags(tame.html));
    assert.ok(html.includes("&#60;img src=x onerror=&#34;alert(1)&#34;&#62; Bcc: a@b.example \ufffd {$shop} &#38;amp; &#39;"));
  }
});

test("what runs from right to left is isolated, and nothing else", () => {
  const name = "מנורה 3";
  for (const language of LANGUAGES) {
    const said = noticeMessage(NOTICE, ORDER, options(language, { nameOf: () => name }));
    assert.ok(said.subject.includes(`\u2068${name}\u2069`));
    assert.ok(said.text.includes(`\u2068${name}\u2069`));
    assert.ok(said.html.includes(`<bdi>${name}</bdi>`));
    const { subject, text, html } = noticeMessage(NOTICE, ORDER, options(language));
    assert.doesNotMatch(subject + text + html, /[\u2066-\u2069]|bdi/);
  }
});

test("addresses lead to where to answer, and nowhere else", () => {
  const [language] = LANGUAGES;
  const say = (cancel) => noticeMessage({ ...NOTICE, silence: "consent" }, ORDER, options(language, { links: { cancel } }));
  for (const wrong of ["javascript:alert(1)", "data:text/html,x", "/cancel", "", " ", 7, null, "https://"]) {
    assert.throws(() => say(wrong), { code: "INVALID_ARGUMENT", path: "options.links.cancel" }, String(wrong));
  }
  const { html, text } = say('https://shop.example/"><script>\n&x=\u05d0');
  assert.ok(html.includes('<a href="https://shop.example/%22%3E%3Cscript%3E&#38;x=%D7%90">'), html);
  assert.doesNotMatch(text, /<script>/);
  for (const right of ["mailto:a@shop.example?subject=N1", "tel:+18005550100", "http://localhost:8080/c"]) say(right);
});

test("options that cannot be right are refused by their path", () => {
  for (const [path, more] of [
    ["options.language", { language: undefined }],
    ["options.language", { language: { tag: "en", messages: null } }],
    ["options.language.tag", { language: { ...en, tag: "not a tag" } }],
    ["options.locale", { locale: "x" }],
    ["options.timeZone", { timeZone: "Mars" }],
    ["options.shop", { shop: "" }],
    ["options.customer", { customer: 7 }],
    ["options.nameOf", { nameOf: () => "" }],
    ["options.counts", { counts: "payment" }],
    ["options.links.answer", { links: { answer: "https://shop.example" } }],
    ["options.colour", { colour: "red" }],
  ]) {
    assert.throws(() => noticeMessage(NOTICE, ORDER, options(en, more)), { code: "INVALID_ARGUMENT", path }, path);
  }
});

test("docs/MESSAGES.md names each message with its placeholders, and its code runs", async () => {
  const page = readFileSync(new URL("../../../docs/MESSAGES.md", import.meta.url), "utf8");
  const [, table] = page.split("| id | placeholders | where |\n|---|---|---|\n");
  const told = table.trim().split("\n").flatMap((row) => {
    const [, ids, placeholders] = row.split("|");
    const names = [...placeholders.matchAll(/`\$(\w+)`/g)].map(([, name]) => name).sort().join();
    return [...ids.matchAll(/`(\w+)`/g)].map(([, id]) => [id, names]);
  });
  const namesIn = (source) => [...new Set(source.match(/(?<=\$)\w+/g))].sort().join();
  const are = Object.entries(en.messages).map(([id, source]) => [id, namesIn(source)]);
  assert.deepEqual(told.sort(), are.sort());

  const [, code] = /^```js\n(.*?)^```$/ms.exec(page);
  const cwd = new URL("../..", import.meta.url);
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], { cwd });
  assert.equal(stdout, "[]\n");
});
