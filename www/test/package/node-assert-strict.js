// What the package's tests ask of `node:assert/strict`, in a page.

class AssertionError extends Error {}

const shown = (value) => JSON.stringify(value, (_, part) => (typeof part === "bigint" ? `${part}n` : part)) ?? String(value);

function held(condition, message, otherwise) {
  if (condition) return;
  throw message instanceof Error ? message : new AssertionError(message ?? otherwise());
}

/** Of the same make, and the same all the way down. */
function same(one, other) {
  if (Object.is(one, other)) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Object.getPrototypeOf(one) !== Object.getPrototypeOf(other)) return false;
  if (one instanceof Set || one instanceof Map) return same([...one], [...other]);
  if (one instanceof Date) return Object.is(one.getTime(), other.getTime());
  const [names, others] = [Object.keys(one), Object.keys(other)];
  if (Array.isArray(one) && one.length !== other.length) return false;
  return names.length === others.length && names.every((name) => Object.hasOwn(other, name) && same(one[name], other[name]));
}

/** What was expected of an error: its class, a pattern of its text, fields that it must have, or a question that it must pass. */
function fits(error, expected) {
  if (expected === undefined) return true;
  if (expected instanceof RegExp) return expected.test(String(error));
  if (typeof expected === "function") {
    return expected.prototype instanceof Error ? error instanceof expected : expected(error) === true;
  }
  return Object.keys(expected).every((name) => {
    const wanted = expected[name];
    return wanted instanceof RegExp ? wanted.test(error[name]) : same(error[name], wanted);
  });
}

function ok(value, message) {
  held(value, message, () => `${shown(value)} is not true`);
}

export default Object.assign(ok, {
  ok,
  equal: (one, other, message) => held(Object.is(one, other), message, () => `${shown(one)} is not ${shown(other)}`),
  notEqual: (one, other, message) => held(!Object.is(one, other), message, () => `both are ${shown(one)}`),
  deepEqual: (one, other, message) => held(same(one, other), message, () => `${shown(one)} is not ${shown(other)}`),
  notDeepEqual: (one, other, message) => held(!same(one, other), message, () => `both are ${shown(one)}`),
  match: (text, pattern, message) => held(pattern.test(text), message, () => `${shown(text)} does not match ${pattern}`),
  doesNotMatch: (text, pattern, message) => held(!pattern.test(text), message, () => `${shown(text)} matches ${pattern}`),
  fail: (message) => held(false, message, () => "failed"),
  doesNotThrow: (run) => run(),
  throws(run, expected, message) {
    let error;
    try {
      run();
    } catch (thrown) {
      error = { thrown };
    }
    held(error !== undefined, message, () => "nothing was thrown");
    if (!fits(error.thrown, expected)) throw error.thrown;
  },
  async rejects(promised, expected, message) {
    const failure = await (typeof promised === "function" ? promised() : promised).then(() => undefined, (thrown) => ({ thrown }));
    held(failure !== undefined, message, () => "nothing was rejected");
    if (!fits(failure.thrown, expected)) throw failure.thrown;
  },
});
