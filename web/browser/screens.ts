import type { Locator, Page } from "@playwright/test";

import { PEOPLE_SCREENS } from "./people-screens.ts";
import type { ScreenData } from "./screen-data.ts";

export interface Screen {
  name: string;
  as: "sam" | "jane" | "hank" | "olga";
  path: (data: ScreenData) => string;
  /** Opens the screen after its path has been loaded, and waits until it is shown. */
  reach: (page: Page, isPhone: boolean) => Promise<void>;
  /** The screen is opened in another way on a phone, so it is loaded again for each size. */
  isReachedBySize?: true;
}

const shown = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function openSidebar(page: Page, isPhone: boolean): Promise<void> {
  await page.getByRole("button", { name: "Notifications" }).first().waitFor();
  if (isPhone) await press(page, "Open the sidebar");
}

/** Writes secrets that are found, marks a passage and selects another, so that all of the note on masking is shown. */
async function writeSecrets(page: Page, field: Locator): Promise<void> {
  const passages = ["winter lodge", "blue kettle"] as const;
  const text = `The safe opens with ${passages[0]}, the shed with ${passages[1]}. Password: Hunter2-Lane! PIN: 4711`;
  await field.fill(text);
  for (const [index, passage] of passages.entries()) {
    await field.evaluate((area: HTMLTextAreaElement, chosen) => {
      area.focus();
      area.setSelectionRange(area.value.indexOf(chosen), area.value.indexOf(chosen) + chosen.length);
    }, passage);
    const mark = page.getByRole("button", { name: `Mask ${passage} for everybody` });
    await mark.waitFor();
    if (index === 0) await mark.click();
  }
  await shown(page, "Hunter2-Lane!");
  await page.getByText("4711").last().waitFor();
}

