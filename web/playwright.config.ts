import { existsSync } from "node:fs";

import { defineConfig } from "@playwright/test";

import { chosenStack, OWN } from "./browser/stack.ts";

/**
 * The tests drive the deployed stack: the one that FLOWPILOT_STACK_JSON describes, or else one of their own, brought up
 * for the run and forgotten after it.
 */
const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

export default defineConfig({
  testDir: "browser",
  globalSetup: "./browser/warm-up.ts",
  outputDir: "test-results",
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // One emulator serves them all, and answers one request at a time.
  workers: 1,
  reporter: [["list"]],
  use: {
    baseURL: chosenStack() ? undefined : OWN.webUrl,
    actionTimeout: 15_000,
    screenshot: "only-on-failure",
    launchOptions: {
      ...(CHROMIUM && { executablePath: CHROMIUM }),
      args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"],
    },
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
