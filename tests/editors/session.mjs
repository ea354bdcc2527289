// A real VS Code in a real browser: the words in which a sitting is told. Started by `node session.mjs`, it reads one
// JSON object from stdin (see `steps` below for what it may ask) and writes one JSON line per step to stdout.

import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";

const wish = JSON.parse(readFileSync(0, "utf8"));
const { chromium } = createRequire(wish.playwright + "/")("playwright-core");
const browser = await chromium.launch({ executablePath: wish.chromium, args: ["--no-sandbox", "--disable-gpu"] });
// Of a list only the rows that can be seen are there at all.
const page = await browser.newPage({ viewport: { width: 1400, height: 4000 } });
page.setDefaultTimeout(wish.patience ?? 45_000);
const host = new URL(wish.address).host;
// When what was first seen, and when the last key went down, as the page's own clock has it: nothing waits for this side.
await page.addInitScript(() => {
  if (window.top !== window) return;
  const seen = (window.firstSeen = {});
  const own = (mark) => mark.parentElement?.style.top === "0px"; // the yardstick marks the first line, and mcp-lsp does not
  const look = () => {
    const marks = [...document.querySelectorAll("[class*='squiggly-']")];
    const now = { text: document.querySelector(".editor-instance .view-line") !== null, yardstick: marks.some(own), squiggle: marks.some((mark) => !own(mark)) };
    for (const [what, there] of Object.entries(now)) if (there) seen[what] ??= performance.now();
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  addEventListener("keydown", () => (window.keyDown = performance.now()), true);
});
const began = Date.now();

/** Runs a command by its title, as a user does. */
async function command(title) {
  const input = page.locator(".quick-input-widget input").first();
  for (let tries = 0; tries < 4; tries++) {
    await page.keyboard.press("F1");
    // While an editor is being closed or the folder gets its trust, a key may find nobody who listens.
    if (await input.waitFor({ timeout: 10_000 }).then(() => true, () => false)) break;
  }
  await input.fill(`>${title}`);
  await page.locator(".quick-input-widget .monaco-list-row").filter({ hasText: title }).first().waitFor();
  await page.keyboard.press("Enter");
}

/** What the Problems panel shows, once it shows problems on exactly these lines, or with exactly these codes. */
async function problems({ lines, codes }) {
  if (!(await page.locator(".markers-panel").isVisible())) await command("View: Toggle Problems");
  const seen = await page.waitForFunction(
    (wanted) => {
      const rows = [...document.querySelectorAll(".markers-panel .monaco-list-row")].flatMap((row) => {
        const part = (name) => row.querySelector(name)?.textContent ?? "";
        const place = part(".marker-line").match(/Ln (\d+), Col (\d+)/);
        if (place === null || part(".marker-source") === "") return []; // the row of the file, or a related place
        const [source, code, message] = [part(".marker-source"), part(".marker-code"), part(".marker-message")];
        return [{ source, code, message, line: Number(place[1]), column: Number(place[2]) }];
      });
      const agree = (found, wished) => wished === undefined || String(found.sort()) === String([...wished].sort());
      const all = agree(rows.map((row) => row.line), wanted.lines) && agree(rows.map((row) => row.code), wanted.codes);
      return all ? rows : false;
    },
    { lines, codes },
  );
  return seen.jsonValue();
}

async function goTo(line, column) {
  const input = page.locator(".quick-input-widget input").first();
  for (let tries = 0; tries < 8; tries++) {
    await page.keyboard.press("Control+1"); // the editor, wherever the focus was
    await page.keyboard.press("Control+g");
    // A key finds nobody who listens while a question gives the focus back.
    if (await input.waitFor({ timeout: 5_000 }).then(() => true, () => false)) break;
  }
  await input.fill(`:${line}:${column}`);
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

const steps = {
  async open({ folder, file }) {
    const payload = encodeURIComponent(JSON.stringify([["openFile", `vscode-remote://${host}${file}`]]));
    await page.goto(`${wish.address}?folder=${encodeURIComponent(folder)}&payload=${payload}`);
    await page.locator(".editor-instance .view-line").first().waitFor();
    return { milliseconds: Date.now() - began };
  },
  /** Squiggles under the text, by colour: `error`, `warning`, `info`, `hint`. */
  async squiggles({ atLeast = 1 }) {
    await page.waitForFunction((n) => document.querySelectorAll("[class*='squiggly-']").length >= n, atLeast);
    const classes = await page.locator("[class*='squiggly-']").evaluateAll((all) => all.map((one) => one.className));
    return { kinds: classes.map((name) => name.match(/squiggly-(\w+)/)[1]), milliseconds: Date.now() - began };
  },
  problems: async (enough) => ({ problems: await problems(enough) }),
  /** The first quick fix whose title begins so, through the light bulb's menu; then saves. */
  async fix({ line, column, title }) {
    await goTo(line, column);
    const entries = page.locator(".action-widget .monaco-list-row.action");
    for (let tries = 0; tries < 4; tries++) {
      await page.keyboard.press("Control+.");
      // The key may find nobody who listens, as long as the editor has not got the focus back.
      if (await entries.filter({ hasText: title }).first().waitFor({ timeout: 10_000 }).then(() => true, () => false)) break;
    }
    const titles = await entries.allTextContents();
    await entries.filter({ hasText: title }).first().click();
    return { titles };
  },
  /** What is told about a place; the server's part of it may come after the editor's own. */
  async hover({ line, column, until }) {
    await goTo(line, column);
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Control+i");
    const shown = page.locator(".monaco-hover:visible .hover-contents");
    await shown.filter({ hasText: until }).first().waitFor();
    return { hover: await shown.allTextContents() };
  },
  /** Something else changes a file, the settings for instance. */
  async write({ path, text }) {
    writeFileSync(path, text);
    return {};
  },
  async command({ title }) {
    await command(title);
    return {};
  },
  async save() {
    await page.locator(".tab.active.dirty").waitFor();
    await page.keyboard.press("Control+s");
    await page.locator(".tab.active:not(.dirty)").waitFor();
    return {};
  },
  async type({ line, column, text }) {
    await goTo(line, column);
    await page.keyboard.type(text);
    return {};
  },
  /** The line of mcp-lsp in the language status menu. */
  async status({ until }) {
    const item = page.locator("#status\\.languageStatus");
    await item.waitFor();
    for (;;) {
      // While it spins it is never still, and it is drawn anew.
      await item.hover({ force: true, timeout: 5000 }).catch(() => undefined);
      const shown = page.locator(".hover-language-status");
      // It is drawn anew whenever something changes, and may be gone again.
      await shown.first().waitFor({ timeout: 5000 }).catch(() => undefined);
      const texts = await shown.allTextContents();
      if (until === undefined || texts.some((text) => text.includes(until)) || Date.now() - began > 150_000) return { status: texts };
      await page.mouse.move(600, 300);
      await shown.first().waitFor({ state: "hidden", timeout: 5000 }).catch(() => undefined);
    }
  },
  /** Grants trust to the folder, in the editor that the banner leads to. */
  async trust() {
    await page.locator("#status\\.workspaceTrust").first().click();
    await page.locator(".workspace-trust-editor .workspace-trust-limitations .monaco-button").filter({ hasText: /^Trust$/ }).first().click();
    return {};
  },
  /** The tree of servers in the explorer, once a line of it says so. */
  async tree({ until }) {
    await command("Explorer: Focus on MCP Servers View");
    const lines = page.locator(".pane:has([aria-label*='MCP Servers']) .monaco-list-row");
    await lines.filter({ hasText: until }).first().waitFor();
    return { lines: await lines.allTextContents() };
  },
  /** The text of the panel's page, which stands in a frame of a frame, once it says so. */
  async panel({ until }) {
    const body = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame").locator("body");
    await body.filter({ hasText: until }).waitFor();
    const meta = body.page().frames().at(-1);
    return { text: (await body.innerText()).slice(0, 4000), scripts: await meta.locator("script").count() };
  },
  /** The lens that says so, the first of them from the top, or the one above a line that holds `above`. */
  async lens({ title, nth = 0, clicks = 1 }) {
    const lens = page.locator(".contentWidgets .codelens-decoration a").filter({ hasText: new RegExp(`^${title}`) }).nth(nth);
    await lens.waitFor();
    const titles = await page.locator(".contentWidgets .codelens-decoration a").allTextContents();
    await lens.click({ clickCount: clicks });
    return { titles };
  },
  /** Fills in the form of a tool, by label, and calls it; the question before that is answered with `answer`. */
  async call({ written, answer, until, clicks = 1 }) {
    const form = page.frameLocator("iframe.webview.ready").frameLocator("#active-frame");
    for (const [label, text] of Object.entries(written)) await form.locator(`[data-name="${label}"]`).fill(text);
    await form.getByRole("button", { name: "Call" }).click({ clickCount: clicks });
    if (answer !== undefined) {
      const asked = page.locator(".notification-toast").filter({ hasText: "this would run code" });
      await asked.getByRole("button", { name: answer, exact: true }).click();
    }
    await form.locator("body").filter({ hasText: until }).waitFor();
    const frame = page.frames().at(-1);
    return {
      said: await form.locator("#took").innerText(),
      parts: await form.locator("#answer pre").allInnerTexts(),
      wrong: (await form.locator("em").allInnerTexts()).filter((text) => text !== ""),
      policy: await form.locator("meta[http-equiv]").getAttribute("content"),
      scripts: await frame.locator("body script").count(), // VS Code's own stands in the head
      forms: await page.locator(".tab").filter({ hasText: /^Call / }).count(),
      questions: await page.locator(".notification-toast").count(),
    };
  },
  /** A message in the corner, once there is one that says so. */
  async message({ until }) {
    const shown = page.locator(".notification-toast").filter({ hasText: until });
    await shown.first().waitFor();
    return { message: await shown.first().innerText() };
  },
  /** A question in the corner that says so is answered by one of its buttons. */
  async answer({ until, choose }) {
    const asked = page.locator(".notification-toast").filter({ hasText: until });
    await asked.getByRole("button", { name: choose, exact: true }).click();
    return {};
  },
  /** Milliseconds from the text on the screen to the first squiggle, of mcp-lsp and of the yardstick where it is there. */
  async first({ yardstick = false }) {
    await page.waitForFunction((both) => window.firstSeen.squiggle && (!both || window.firstSeen.yardstick), yardstick);
    const { text, squiggle, yardstick: own } = await page.evaluate(() => window.firstSeen);
    return { squiggle: squiggle - text, yardstick: own === undefined ? null : own - text };
  },
  /**
   * Opens a file in the window that is there, by its name, and says how many milliseconds it took from the key that
   * chose it to the first squiggle, of mcp-lsp and of the yardstick where it is there.
   */
  async another({ name, yardstick = false }) {
    await page.keyboard.press("Control+p");
    await page.locator(".quick-input-widget input").first().fill(name);
    await page.locator(".quick-input-widget .monaco-list-row").filter({ hasText: name }).first().waitFor();
    await page.waitForTimeout(3000); // the window is to have nothing else to do
    await page.evaluate(() => Object.keys(window.firstSeen).forEach((what) => delete window.firstSeen[what]));
    await page.keyboard.press("Enter");
    await page.waitForFunction((both) => window.firstSeen.squiggle && (!both || window.firstSeen.yardstick), yardstick);
    const { squiggle, yardstick: own } = await page.evaluate(() => window.firstSeen);
    const key = await page.evaluate(() => window.keyDown);
    return { squiggle: squiggle - key, yardstick: own === undefined ? null : own - key };
  },
  /**
   * How long it takes from the last key of `text` to one more error on the screen, a few times over; and, with the
   * yardstick, to one more warning, which is its mark beside it.
   */
  async delay({ line, column, text, times = 5, yardstick = false }) {
    const count = () => ["error", "warning"].map((kind) => document.querySelectorAll(`.squiggly-${kind}`).length);
    const took = { squiggle: [], yardstick: [] };
    await page.setViewportSize({ width: 1400, height: 1000 }); // what is drawn costs time
    for (let i = 0; i < times; i++) {
      await goTo(line, column);
      await page.waitForTimeout(1000); // lines that are out of sight by now are still drawn for a moment
      await page.keyboard.insertText(text.slice(0, -1));
      await page.waitForTimeout(1500);
      const [errors, warnings] = await page.evaluate(count);
      await page.evaluate(
        ([errors, warnings, both]) => {
          window.delay = new Promise((done, failed) => {
            const at = {};
            setTimeout(() => failed(new Error(`of ${errors} and ${warnings}: ${JSON.stringify(at)}`)), 30_000);
            window.keyDown = undefined;
            const look = () => {
              if (window.keyDown !== undefined) {
                const [now, other] = ["error", "warning"].map((kind) => document.querySelectorAll(`.squiggly-${kind}`).length);
                if (now > errors) at.squiggle ??= performance.now() - window.keyDown;
                if (other > warnings) at.yardstick ??= performance.now() - window.keyDown;
                if (at.squiggle !== undefined && (!both || at.yardstick !== undefined)) return done(at);
              }
              requestAnimationFrame(look);
            };
            look();
          });
          window.delay.catch(() => undefined); // it is waited for below
        },
        [errors, warnings, yardstick],
      );
      await page.keyboard.type(text.at(-1));
      for (const [what, one] of Object.entries(await page.evaluate(() => window.delay))) took[what].push(one);
      for (let undone = 0; undone < 4; undone++) await page.keyboard.press("Control+z");
    }
    await page.setViewportSize({ width: 1400, height: 4000 });
    return took;
  },
  async screenshot({ to }) {
    await page.setViewportSize({ width: 1400, height: 1000 });
    await page.waitForTimeout(1000); // for the eye only: nothing is decided by it
    await page.screenshot({ path: to });
    await page.setViewportSize({ width: 1400, height: 4000 });
    return {};
  },
};

let failed = false;
for (const { step, ...details } of wish.steps) {
  try {
    console.log(JSON.stringify({ step, ...(await steps[step](details)) }));
  } catch (error) {
    failed = true;
    if (wish.evidence) await page.screenshot({ path: wish.evidence });
    console.log(JSON.stringify({ step, failed: String(error), shown: (await page.locator("body").innerText()).slice(0, 2000) }));
    break;
  }
}
await browser.close();
process.exit(failed ? 1 : 0);