/** All screens and dialogs of the page. */
export const SCREENS: Screen[] = [
  { name: "queue", as: "sam", path: () => "/", reach: (page) => shown(page, /VPN connects/) },
  { name: "queue-empty", as: "hank", path: () => "/", reach: (page) => shown(page, "Nobody is waiting") },
  { name: "queue-filtered", as: "sam", path: () => "/?priority=urgent&domain=Network", reach: (page) => shown(page, /shown: priority urgent, domain Network/) },
  { name: "queue-no-match", as: "sam", path: () => "/?client=Nobody", reach: (page) => shown(page, "No escalation matches") },
  { name: "pickup", as: "sam", path: (data) => `/pilot/${data.waiting}?pickup=true`, reach: (page) => shown(page, "Suggested next steps") },
  { name: "pickup-unavailable", as: "sam", path: (data) => `/pilot/${data.unavailable}?pickup=true`, reach: (page) => shown(page, "Assessment unavailable:") },
  { name: "pickup-taken", as: "sam", path: (data) => `/pilot/${data.taken}?pickup=true`, reach: (page) => shown(page, /picked this up/) },
  { name: "pickup-own", as: "jane", path: (data) => `/pilot/${data.waiting}?pickup=true`, reach: (page) => shown(page, "You handed this off") },
  { name: "pickup-absent", as: "sam", path: () => "/pilot/none?pickup=true", reach: (page) => shown(page, "This handoff can't be found") },
  { name: "session", as: "sam", path: (data) => `/pilot/${data.mine}`, reach: (page, isPhone) => shown(page, isPhone ? "AI suggests" : "AI: suggested steps") },
  {
    name: "session-told",
    as: "sam",
    path: (data) => `/pilot/${data.mine}`,
    reach: async (page) => {
      await page.getByText("Who was told").click();
      await shown(page, /accepted \d|Nobody was told/);
    },
  },
  {
    name: "session-step",
    as: "sam",
    path: (data) => `/pilot/${data.mine}`,
    reach: async (page) => {
      await page.getByText("Record a step").click();
      await page.getByLabel("What you tried").fill("Set dead peer detection to 20 s");
      await page.getByRole("region", { name: "Write" }).getByText("Narrowed it down", { exact: true }).click();
    },
  },
  { name: "session-paused", as: "sam", path: (data) => `/pilot/${data.paused}`, reach: (page) => shown(page, /^Waiting until/) },
  { name: "session-asked", as: "sam", path: (data) => `/pilot/${data.asked}`, reach: (page) => shown(page, "Still on it?") },
  { name: "session-waiting", as: "jane", path: (data) => `/pilot/${data.waiting}`, reach: (page) => shown(page, /Waiting for a senior/) },
  { name: "session-absent", as: "sam", path: () => "/pilot/none", reach: (page) => shown(page, "This session can't be found") },
  {
    name: "context",
    as: "sam",
    path: (data) => `/pilot/${data.mine}`,
    reach: async (page) => {
      await press(page, "Context");
      await shown(page, "Handoff context");
    },
  },
  {
    name: "hand-off",
    as: "sam",
    path: (data) => `/pilot/${data.mine}`,
    reach: async (page) => {
      await press(page, "Hand off");
      await page.getByLabel(/Notes for the next person/).fill("Needs somebody who may touch the firewall.");
    },
  },
  {
    name: "reassign",
    as: "sam",
    path: (data) => `/pilot/${data.mine}`,
    reach: async (page) => {
      await press(page, "More actions");
      await page.getByRole("menuitem", { name: "Reassign…" }).click();
      await page.getByRole("dialog", { name: "Reassign" }).getByRole("option", { name: /^Alex/ }).waitFor({ state: "attached" });
    },
  },
  {
    name: "edit-session",
    as: "sam",
    path: (data) => `/pilot/${data.mine}`,
    reach: async (page) => {
      await press(page, "More actions");
      await page.getByRole("menuitem", { name: "Edit session…" }).click();
      await page.getByRole("dialog", { name: "Edit session" }).waitFor();
    },
  },
  {
    name: "wait",
    as: "sam",
    path: (data) => `/pilot/${data.mine}`,
    reach: async (page) => {
      await press(page, "More actions");
      await page.getByRole("menuitem", { name: "Waiting until…" }).click();
      await page.getByRole("dialog", { name: "Waiting until…" }).getByLabel(/What you wait for/).fill("The customer calls back");
    },
  },
  {
    name: "edit-waiting-session",
    as: "jane",
    path: (data) => `/pilot/${data.waiting}`,
    reach: async (page) => {
      await press(page, "More actions");
      await page.getByRole("menuitem", { name: "Edit session…" }).click();
      await page.getByRole("dialog", { name: "Edit session" }).getByLabel("Ticket").fill("T20261123.0082");
    },
  },
  {
    name: "masking-session",
    as: "sam",
    path: (data) => `/pilot/${data.mine}`,
    reach: async (page) => {
      await page.getByText("Ask the assistant").click(); // The way that was chosen last is kept with the draft.
      await writeSecrets(page, page.getByLabel("Message to the assistant"));
    },
  },
  {
    name: "masking-hand-off",
    as: "sam",
    path: (data) => `/pilot/${data.mine}`,
    reach: async (page) => {
      await press(page, "Hand off");
      await writeSecrets(page, page.getByLabel(/Notes for the next person/));
    },
  },
  {
    name: "resolve",
    as: "sam",
    path: (data) => `/pilot/${data.mine}`,
    reach: async (page) => {
      await press(page, "Resolve");
      await shown(page, "What solved it?");
    },
  },
  {
    name: "new-session",
    as: "jane",
    isReachedBySize: true,
    path: () => "/",
    reach: async (page, isPhone) => {
      await openSidebar(page, isPhone);
      await page.getByRole("button", { name: "New", exact: true }).last().click();
      await shown(page, "What is the problem?");
    },
  },
  {
    name: "sidebar",
    as: "jane",
    isReachedBySize: true,
    path: () => "/",
    reach: async (page, isPhone) => {
      await openSidebar(page, isPhone);
      await page.getByRole("link", { name: /Escalated/ }).last().waitFor();
    },
  },
  {
    name: "notifications",
    as: "sam",
    isReachedBySize: true,
    path: () => "/",
    reach: async (page) => {
      await page.getByRole("button", { name: /Notifications/ }).filter({ visible: true }).first().click();
      await page.getByRole("dialog", { name: "Notifications" }).getByRole("link").first().waitFor();
    },
  },
  {
    name: "palette",
    as: "sam",
    path: () => "/",
    reach: async (page) => {
      await shown(page, /VPN connects/);
      await page.keyboard.press("Control+k");
      await page.getByLabel("Type a command or a session").waitFor();
    },
  },
  {
    name: "user-menu",
    as: "sam",
    isReachedBySize: true,
    path: () => "/",
    reach: async (page, isPhone) => {
      await openSidebar(page, isPhone);
      await page.getByRole("button", { name: /Sam Rivera/ }).last().click();
      await shown(page, "Appearance");
    },
  },
  ...PEOPLE_SCREENS,
  { name: "session-note-failed", as: "jane", path: (data) => `/pilot/${data.noteFailed}`, reach: (page) => shown(page, "was not written") },
  { name: "notification-settings", as: "sam", path: () => "/notifications", reach: (page) => shown(page, "Quiet hours") },
  { name: "channels", as: "olga", path: () => "/channels", reach: (page) => page.getByRole("heading", { name: "Channels", exact: true }).waitFor() },
  {
    name: "policy",
    as: "olga",
    path: () => "/policy",
    reach: async (page) => {
      await page.getByRole("button", { name: /^Urgent/ }).click();
      await page.getByRole("button", { name: "Add a client" }).click();
      await shown(page, /An urgent escalation at 17:55 on Friday/);
    },
  },
  { name: "rotas", as: "olga", path: () => "/rotas", reach: (page) => page.getByRole("heading", { name: "Rotas", exact: true }).waitFor() },
  {
    name: "rota-new",
    as: "olga",
    path: () => "/rotas/new",
    reach: async (page) => {
      await page.getByLabel("Add a person to the order").selectOption({ label: "Sam Rivera" });
      await page.getByRole("button", { name: "Add an override" }).click();
    },
  },
  { name: "integrations", as: "olga", path: () => "/integrations", reach: (page) => shown(page, "PSA sandbox") },
  { name: "integration", as: "olga", path: () => "/integrations/autotask/edit", reach: (page) => shown(page, "Send webhooks to") },
  {
    name: "integration-new",
    as: "olga",
    path: () => "/integrations/new",
    reach: async (page) => {
      await page.getByRole("radio", { name: "HaloPSA" }).check();
      await shown(page, "Client secret");
    },
  },
  { name: "integrations-not-mine", as: "sam", path: () => "/integrations", reach: (page) => shown(page, "There is no such page") },
  { name: "no-such-page", as: "sam", path: () => "/nowhere", reach: (page) => shown(page, "There is no such page") },
];
