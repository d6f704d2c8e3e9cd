import type { Browser, CDPSession, Page } from "@playwright/test";

import { expect, test, uniqueProblem } from "./fixtures.ts";
import { clicksAndKeys, type Figures, interaction, largestPaint, report, watchPaints } from "./speed.ts";
import type { Stack } from "./stack.ts";

/** How often each figure is taken. */
const ROUNDS = Number(process.env.FLOWPILOT_ROUNDS ?? 5);

/** A slow laptop on a slow line: 4x CPU, and 1.6 Mbit/s with 150 ms, which Lighthouse calls slow 4G. */
const SLOW_CPU = 4;
const SLOW_LINE = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 };

test.setTimeout(600_000);

/** Slows a page down, as far as `line` and `cpu` say. */
async function slowed(page: Page, { line = true, cpu = true }: { line?: boolean; cpu?: boolean }): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await session.send("Network.setBypassServiceWorker", { bypass: true });
  if (line) await session.send("Network.emulateNetworkConditions", SLOW_LINE);
  if (cpu) await session.send("Emulation.setCPUThrottlingRate", { rate: SLOW_CPU });
  return session;
}

async function signInPage(browser: Browser, { web_url }: Stack, is: { line?: boolean; cpu?: boolean }): Promise<number> {
  const page = await browser.newPage();
  await watchPaints(page);
  await slowed(page, is);
  await page.goto(web_url);
  await expect(page.getByRole("button", { name: /Sign in/ })).toBeVisible();
  const painted = await largestPaint(page);
  await page.close();
  return painted;
}

test("largest contentful paint of the sign-in page and of the first screen", async ({ browser, stack, visit, api }) => {
  await api("jane").escalate(uniqueProblem("Scanner does not find its folder"));
  const figures: Figures = {};
  const note = (what: string, ms: number) => (figures[what] ??= []).push(ms);
  for (let round = 0; round < ROUNDS; round += 1) {
    note("sign-in page, slow", await signInPage(browser, stack, {}));
    note("sign-in page, as this machine is", await signInPage(browser, stack, { line: false, cpu: false }));
    for (const [what, is] of [["slow", {}], ["as this machine is", { line: false, cpu: false }]] as const) {
      const sam = await visit("sam");
      await watchPaints(sam);
      await slowed(sam, is);
      await sam.reload();
      await expect(sam.getByRole("main").getByRole("link").first()).toBeVisible();
      note(`first screen, ${what}`, await largestPaint(sam));
      await sam.context().close();
    }
  }
  report("largest contentful paint, ms", figures);
});

test("interactions at a quarter of the processor's speed", async ({ visit, api }) => {
  const figures: Figures = {};
  const note = (what: string, ms: number) => (figures[what] ??= []).push(ms);
  for (let round = 0; round < ROUNDS; round += 1) {
    const problem = uniqueProblem("Mailbox is full and rules do not run");
    await api("jane").settled(await api("jane").escalate(problem));
    const sam = await visit("sam");
    await slowed(sam, { line: false });
    const row = sam.getByRole("main").getByRole("link", { name: problem });
    note("open a queue row", await interaction(row, () => sam.getByRole("heading", { name: problem })));
    await sam.getByText("Suggested next steps").waitFor();
    const start = sam.getByRole("button", { name: "Start here" });
    note("Start here", await interaction(start, () => sam.getByLabel("Message to the assistant")));
    note("Context", await interaction(sam.getByRole("button", { name: "Context" }), () => sam.getByRole("dialog")));
    note("close Context", await interaction("Escape", () => sam.getByRole("button", { name: "Context" })));
    note("Record a step", await interaction(sam.getByText("Record a step"), () => sam.getByLabel("What you tried")));
    note("type a letter", await interaction("k", () => sam.getByLabel("What you tried"), sam.getByLabel("What you tried")));
    note("open Hand off", await interaction(sam.getByRole("button", { name: "Hand off" }), () => sam.getByRole("dialog")));
    note("close Hand off", await interaction("Escape", () => sam.getByRole("button", { name: "Hand off" })));
    note("open Resolve", await interaction(sam.getByRole("button", { name: "Resolve" }), () => sam.getByRole("dialog")));
    note("close Resolve", await interaction("Escape", () => sam.getByRole("button", { name: "Resolve" })));
    const bell = sam.getByRole("button", { name: /^Notifications/ }).first();
    note("open notifications", await interaction(bell, () => sam.getByRole("dialog").or(sam.getByRole("region", { name: "Notifications" })).first()));
    await sam.context().close();
  }
  report("interactions at 4x CPU: from the input to the next paint, ms", figures);
});

test("clicks, keys, requests and time from stuck to handed off, and from the notification to working", async ({ visit }) => {
  const figures: Figures = {};
  for (let round = 0; round < ROUNDS; round += 1) {
    const problem = uniqueProblem("Two-factor prompts come twice for everyone");
    const [jane, sam] = [await visit("jane"), await visit("sam")];
    await expect(sam.getByText("Live", { exact: true }).first()).toBeVisible();
    await jane.getByRole("button", { name: "New", exact: true }).click();
    await jane.getByLabel(/What is the problem/).fill(problem);
    await jane.getByRole("button", { name: "Start session" }).click();
    await expect(jane.getByLabel("Message to the assistant")).toBeVisible();

    const stuck = await clicksAndKeys(jane, async () => {
      await jane.getByRole("button", { name: "Hand off" }).click();
      await jane.getByRole("button", { name: "Escalate", exact: true }).click();
      await expect(jane.getByText(/Waiting for a senior ·/)).toBeVisible();
    });
    await expect(sam.getByRole("button", { name: /^Notifications, [1-9]/ }).first()).toBeVisible();
    const notified = await clicksAndKeys(sam, async () => {
      await sam.getByRole("button", { name: /^Notifications/ }).first().click();
      await sam.getByRole("link", { name: problem }).first().click();
      await sam.getByRole("button", { name: "Start here" }).click();
      await expect(sam.getByLabel("Message to the assistant")).toBeFocused();
    });
    for (const [flow, cost] of Object.entries({ "stuck to handed off": stuck, "notification to working": notified })) {
      for (const [what, count] of Object.entries(cost)) (figures[`${flow}: ${what}`] ??= []).push(count);
    }
    await Promise.all([jane, sam].map((page) => page.context().close()));
  }
  report("two flows", figures);
});
