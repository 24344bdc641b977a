import assert from "node:assert/strict";
import { test } from "node:test";
import { PUSH_PAYLOAD_BYTES, pushPayload } from "backorder/outbox";

const navigate = "https://shop.example/orders/A-1";
const bytes = (text) => Buffer.byteLength(text);

test("a declarative push message, with what was given and no more", () => {
  const message = { subject: "Your lamp is late", text: "It comes on Friday.", html: "<p>", sms: {} };
  assert.deepEqual(JSON.parse(pushPayload(message, { navigate, tag: "order/A-1", language: "en" })), {
    web_push: 8030,
    notification: { title: message.subject, body: message.text, navigate, tag: "order/A-1", lang: "en" },
  });
  assert.deepEqual(Object.keys(JSON.parse(pushPayload(message, { navigate: new URL(navigate) })).notification), ["title", "body", "navigate"]);
});

test("what is too long loses its end, between characters, and as little as may be", () => {
  assert.equal(PUSH_PAYLOAD_BYTES, 4096 - 86 - 16 - 1);
  for (const character of ["a", "ä", "灯", "\u{1f4a1}", '"', "\n", "\0", " "]) {
    for (const count of [0, 1, 600, 900, 1_300, 3_800, 3_900, 4_000, 99_999]) {
      const text = character.repeat(count);
      const payload = pushPayload({ subject: "s", text }, { navigate });
      const { body } = JSON.parse(payload).notification;
      assert.ok(bytes(payload) <= PUSH_PAYLOAD_BYTES);
      if (body === text) continue;
      assert.ok(body.endsWith("…") && text.startsWith(body.slice(0, -1)) && body.isWellFormed());
      if (character.trim() === "") continue;
      const more = JSON.stringify(body.slice(0, -1) + character + "…").length;
      assert.ok(more > 0 && bytes(payload) + bytes(JSON.stringify(character)) - 2 > PUSH_PAYLOAD_BYTES, `${character} ${count}`);
    }
  }
});

test("a subject that leaves no room, and URLs that lead nowhere, are refused", () => {
  assert.throws(() => pushPayload({ subject: "s".repeat(4_000), text: "t" }, { navigate }), { path: "message.subject" });
  assert.throws(() => pushPayload({ subject: "s", text: "t" }, { navigate: "/orders" }), { code: "INVALID_ARGUMENT", path: "options.navigate" });
  assert.throws(() => pushPayload({ subject: "s", text: "t" }, { navigate, url: navigate }), { path: "options.url" });
});
