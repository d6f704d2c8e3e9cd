import { type Browser, type BrowserContextOptions, expect, type Page, test as base } from "@playwright/test";

import { ApiClient, userOf } from "./api-client.ts";
import { psaUrl, readStack, rehearsalUrl, type Stack } from "./stack.ts";

type Visit = (handle: string, path?: string, options?: BrowserContextOptions) => Promise<Page>;

interface Fixtures {
  stack: Stack;
  api: (handle: string) => ApiClient;
  /**
   * A browser of one's own, signed in as one of the people, at a path. The first visit of each person goes through the
   * provider's page; later ones begin with what that left in the tab, as a reload does.
   */
  visit: Visit;
  /** The AI behind the stack. Whatever it was told is forgotten after the test. */
  ai: Switch<{ kind: string; count?: number; delay_s?: number }>;
  /** The ticket systems behind the stack, likewise. */
  psa: TicketSystems;
}

export interface TicketSystems extends Switch<{ kind: string; system?: string; only_notes?: boolean; count?: number }> {
  address: (system: string) => string;
  /** Changes a ticket of the account's own system, as a dispatcher over there does; FlowPilot is told by a webhook. */
  change: (number: string, to: { status: string }) => Promise<void>;
}

/** Makes a neighbour of the stack faulty, and sound again. */
export interface Switch<Fault> {
  is: (fault: Fault) => Promise<void>;
  sound: () => Promise<void>;
}

/** A test fails, whatever else it shows, when a page threw or its content security policy stopped something. */
export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures off this pattern.
  stack: async ({}, use) => use(readStack()),
  api: async ({ stack }, use) => use((handle) => new ApiClient(stack, handle)),
  visit: async ({ browser, stack }, use) => {
    const faults: string[] = [];
    const visits: Page[] = [];
    await use(async (handle, path = "/", options = {}) => {
      const page = await open(browser, stack, { handle, options }, faults);
      visits.push(page);
      await page.goto(path);
      const signedIn = tabs.get(handle);
      if (signedIn) await expect(page.getByText(userOf(stack, handle).name).first()).toBeAttached();
      else await signIn(page, stack, handle);
      tabs.set(handle, signedIn ?? (await tabOf(page)));
      return page;
    });
    await Promise.all(visits.map((page) => page.context().close()));
    expect(faults).toEqual([]);
  },
  // eslint-disable-next-line no-empty-pattern
  ai: async ({}, use) => useSwitch(rehearsalUrl, use),
  // eslint-disable-next-line no-empty-pattern
  psa: async ({}, use) =>
    useSwitch(psaUrl, (one) => use({ ...one, address: (system) => `${psaUrl}/${system}`, change: changeTicket })),
});

async function useSwitch(url: string, use: (one: Switch<object>) => Promise<void>): Promise<void> {
  const tell = async (method: string, fault?: object) => {
    const response = await fetch(`${url}/faults`, { method, ...(fault && { body: JSON.stringify(fault) }) });
    expect(response.ok).toBe(true);
  };
  const sound = () => tell("DELETE");
  await use({ is: (fault) => tell("POST", fault), sound });
  await sound();
}

async function changeTicket(number: string, to: { status: string }): Promise<void> {
  const tickets = (await (await fetch(`${psaUrl}/tickets`)).json()) as { autotask: { id: number; number: string }[] };
  const ticket = tickets.autotask.find((one) => one.number === number);
  const response = await fetch(`${psaUrl}/tickets/autotask/${ticket?.id}`, { method: "POST", body: JSON.stringify(to) });
  expect(response.ok).toBe(true);
  expect(await response.json()).toMatchObject({ status: 202 });
}

interface Visitor {
  handle: string;
  options: BrowserContextOptions;
}

async function open(browser: Browser, stack: Stack, { handle, options }: Visitor, faults: string[]): Promise<Page> {
  const context = await browser.newContext({ baseURL: stack.web_url, viewport: { width: 1280, height: 800 }, ...options });
  await context.addInitScript(fillTab, tabs.get(handle) ?? {});
  const page = await context.newPage();
  page.on("pageerror", (error) => faults.push(`${handle}: ${error.message}`));
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) faults.push(`${handle}: ${message.text()}`);
  });
  return page;
}

/** What a signed-in tab keeps, by person. */
const tabs = new Map<string, Record<string, string>>();

const tabOf = (page: Page) =>
  page.evaluate(() => Object.fromEntries(Object.entries(sessionStorage).filter(([name]) => name.startsWith("oidc.user:"))));

/** Runs in the page, before the page itself; once, so that what happens to the sign-in afterwards stays so. */
function fillTab(kept: Record<string, string>): void {
  if (sessionStorage.length === 0) Object.entries(kept).forEach(([name, value]) => sessionStorage.setItem(name, value));
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
