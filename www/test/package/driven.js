// What each page of these tests loads first: it runs what a test sends as a module of the page's own, under the page's own
// policy, and says what came of it and what went wrong besides.

{
  const { fetch } = globalThis;
  const complaints = [];
  const complain = (what) => complaints.push(String(what));
  addEventListener("error", ({ message, target }) => complain(message ?? `${target.src ?? target.href} did not load`), true);
  addEventListener("unhandledrejection", ({ reason }) => complain(reason));
  addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => complain(`${violatedDirective}: ${blockedURI}`));
  const { error } = console;
  console.error = (...given) => {
    complain(given.join(" "));
    error.apply(console, given);
  };

  globalThis.driven = async (id, text) => {
    const told = {};
    try {
      const { default: task } = await import(`/task/${id}.js`);
      told.value = await task(JSON.parse(text).argument);
    } catch (error) {
      told.error = `${error}\n${error?.stack ?? ""}`;
    }
    told.complaints = complaints.splice(0);
    await fetch(`/told/${id}`, { method: "POST", body: JSON.stringify(told) });
  };
}
