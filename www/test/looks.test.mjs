// That the page can be used at every size, in both schemes, with a keyboard and a screen reader.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { settled, text, Visitors } from "./harness.mjs";
import { SITE } from "./server.mjs";

let visitors;
before(async () => {
  visitors = await Visitors.arrive();
});
after(() => visitors.leave());

const OWL = "#/item/22865";
const PLACES = ["", OWL, "#/item/22423", "#/item/23570", "#/item/23552", "#/item/22727"];

/** Everything that can be opened, open: the page at its widest and longest. */
async function openAll(page) {
  if (await page.locator("#quantity").isVisible()) {
    await page.fill("#quantity", "48");
    await page.getByRole("button", { name: "Place the order" }).click();
    const late = page.getByRole("button", { name: "What if it’s late?" }).first();
    if (await late.isVisible()) await late.click();
  }
  await page.evaluate(() =>
    document.querySelectorAll("details").forEach((details) => {
      details.open = true;
    }),
  );
  await settled(page);
}

for (const width of [360, 390, 768, 1024, 1440]) {
  test(`nothing reaches over the edge at ${width} px`, async () => {
    for (const hash of PLACES.slice(0, 3)) {
      await visitors.visit({ width, height: 780, hash }, async (page) => {
        await openAll(page);
        const over = await page.evaluate(() => {
          const edge = document.documentElement.clientWidth;
          return [
            document.documentElement.scrollWidth - edge,
            ...[...document.querySelectorAll("main *")]
              .filter(
                (element) =>
                  element.checkVisibility() &&
                  !element.closest(".unseen, svg, .clock-rules") &&
                  element.getBoundingClientRect().right > edge + 0.5,
              )
              .map((element) => `${element.tagName}.${element.className}`),
          ];
        });
        assert.deepEqual(over, [0], hash);
      });
    }
  });
}

test("on a phone one thing is shown at a time, and there is a way back", async () => {
  await visitors.visit({ width: 360, height: 780 }, async (page) => {
    assert.ok(await page.locator(".catalogue").isVisible());
    assert.ok(await page.locator(".item").isHidden());
    await page.getByRole("link", { name: /Hand warmer, owl/ }).click();
    await page.locator(".catalogue").waitFor({ state: "hidden" });
    assert.equal(await text(page, "#item-title"), "Hand warmer, owl");
    await page.getByRole("link", { name: "All products" }).click();
    await page.locator(".catalogue").waitFor({ state: "visible" });
  });
});

/** The least contrast that any visible text has with what is behind it, and where. */
function lowestContrast() {
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((channel) =>
      channel / 255 <= 0.04045 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let each = element; each !== null; each = each.parentElement) {
      const colour = rgba(getComputedStyle(each).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return rgba("canvas");
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const lows = [];
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (
      node.textContent.trim() === "" ||
      !element.checkVisibility() ||
      element.closest("svg, option, :disabled") !== null
    )
      continue;
    const [a, b] = [light(rgba(getComputedStyle(element).color)), light(ground(element))];
    lows.push({
      ratio: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05),
      where: `${element.tagName}.${element.className}: ${node.textContent.trim().slice(0, 30)}`,
    });
  }
  return lows.sort((a, b) => a.ratio - b.ratio)[0];
}

for (const scheme of ["light", "dark"]) {
  test(`all text stands out from its ground: ${scheme}`, async () => {
    for (const hash of PLACES) {
      await visitors.visit({ scheme, hash }, async (page) => {
        assert.equal(
          await page.evaluate((wanted) => window.matchMedia(`(prefers-color-scheme: ${wanted})`).matches, scheme),
          true,
        );
        await openAll(page);
        const { ratio, where } = await page.evaluate(lowestContrast);
        assert.ok(ratio >= 4.5, `${ratio.toFixed(2)} at ${where}`);
      });
    }
  });
}

test("light and dark are different grounds", async () => {
  const ground = {};
  for (const scheme of ["light", "dark"]) {
    await visitors.visit({ scheme }, async (page) => {
      ground[scheme] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    });
  }
  assert.notEqual(ground.light, ground.dark);
});

