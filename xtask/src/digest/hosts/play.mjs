// Plays a history through the package's own entry, as examples/digest/player.rs does natively: step by step the same, so
// that the digests can be compared. There is nothing here that one host has and another has not.

import { createEngine, init, restoreEngine } from "backorder";

const DIGITS = /^\d+$/;

/** See Digest in examples/digest/player.rs. */
class Digest {
  #first = 1;
  #second = 2;

  feed(bytes) {
    let [first, second] = [this.#first, this.#second];
    for (let at = 0; at <= bytes.length; at += 1) {
      const byte = at < bytes.length ? bytes[at] : 256;
      first = Math.imul(((first << 5) | (first >>> 27)) ^ byte, 0x9e3779b1);
      second = Math.imul(((second << 7) | (second >>> 25)) ^ byte, 0x85ebca77);
    }
    [this.#first, this.#second] = [first, second];
  }

  get text() {
    return [this.#first, this.#second].map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join("");
  }
}

class Player {
  #engine;
  #encoder = new TextEncoder();
  #answers = new Digest();
  #states = new Digest();
  #calls = 0;
  #trail = [];

  line(line) {
    const [word, rest] = parted(line);
    if (word === "shop") this.#open(rest);
    else if (word === "restore") this.#restore();
    else if (DIGITS.test(word)) this.#apply(Number(word), rest);
    else throw new Error(`no step: ${line.slice(0, 80)}`);
  }

  #open(rest) {
    const [seed, id] = parted(rest);
    this.#close();
    this.#engine = createEngine({ id, seed: BigInt(seed) });
  }

  #apply(now, text) {
    this.#answers.feed(this.#encoder.encode(this.#answer(text, now)));
    this.#calls += 1;
  }

  /** What is no command is thrown, and thrown alike. */
  #answer(text, now) {
    try {
      return this.#engine.applyJson(text, now);
    } catch (error) {
      if (error.code !== "INVALID_ARGUMENT") throw error;
      return [error.code, error.path ?? "", error.message].join(" ");
    }
  }

  #restore() {
    const snapshot = this.#engine.snapshot();
    this.#states.feed(snapshot);
    this.#engine.free();
    this.#engine = restoreEngine(snapshot);
  }

  #close() {
    if (this.#engine === undefined) return;
    this.#states.feed(this.#encoder.encode(this.#engine.digest()));
    this.#engine.free();
    this.#engine = undefined;
    this.#trail.push(this.#states.text + this.#answers.text);
  }

  end() {
    this.#close();
    return { calls: this.#calls, states: this.#states.text, answers: this.#answers.text, trail: this.#trail };
  }
}

function parted(line) {
  const at = line.indexOf(" ");
  return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
}

/** The digests of a history, and the seconds that it took. */
export async function play(history) {
  await init();
  const begun = Date.now();
  const player = new Player();
  const lines = history.split("\n");
  // What comes after the last line's end is no line.
  lines.pop();
  for (const line of lines) player.line(line);
  return { ...player.end(), seconds: (Date.now() - begun) / 1_000 };
}
