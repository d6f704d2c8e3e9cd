import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

import type { AxeResults, RunOptions } from "axe-core";
import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures.ts";
import { readScreenData, type ScreenData } from "./screen-data.ts";
import { type Screen, SCREENS } from "./screens.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** The folder for screenshots of all screens, when they are wanted. */
const PICTURES = process.env.FLOWPILOT_PICTURES;
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
] as const;

const SCREENS_PER_TEST = 6;

/** The rules about colors: nothing else differs between light and dark. */
const COLOR_RULES: RunOptions = { runOnly: ["color-contrast", "link-in-text-block"] };

type WithAxe = Window & { axe?: { run: (options: RunOptions) => Promise<AxeResults> } };

/** Runs axe on the page and returns one line per violation. */
async function violationsOf(page: Page, rules: RunOptions = {}): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    // Of what passes, axe would describe every element.
    (options) => (window as WithAxe).axe!.run({ resultTypes: ["violations"], ...options }),
    rules,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`));
}

/** Returns the texts of buttons and menu items that are wider than the place they are shown in. */
function cutControls(): string[] {
  const parts = document.querySelectorAll<HTMLElement>("button *, button, [role=menuitem] *");
  const isCut = (part: HTMLElement) => getComputedStyle(part).overflowX !== "visible" && part.scrollWidth > part.clientWidth + 1;
  return [...parts].filter((part) => part.clientWidth > 1 && isCut(part)).map((part) => part.innerText);
}

async function check(page: Page, name: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator(`html[data-mantine-color-scheme=${colorScheme}]`)).toBeAttached();
    // A dialog has less contrast while it fades in.
    await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== "running"));
    if (PICTURES) await page.screenshot({ path: `${PICTURES}/${name}-${colorScheme}.png` });
    expect.soft(await violationsOf(page, colorScheme === "dark" ? COLOR_RULES : {}), `${name}, ${colorScheme}`).toEqual([]);
  }
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect.soft(overflow, `${name} fits`).toBeLessThanOrEqual(0);
  expect.soft(await page.evaluate(cutControls), `${name} cuts no control's text`).toEqual([]);
}

/** The screens of one person, in groups that the workers share. */
const GROUPS = [...new Set(SCREENS.map(({ as }) => as))].flatMap((handle) => {
  const screens = SCREENS.filter(({ as }) => as === handle);
  const count = Math.ceil(screens.length / SCREENS_PER_TEST);
  return Array.from({ length: count }, (_, at) => ({
    handle,
    screens: screens.slice(at * SCREENS_PER_TEST, (at + 1) * SCREENS_PER_TEST),
  }));
});

test.describe.configure({ mode: "parallel" });

for (const { handle, screens } of GROUPS) {
  const names = screens.map(({ name }) => name).join(", ");
  test(`accessible in light and dark, at 1440 and 390 px: ${names}`, async ({ visit }) => {
    const data = readScreenData();
    const page = await visit(handle, "/", { viewport: SIZES[0], reducedMotion: "reduce" });

    for (const screen of screens) await test.step(screen.name, () => checkScreen(page, screen, data));
  });
}

async function checkScreen(page: Page, screen: Screen, data: ScreenData): Promise<void> {
  for (const [index, size] of SIZES.entries()) {
    await page.setViewportSize(size);
    if (index === 0 || screen.isReachedBySize) {
      await page.goto(screen.path(data));
      await screen.reach(page, size.width < 900);
    }
    await check(page, `${screen.name}-${size.width}`);
  }
}
