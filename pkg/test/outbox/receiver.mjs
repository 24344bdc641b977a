/** A receiver of webhooks that verifies each, takes some, and fails in every way that there is. */

import { createServer } from "node:http";
import { Webhook } from "standardwebhooks";

export const SECRET = `whsec_${Buffer.from("thirty-two bytes for a test, no more".slice(0, 32)).toString("base64")}`;

/**
 * What a receiver may do with a request, and whether it took the event: `behaviour` is asked for one of these at each.
 * "hang" and "takeAndHang" never answer.
 */
const BEHAVIOURS = {
  ok: { takes: true, answer: (response) => response.writeHead(204).end() },
  fail: { takes: false, answer: (response) => response.writeHead(500).end("out of order") },
  wait: { takes: false, answer: (response) => response.writeHead(503, { "retry-after": "0" }).end() },
  hang: { takes: false, answer: () => undefined },
  reset: { takes: false, answer: (response) => response.socket.resetAndDestroy() },
  takeAndDrop: { takes: true, answer: (response) => response.socket.destroy() },
  takeAndHang: { takes: true, answer: () => undefined },
};

export class Receiver {
  /** What was taken: where, which event, and when it came. */
  taken = [];
  requests = 0;
  #server;
  #verifier = new Webhook(SECRET);
  /** What was wrong with a request: told by `end`. */
  #fault;

  constructor(behaviour) {
    this.#server = createServer(async (request, response) => {
      const chunks = [];
      try {
        for await (const chunk of request) chunks.push(chunk);
      } catch {
        // The sender is gone before it had said all.
        return;
      }
      this.requests += 1;
      const { url: path, headers } = request;
      try {
        const event = this.#verifier.verify(Buffer.concat(chunks).toString(), headers);
        const how = behaviour({ path, headers, event });
        const { takes, answer } = typeof how === "string" ? BEHAVIOURS[how] : how;
        if (takes) this.taken.push({ path, id: headers["webhook-id"], event });
        answer(response);
      } catch (error) {
        this.#fault ??= error;
        response.writeHead(400).end();
      }
    });
  }

  async listen() {
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  async end() {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    if (this.#fault !== undefined) throw this.#fault;
  }
}
