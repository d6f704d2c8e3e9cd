import { type Browser, type BrowserContextOptions, expect, type Page, test as base } from "@playwright/test";

import { ApiClient, userOf } from "./api-client.ts";
import { type SignIn, SignInStore } from "./sign-in-store.ts";
import { psaUrl, readStack, rehearsalUrl, type Stack } from "./stack.ts";

type Visit = (handle: string, path?: string, options?: BrowserContextOptions) => Promise<Page>;

interface Fixtures {
  stack: Stack;
  api: (handle: string) => ApiClient;
  /**
   * Opens a path in a browser context of its own, signed in as one of the people. The first visit of a person in a run
   * signs in on the provider's page; later ones start with the tokens of that one, as after a reload.
   */
  visit: Visit;
  /** Injects faults into the AI behind the stack. They are cleared after the test; what is `held` is answered then. */
  ai: FaultSwitch<{ kind: string; count?: number; delay_s?: number }>;
  /** Injects faults into the ticket systems behind the stack. They are cleared after the test. */
  psa: TicketSystems;
}

export interface TicketSystems extends FaultSwitch<{ kind: string; system?: string; only_notes?: boolean; count?: number }> {
  address: (system: string) => string;
  /** Changes a ticket in the account's own system, as a dispatcher there does. The system sends a webhook. */
  change: (number: string, to: { status: string }) => Promise<void>;
  /** Opens a ticket in the account's own system, and returns its number. */
  open: (summary: string) => Promise<string>;
  status: (number: string) => Promise<string>;
}

export interface FaultSwitch<Fault> {
  inject: (fault: Fault) => Promise<void>;
  clear: () => Promise<void>;
}

/** A test also fails when a page threw an error or its content security policy blocked something. */
export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of fixtures from this pattern.
  stack: async ({}, use) => use(readStack()),
  api: async ({ stack }, use) => use((handle) => new ApiClient(stack, handle)),
  visit: async ({ browser, stack }, use, testInfo) => {
    const errors: string[] = [];
    const pages: Page[] = [];
    const signIns = new SignInStore(testInfo.project.outputDir);
    await use(async (handle, path = "/", options = {}) => {
      const kept = signIns.read(handle);
      const page = await open(browser, stack, { handle, options, kept }, errors);
      pages.push(page);
      await page.goto(path);
      if (kept) await expect(page.getByText(userOf(stack, handle).name).first()).toBeAttached();
      else {
        await signIn(page, stack, handle);
        await signIns.store(handle, page);
      }
      return page;
    });
    await Promise.all(pages.map((page) => page.context().close()));
    expect(errors).toEqual([]);
  },
  // eslint-disable-next-line no-empty-pattern
  ai: async ({}, use) => withFaultSwitch(rehearsalUrl, use),
  // eslint-disable-next-line no-empty-pattern
  psa: async ({}, use) =>
    withFaultSwitch(psaUrl, (faults) => use({ ...faults, ...TICKETS, address: (system) => `${psaUrl}/${system}` })),
});

async function withFaultSwitch(url: string, use: (faults: FaultSwitch<object>) => Promise<void>): Promise<void> {
  const send = async (method: string, fault?: object) => {
    const response = await fetch(`${url}/faults`, { method, ...(fault && { body: JSON.stringify(fault) }) });
    expect(response.ok).toBe(true);
  };
  const clear = () => send("DELETE");
  await use({ inject: (fault) => send("POST", fault), clear });
  await clear();
}

const TICKETS = { change: changeTicket, open: openTicket, status: async (number: string) => (await findTicket(number)).status };

interface Ticket {
  id: number;
  number: string;
  status: string;
}

async function findTicket(number: string): Promise<Ticket> {
  const tickets = (await (await fetch(`${psaUrl}/tickets`)).json()) as { autotask: Ticket[] };
  const ticket = tickets.autotask.find((one) => one.number === number);
  if (!ticket) throw new Error(`no ticket ${number}`);
  return ticket;
}

async function openTicket(summary: string): Promise<string> {
  const response = await fetch(`${psaUrl}/tickets/autotask`, { method: "POST", body: JSON.stringify({ summary }) });
  expect(response.ok).toBe(true);
  return ((await response.json()) as Ticket).number;
}

async function changeTicket(number: string, to: { status: string }): Promise<void> {
  const { id } = await findTicket(number);
  const response = await fetch(`${psaUrl}/tickets/autotask/${id}`, { method: "POST", body: JSON.stringify(to) });
  expect(response.ok).toBe(true);
  expect(await response.json()).toMatchObject({ status: 202 });
}

interface Visitor {
  handle: string;
  options: BrowserContextOptions;
  kept: SignIn | null;
}

async function open(browser: Browser, stack: Stack, visitor: Visitor, errors: string[]): Promise<Page> {
  const { handle, options, kept } = visitor;
  const context = await browser.newContext({ baseURL: stack.web_url, viewport: { width: 1280, height: 800 }, ...options });
  await context.addInitScript(fillSessionStorage, kept ?? {});
  const page = await context.newPage();
  page.on("pageerror", (error) => errors.push(`${handle}: ${error.message}`));
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) errors.push(`${handle}: ${message.text()}`);
  });
  return page;
}

/** Runs in the page before its own scripts. Does nothing on later loads, so that a sign-in that ended stays ended. */
function fillSessionStorage(kept: Record<string, string>): void {
  if (sessionStorage.length === 0) Object.entries(kept).forEach(([name, value]) => sessionStorage.setItem(name, value));
}

/** Signs in on the provider's page, which leads back to where the page was. */
export async function signIn(page: Page, stack: Stack, handle: string): Promise<void> {
  const user = userOf(stack, handle);
  await page.getByRole("button", { name: /^Sign in/ }).click();
  await page.getByLabel("Username").fill(user.email);
  await page.getByLabel("Password").fill(user.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByText(user.name).first()).toBeAttached();
}

let count = 0;

/** Returns a problem that no other test of any worker uses, so that tests do not see each other's rows in the queue. */
export function uniqueProblem(what: string): string {
  count += 1;
  return `${what} (case ${Date.now().toString(36)}-${process.env.TEST_WORKER_INDEX}-${count})`;
}

export { expect } from "@playwright/test";
