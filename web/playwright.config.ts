import { existsSync } from "node:fs";

import { defineConfig, type LaunchOptions } from "@playwright/test";

import { chosenStack, OWN } from "./browser/stack.ts";

/**
 * The tests drive a deployed stack: the one that FLOWPILOT_STACK_JSON describes, or else one that is started for the run
 * and deleted after it.
 *
 * Two workers share the stack. Faults of the AI and of the ticket systems apply to the whole stack, so tests that inject
 * some, or that need an answer of either, belong to `screens-setup` and `neighbors`, which never run at the same time.
 */
export const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

/** The same engine without the windows around it, which take as much CPU time again. It shows no notifications. */
const HEADLESS_SHELL = ["/usr/bin/chromium-headless-shell"].find(existsSync);

export const launchOptionsOf = (executablePath: string | undefined): LaunchOptions => ({
  ...(executablePath && { executablePath }),
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
});

export default defineConfig({
  testDir: "browser",
  globalSetup: "./browser/warm-up.ts",
  outputDir: "test-results",
  timeout: 120_000,
  expect: { timeout: 30_000 },
  workers: 2,
  projects: [
    { name: "screens-setup", testMatch: "screens.setup.ts" },
    {
      name: "page",
      testMatch: ["bad-input.spec.ts", "keyboard.spec.ts", "lazy-parts.spec.ts", "live.spec.ts", "sms.spec.ts"],
      workers: 1,
    },
    { name: "notifications", testMatch: "tab.spec.ts", use: { launchOptions: launchOptionsOf(CHROMIUM) } },
    {
      name: "neighbors",
      testMatch: ["escalation.spec.ts", "first-glance.spec.ts", "latency.spec.ts", "requests.spec.ts", "ticket-system.spec.ts"],
      dependencies: ["screens-setup"],
      workers: 1,
    },
    { name: "accessibility", testMatch: "accessibility.spec.ts", dependencies: ["screens-setup"] },
  ],
  reporter: [["list"]],
  use: {
    baseURL: chosenStack() ? undefined : OWN.webUrl,
    actionTimeout: 30_000,
    screenshot: "only-on-failure",
    launchOptions: launchOptionsOf(HEADLESS_SHELL ?? CHROMIUM),
  },
  ...(!chosenStack() && {
    webServer: {
      command: `rm -rf ${OWN.home} && exec ../.venv/bin/python -m infra.local run`,
      url: `${OWN.webUrl}/api/health`,
      env: OWN.environment,
      timeout: 300_000,
      gracefulShutdown: { signal: "SIGINT", timeout: 60_000 },
    },
  }),
});
