// Mails by nodemailer to a real server on this machine.

import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { emailSender, openOutbox } from "backorder/outbox";
import { memoryStore, openStored } from "backorder/store";
import { createTransport } from "nodemailer";
import { SMTPServer } from "smtp-server";
import { order } from "../shop.mjs";

const EVENTS = { engine: "shop@1", typePrefix: "com.example" };

let server;
let transport;
let refusal;
let mails;
before(async () => {
  const refused = (where) => {
    if (refusal?.where !== where) return null;
    const { code } = refusal;
    return Object.assign(new Error("not this one"), { responseCode: code });
  };
  server = new SMTPServer({
    disabledCommands: ["STARTTLS"],
    authOptional: true,
    logger: false,
    onAuth: (_auth, _session, done) => done(new Error("who are you?")),
    onMailFrom: (_address, _session, done) => done(refused("MAIL FROM")),
    onRcptTo: (_address, _session, done) => done(refused("RCPT TO")),
    async onData(stream, { envelope }, done) {
      const chunks = [];
      for await (const chunk of stream) chunks.push(chunk);
      const text = Buffer.concat(chunks).toString();
      const error = refused("DATA");
      if (error === null) mails.push({ to: envelope.rcptTo.map(({ address }) => address), from: envelope.mailFrom.address, ...parsed(text) });
      done(error);
    },
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  transport = createTransport({ host: "127.0.0.1", port: server.server.address().port });
});
after(() => new Promise((resolve) => server.close(resolve)));
beforeEach(() => {
  refusal = undefined;
  mails = [];
});

/** Headers by name, unfolded, and the body as it came. */
function parsed(mail) {
  const [head, ...body] = mail.split("\r\n\r\n");
  const headers = new Map();
  for (const line of head.replace(/\r\n[ \t]/g, " ").split("\r\n")) {
    const [, name, value] = /^([\w-]+): ?(.*)$/.exec(line);
    assert.ok(!headers.has(name.toLowerCase()), `${name} once`);
    headers.set(name.toLowerCase(), value);
  }
  return { headers, body: body.join("\r\n\r\n") };
}

/** A shop with an order, and mails about it. */
async function world(message, options = {}) {
  const clock = { now: 0 };
  const shop = await openStored(memoryStore(), { events: "keep" });
  await shop.apply({ type: "defineItem", sku: "lamp" }, 0);
  await shop.apply(order("A", 1), 1);
  const send = emailSender({ transport, from: { name: "The Lamp Shop", address: "news@lamps.example" }, message, ...options });
  const outbox = await openOutbox(shop, memoryStore(), {
    events: EVENTS,
    destinations: { mail: { send, types: ["orderPlaced"], delaysMs: [1, 1] } },
    now: () => clock.now,
  });
  return { outbox, clock };
}

const MESSAGE = { to: "ada@customers.example", subject: "Your lamp is late", text: "It comes on Friday.\n\nThe Lamp Shop" };

test("a mail to one mailbox, of text and HTML, whose id is that of the event", async () => {
  const html = "<p>It comes on <b>Friday</b>.</p>";
  const { outbox } = await world((event) => ({ ...MESSAGE, html, subject: `${event.data.order}: 你的灯 <late>` }));
  await outbox.deliver();
  const [{ to, from, headers, body }] = mails;
  assert.deepEqual([to, from], [["ada@customers.example"], "news@lamps.example"]);
  assert.equal(headers.get("message-id"), "<shop%401-1@lamps.example>");
  assert.equal(headers.get("from"), "The Lamp Shop <news@lamps.example>");
  assert.equal(headers.get("to"), "ada@customers.example");
  assert.equal(headers.get("auto-submitted"), "auto-generated");
  assert.match(headers.get("subject"), /^=\?UTF-8\?/i);
  assert.match(headers.get("content-type"), /^multipart\/alternative/);
  assert.match(body, /It comes on Friday\./);
  assert.match(body, /<b>Friday<\/b>/);
});

test("where there is nothing to say nothing is sent, and that is that", async () => {
  const { outbox } = await world(() => undefined);
  await outbox.deliver();
  assert.deepEqual([mails, outbox.status()], [[], [{ destination: "mail", waiting: 0, dead: 0 }]]);
});

test("no text makes a header, a recipient or a file", async () => {
  const evil = "x\r\nBcc: all@customers.example\r\n\r\nbody\u2028X-Other: 1\0";
  const { outbox } = await world(() => ({
    to: { name: evil, address: "ada@customers.example" },
    subject: evil,
    text: { path: "/etc/hostname" },
    html: { href: "http://127.0.0.1/secret" },
  }));
  await outbox.deliver();
  const [{ to, headers, body }] = mails;
  assert.deepEqual(to, ["ada@customers.example"]);
  for (const name of ["bcc", "x-other", "cc"]) assert.ok(!headers.has(name), name);
  assert.equal(headers.get("subject"), "x Bcc: all@customers.example body X-Other: 1");
  assert.match(headers.get("to"), /^"?x Bcc: all@customers\.example body X-Other: 1"? <ada@customers\.example>$/);
  assert.match(body, /\[object Object\]/);
});

test("what is not one address is a dead letter, and nobody gets it", async () => {
  for (const to of [
    "ada@a.example, eve@b.example",
    "ada@a.example eve@b.example",
    "Ada <ada@a.example>",
    "ada@a.example\r\nRCPT TO:<eve@b.example>",
    "ada@a.example\n",
    "<ada@a.example>",
    '"eve@b.example,"@a.example',
    "group: eve@b.example;",
    "ada",
    "@a.example",
    "",
    undefined,
    null,
    { name: "Ada" },
    { name: "Ada", address: ["ada@a.example", "eve@b.example"] },
    `${"a".repeat(250)}@a.example`,
    "ada\u200b@a.example",
  ]) {
    const { outbox } = await world(() => ({ ...MESSAGE, to }));
    await outbox.deliver();
    assert.equal(outbox.deadLetters().length, 1, `to: ${JSON.stringify(to)}`);
    assert.match(outbox.deadLetters()[0].error, /one e-mail address/);
    assert.throws(() => emailSender({ transport, from: to, message: () => MESSAGE }), { path: "options.from" });
  }
  assert.deepEqual(mails, []);
});

test("what the server refuses for good is a dead letter; what concerns all mails, or not for good, is tried again", async () => {
  for (const [where, code, dead] of [
    ["RCPT TO", 550, 1],
    ["DATA", 554, 1],
    ["RCPT TO", 451, 0],
    ["DATA", 452, 0],
    ["MAIL FROM", 553, 0],
  ]) {
    refusal = { where, code };
    const { outbox, clock } = await world(() => MESSAGE);
    await outbox.deliver();
    assert.deepEqual([outbox.status()[0].dead, outbox.status()[0].waiting], [dead, 1 - dead], `${where} ${code}`);
    refusal = undefined;
    clock.now = 9;
    await outbox.deliver();
    assert.equal(mails.length, 1 - dead);
    mails.length = 0;
  }
});

test("who can't log in or connect tries again, and the mail keeps its id", async () => {
  const { port } = server.server.address();
  for (const settings of [{ auth: { user: "shop", pass: "wrong" }, port }, { port: 1 }]) {
    let made = createTransport({ host: "127.0.0.1", ...settings });
    const { outbox, clock } = await world(() => MESSAGE, { transport: { sendMail: (mail) => made.sendMail(mail) } });
    await outbox.deliver();
    assert.deepEqual([outbox.deadLetters().length, mails.length], [0, 0]);
    made = transport;
    clock.now = 9;
    await outbox.deliver();
    assert.equal(mails.pop().headers.get("message-id"), "<shop%401-1@lamps.example>");
  }
});

test("a message that can't be made now is tried again", async () => {
  let first = true;
  const { outbox, clock } = await world(async () => {
    if (!first) return MESSAGE;
    first = false;
    throw new Error("no database");
  });
  await outbox.deliver();
  clock.now = 9;
  await outbox.deliver();
  assert.equal(mails.length, 1);
});

test("a notice that is due is mailed, and counts as sent when it is", async () => {
  const [now, day] = [Date.UTC(2026, 10, 23), 86_400_000];
  const clock = { now };
  const shop = await openStored(memoryStore(), { events: "keep" });
  for (const command of [
    { type: "defineItem", sku: "lamp" },
    { type: "scheduleSupply", supply: "PO-1", sku: "lamp", quantity: 9, due: now + 5 * day },
    order("A", 1, { regime: "ftc", statedShipBy: "2026-11-30" }),
    { type: "rescheduleSupply", supply: "PO-1", due: now + 20 * day },
  ]) {
    assert.equal((await shop.apply(command, now)).status, "applied");
  }
  const state = () => shop.notices().map((notice) => notice.state);
  assert.deepEqual(state(), ["due"]);
  const mail = emailSender({ transport, from: "news@lamps.example", message: ({ data }) => (data.type === "noticeDue" ? MESSAGE : undefined) });
  const send = async (delivery) => {
    const { data } = delivery.event;
    if (!(await mail(delivery)) || data.type !== "noticeDue") return;
    await shop.apply({ type: "noticeSent", notice: data.notice, offersCancel: true }, clock.now);
  };
  const options = { events: EVENTS, destinations: { mail: { send, delaysMs: [1] } }, now: () => clock.now };
  const outbox = await openOutbox(shop, memoryStore(), options);
  refusal = { where: "DATA", code: 451 };
  await outbox.deliver();
  assert.deepEqual([state(), mails.length], [["due"], 0]);
  refusal = undefined;
  clock.now += 9;
  await outbox.deliver();
  assert.deepEqual([state(), mails.length], [["sent"], 1]);
});