test("everything that can be used has a name, ids are single, headings descend", async () => {
  await visitors.visit({ hash: OWL }, async (page) => {
    await openAll(page);
    const faults = await page.evaluate(() => {
      const found = [];
      for (const control of document.querySelectorAll("input, select, button, a[href], summary")) {
        if (!control.checkVisibility()) continue;
        const labels = [...(control.labels ?? [])].map((label) => label.textContent).join(" ");
        if (
          `${control.getAttribute("aria-label") ?? ""}${labels}${control.matches("input, select") ? "" : control.textContent}`.trim() ===
          ""
        )
          found.push(`no name: ${control.outerHTML}`);
      }
      const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
      found.push(...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `id twice: ${id}`));
      for (const reference of document.querySelectorAll("[aria-labelledby]"))
        if (document.getElementById(reference.getAttribute("aria-labelledby")) === null)
          found.push(`names nothing: ${reference.outerHTML.slice(0, 80)}`);
      for (const landmark of ["header", "main", "footer"])
        if (document.querySelectorAll(`body > ${landmark}`).length !== 1) found.push(`not one ${landmark}`);
      let level = 1;
      for (const heading of document.querySelectorAll("h1, h2, h3, h4")) {
        const next = Number(heading.tagName[1]);
        if (next > level + 1) found.push(`heading skips a level: ${heading.textContent}`);
        level = next;
      }
      if (document.querySelectorAll("h1").length !== 1) found.push("not one h1");
      if (document.querySelector("[role=log][aria-live=polite]") === null) found.push("no polite log");
      return found;
    });
    assert.deepEqual(faults, []);
  });
});

test("an order can be placed with the keyboard alone, and focus is seen", async () => {
  await visitors.visit({ hash: OWL }, async (page) => {
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press("Tab");
      if (await page.evaluate(() => document.activeElement?.id === "quantity")) break;
    }
    assert.equal(await page.evaluate(() => document.activeElement.id), "quantity");
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none");
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.type("24");
    await page.keyboard.press("Enter");
    await settled(page);
    assert.match(await text(page, ".order-form .result"), /^Order W-1 is placed/);
  });
});

test("targets on a phone are large enough to hit", async () => {
  await visitors.visit({ width: 360, height: 780, hash: OWL }, async (page) => {
    await openAll(page);
    const small = await page.evaluate(() =>
      [
        ...document.querySelectorAll(
          "button, a.listing, a.back, summary, input:not([type=radio], [type=checkbox]), select",
        ),
      ]
        .filter((control) => control.checkVisibility())
        .map((control) => ({ control, box: control.getBoundingClientRect() }))
        .filter(({ box }) => box.height < 24 || box.width < 24)
        .map(({ control }) => control.outerHTML),
    );
    assert.deepEqual(small, []);
  });
});

test("a changed date draws the eye, unless stillness was asked for", async () => {
  const flashes = async (reducedMotion) => {
    let seen = 0;
    await visitors.visit({ hash: OWL }, async (page) => {
      await page.emulateMedia({ reducedMotion });
      await page.evaluate(() => {
        window.flashes = 0;
        const animate = Element.prototype.animate;
        Element.prototype.animate = function (...how) {
          window.flashes += 1;
          return animate.apply(this, how);
        };
      });
      await page.getByRole("button", { name: "+1 week" }).click();
      await settled(page);
      seen = await page.evaluate(() => window.flashes);
    });
    return seen;
  };
  assert.ok((await flashes("no-preference")) > 0);
  assert.equal(await flashes("reduce"), 0);
});

test("nothing moves after it has been shown", async () => {
  await visitors.visit({}, async (page) => {
    const shift = await page.evaluate(
      () =>
        new Promise((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
          }).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => resolve(sum), 500);
        }),
    );
    assert.ok(shift < 0.05, `layout shift ${shift}`);
  });
});

test("the policy forbids inline code and strangers, and the head is complete", async () => {
  const html = await readFile(join(SITE, "index.html"), "utf8");
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html)[1];
  assert.match(policy, /default-src 'none'/);
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/);
  assert.match(policy, /style-src 'self'(;|$)/);
  assert.doesNotMatch(html, /<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=/);
  for (const needed of ['<html lang="en">', 'name="viewport"', 'name="description"', "<title>"])
    assert.ok(html.includes(needed), needed);
});
