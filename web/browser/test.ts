import { type Browser, type BrowserContextOptions, expect, type Page, test as base } from "@playwright/test";

import { ApiOf, userOf } from "./api.ts";
import { readStack, rehearsalUrl, type Stack } from "./stack.ts";

type Visit = (handle: string, path?: string, options?: BrowserContextOptions) => Promise<Page>;

interface Fixtures {
  stack: Stack;
  api: (handle: string) => ApiOf;
  /** A browser of one's own, signed in as one of the people, at a path. */
  visit: Visit;
  /** The AI behind the stack. Whatever it was told is forgotten after the test. */
  ai: { is: (fault: { kind: string; count?: number; delay_s?: number }) => Promise<void>; sound: () => Promise<void> };
}

/** A test fails, whatever else it shows, when a page threw or its content security policy stopped something. */
export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures off this pattern.
  stack: async ({}, use) => use(readStack()),
  api: async ({ stack }, use) => use((handle) => new ApiOf(stack, handle)),
  visit: async ({ browser, stack }, use) => {
    const faults: string[] = [];
    const visits: Page[] = [];
    await use(async (handle, path = "/", options = {}) => {
      const page = await open(browser, stack, { handle, options }, faults);
      visits.push(page);
      await page.goto(path);
      await signIn(page, stack, handle);
      return page;
    });
    await Promise.all(visits.map((page) => page.context().close()));
    expect(faults).toEqual([]);
  },
  // eslint-disable-next-line no-empty-pattern
  ai: async ({}, use) => {
    const tell = async (method: string, fault?: object) => {
      const response = await fetch(`${rehearsalUrl}/faults`, { method, ...(fault && { body: JSON.stringify(fault) }) });
      expect(response.ok).toBe(true);
    };
    const sound = () => tell("DELETE");
    await use({ is: (fault) => tell("POST", fault), sound });
    await sound();
  },
});

interface Visitor {
  handle: string;
  options: BrowserContextOptions;
}

async function open(browser: Browser, stack: Stack, { handle, options }: Visitor, faults: string[]): Promise<Page> {
  const context = await browser.newContext({ baseURL: stack.web_url, viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`${handle}: ${error.message}`));
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) faults.push(`${handle}: ${message.text()}`);
  });
  return page;
}

/** Through the provider's own page, as people do. Comes back to where the page was. */
export async function signIn(page: Page, stack: Stack, handle: string): Promise<void> {
  const user = userOf(stack, handle);
  await page.getByRole("button", { name: /^Sign in/ }).click();
  await page.getByLabel("Username").fill(user.email);
  await page.getByLabel("Password").fill(user.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText(user.name).first()).toBeAttached();
}

let count = 0;

/** A problem that no other test has, so that they do not meet in the queue. */
export function problemOf(what: string): string {
  count += 1;
  return `${what} (case ${Date.now().toString(36)}${count})`;
}

export { expect } from "@playwright/test";
