import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

import type { AxeResults } from "axe-core";
import type { Page } from "@playwright/test";

import { expect, test } from "./fixtures.ts";
import { SCREENS, type Scene, setScene } from "./screens.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** Where to put a picture of every screen, to be looked at. */
const PICTURES = process.env.FLOWPILOT_PICTURES;
const SIZES = [
  { name: "390", width: 390, height: 844 },
  { name: "1440", width: 1440, height: 900 },
];

/** The rules that look at colours. Between light and dark nothing else differs. */
const OF_COLOURS = { runOnly: ["color-contrast", "link-in-text-block"] };

/** What a reader of the page by other means than sight would stumble over. */
async function faultsOf(page: Page, rules: object = {}): Promise<string[]> {
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    (options) => (window as unknown as { axe: { run: (options: object) => Promise<AxeResults> } }).axe.run(options),
    rules,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ""}`));
}

let scene: Scene | undefined;

for (const size of SIZES) {
  test(`every screen is accessible and fits, in light and dark: ${size.name} px`, async ({ visit, api, ai, psa }) => {
    test.setTimeout(300_000);
    scene ??= await setScene({ jane: api("jane"), sam: api("sam"), ai, psa });
    await api("alex").claim({ session_id: scene.taken, id: scene.handedOff });
    await api("hank").emptyQueue();
    const options = { viewport: size, reducedMotion: "reduce" as const };
    const pages = new Map<string, Page>();
    for (const handle of new Set(SCREENS.map(({ as }) => as))) pages.set(handle, await visit(handle, "/", options));

    for (const screen of SCREENS) {
      await test.step(screen.name, async () => {
        const page = pages.get(screen.as)!;
        await page.goto(screen.path(scene!));
        await screen.reach(page, size.width < 900);
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          await expect(page.locator(`html[data-mantine-color-scheme=${colorScheme}]`)).toBeAttached();
          // A dialog that is still fading in has less contrast than it will have.
          await page.waitForFunction(() => document.getAnimations().every((one) => one.playState !== "running"));
          if (PICTURES) await page.screenshot({ path: `${PICTURES}/${screen.name}-${size.name}-${colorScheme}.png` });
          expect.soft(await faultsOf(page, colorScheme === "dark" ? OF_COLOURS : {}), `${screen.name}, ${colorScheme}`).toEqual([]);
        }
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect.soft(overflow, `${screen.name} fits`).toBeLessThanOrEqual(0);
      });
    }
  });
}
