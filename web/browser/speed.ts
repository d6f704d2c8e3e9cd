import type { Locator, Page } from "@playwright/test";

/** What was measured, by name, a value for each round. */
export type Figures = Record<string, number[]>;

interface Measured {
  largestPaint?: number;
  events?: number[];
}

/** Has every document of the page note its largest contentful paint from its start. */
export async function watchPaints(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const measured = globalThis as unknown as Measured;
    new PerformanceObserver((list) => {
      measured.largestPaint = list.getEntries().at(-1)!.startTime;
    }).observe({ type: "largest-contentful-paint", buffered: true });
  });
}

/** The largest paint so far, in ms since the page was asked for, once there are no requests left. */
export async function largestPaint(page: Page): Promise<number> {
  await page.waitForLoadState("networkidle");
  const found = await page.evaluate(() => (globalThis as unknown as Measured).largestPaint);
  if (found === undefined) throw new Error("nothing was painted");
  return found;
}

/**
 * Clicks `input`, or presses it as a key (in `field`, if one is given), and returns how long the browser took to show
 * something after it, in ms: the longest of the events it sent, as web-vitals counts an interaction. `shown` appears then.
 */
export async function interaction(input: Locator | string, shown: () => Locator, field?: Locator): Promise<number> {
  const page = shown().page();
  if (typeof input !== "string") await input.waitFor();
  await page.evaluate(() => {
    const measured = globalThis as unknown as Measured;
    measured.events = [];
    new PerformanceObserver((list) => {
      const ofInput = list.getEntries().filter((entry) => (entry as PerformanceEntry & { interactionId: number }).interactionId > 0);
      measured.events!.push(...ofInput.map(({ duration }) => duration));
    }).observe({ type: "event", durationThreshold: 16 } as PerformanceObserverInit);
  });
  if (typeof input !== "string") await input.click();
  else if (field) await field.press(input);
  else await page.keyboard.press(input);
  await shown().first().waitFor();
  await page.waitForLoadState("networkidle");
  // Events below the threshold are not told.
  return page.evaluate(() => Math.max(16, ...((globalThis as unknown as Measured).events ?? [])));
}

/** What a flow costs: the reader's clicks and keys, the page's requests to the API, and the time in ms. */
export async function clicksAndKeys(page: Page, flow: () => Promise<void>): Promise<Record<string, number>> {
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => {
    const counted = { clicks: 0, keys: 0 };
    Object.assign(globalThis, { counted });
    document.addEventListener("click", ({ isTrusted, detail }) => isTrusted && detail > 0 && (counted.clicks += 1), { capture: true });
    document.addEventListener("keydown", () => (counted.keys += 1), { capture: true });
  });
  let requests = 0;
  page.on("request", (request) => request.url().includes("/api/") && (requests += 1));
  const began = Date.now();
  await flow();
  const ms = Date.now() - began;
  const counted = await page.evaluate(() => (globalThis as unknown as { counted: { clicks: number; keys: number } }).counted);
  return { ...counted, requests, ms };
}

/** Prints the median and the highest of each figure. */
export function report(title: string, figures: Figures): void {
  console.log(`\n${title}`);
  for (const [what, values] of Object.entries(figures)) {
    const sorted = values.toSorted((one, other) => one - other);
    const median = sorted[Math.floor((sorted.length - 1) / 2)]!;
    console.log(`  ${what.padEnd(44)} n=${sorted.length}  median ${Math.round(median)}  highest ${Math.round(sorted.at(-1)!)}`);
  }
}
