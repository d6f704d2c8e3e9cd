import config, { CHROMIUM, launchOptionsOf } from "./playwright.config.ts";

/** `npm run speed`: how fast the page is on a slow machine and line, and what the two flows cost. It prints figures. */
export default {
  ...config,
  projects: [{ name: "speed", testMatch: "speed.spec.ts", workers: 1, use: { launchOptions: launchOptionsOf(CHROMIUM) } }],
};
