// What the package's tests ask of `node:test`, in a page: to be kept until somebody runs them.

export const tests = [];

export function test(name, body) {
  tests.push({
    name,
    async run() {
      const context = new Context();
      try {
        await body(context);
      } finally {
        context.restore();
      }
    },
  });
}

/** What a test may change for as long as it runs. */
class Context {
  #undo = [];
  mock = {
    method: (of, name, replacement) => {
      const original = of[name];
      of[name] = replacement;
      this.#undo.push(() => (of[name] = original));
    },
  };

  restore() {
    for (const undo of this.#undo.reverse()) undo();
  }
}
