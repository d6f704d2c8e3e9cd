import type { Page } from "@playwright/test";

import type { ApiClient } from "./api-client.ts";
import { problemOf, type Switch, type TicketSystems } from "./fixtures.ts";

export interface Scene {
  waiting: string;
  unavailable: string;
  taken: string;
  mine: string;
  handedOff: string;
  /** A session whose ticket got no note. */
  untold: string;
}

export interface Screen {
  name: string;
  as: "sam" | "jane" | "hank" | "olga";
  path: (scene: Scene) => string;
  /** What shows that the screen is there; or what has to be done to get there, which ends with that. */
  reach: (page: Page, isPhone: boolean) => Promise<void>;
}

const shown = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

async function openSidebar(page: Page, isPhone: boolean): Promise<void> {
  await page.getByRole("button", { name: "Notifications" }).first().waitFor();
  if (isPhone) await press(page, "Open the sidebar");
}

/** Every screen of the page, and every dialog over it. */
export const SCREENS: Screen[] = [
  { name: "queue", as: "sam", path: () => "/", reach: (page) => shown(page, /VPN connects/) },
  { name: "queue-empty", as: "hank", path: () => "/", reach: (page) => shown(page, "Nobody is waiting") },
  { name: "pickup", as: "sam", path: (scene) => `/pilot/${scene.waiting}?pickup=true`, reach: (page) => shown(page, "Suggested next steps") },
  { name: "pickup-unavailable", as: "sam", path: (scene) => `/pilot/${scene.unavailable}?pickup=true`, reach: (page) => shown(page, "Assessment unavailable:") },
  { name: "pickup-taken", as: "sam", path: (scene) => `/pilot/${scene.taken}?pickup=true`, reach: (page) => shown(page, /picked this up/) },
  { name: "pickup-own", as: "jane", path: (scene) => `/pilot/${scene.waiting}?pickup=true`, reach: (page) => shown(page, "You handed this off") },
  { name: "pickup-absent", as: "sam", path: () => "/pilot/none?pickup=true", reach: (page) => shown(page, "This handoff can't be found") },
  { name: "session", as: "sam", path: (scene) => `/pilot/${scene.mine}`, reach: (page) => shown(page, "AI suggests") },
  {
    name: "session-step",
    as: "sam",
    path: (scene) => `/pilot/${scene.mine}`,
    reach: async (page) => {
      await page.getByText("Record a step").click();
      await page.getByLabel("What you tried").fill("Set dead peer detection to 20 s");
      await page.getByText("Worked", { exact: true }).last().click();
    },
  },
  { name: "session-waiting", as: "jane", path: (scene) => `/pilot/${scene.waiting}`, reach: (page) => shown(page, /Waiting for a senior/) },
  { name: "session-absent", as: "sam", path: () => "/pilot/none", reach: (page) => shown(page, "This session can't be found") },
  {
    name: "context",
    as: "sam",
    path: (scene) => `/pilot/${scene.mine}`,
    reach: async (page) => {
      await press(page, "Context");
      await shown(page, "Handoff context");
    },
  },
  {
    name: "hand-off",
    as: "sam",
    path: (scene) => `/pilot/${scene.mine}`,
    reach: async (page) => {
      await press(page, "Hand off");
      await page.getByLabel(/Notes for the next person/).fill("Needs somebody who may touch the firewall.");
    },
  },
  {
    name: "resolve",
    as: "sam",
    path: (scene) => `/pilot/${scene.mine}`,
    reach: async (page) => {
      await press(page, "Resolve");
      await shown(page, "What solved it?");
    },
  },
  {
    name: "new-session",
    as: "jane",
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
    path: () => "/",
    reach: async (page, isPhone) => {
      await openSidebar(page, isPhone);
      await page.getByRole("link", { name: /Escalated/ }).last().waitFor();
    },
  },
  {
    name: "bell",
    as: "sam",
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
    name: "person-menu",
    as: "sam",
    path: () => "/",
    reach: async (page, isPhone) => {
      await openSidebar(page, isPhone);
      await page.getByRole("button", { name: /Sam Rivera/ }).last().click();
      await shown(page, "Appearance");
    },
  },
  { name: "session-note-failed", as: "jane", path: (scene) => `/pilot/${scene.untold}`, reach: (page) => shown(page, "was not written") },
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

/** One that the account's ticket system has. */
export const TICKET = "T20261123.0081";

interface Means {
  jane: ApiClient;
  sam: ApiClient;
  ai: Switch<{ kind: string }>;
  psa: TicketSystems;
}

/** Sessions in every standing that the screens show. */
export async function setScene({ jane, sam, ai, psa }: Means): Promise<Scene> {
  const ghent = async () => {
    const session = await jane.openSession({
      problem_summary: problemOf("VPN drops for everyone at the Ghent branch ten minutes after they sign in"),
      problem_domain: "Network",
      psa_ticket_id: TICKET,
    });
    await jane.addStep(session, "Pinged the branch gateway for 30 minutes: no loss", "worked");
    await jane.addStep(session, "Connected with a fresh client profile", "failed");
    await jane.addStep(session, "Asked what changed: firmware 7.4.3 was installed last night", "inconclusive");
    await jane.addStep(session, "Roll the firmware back to 7.4.2", "not_run");
    return session;
  };
  const handOff = async () =>
    jane.handOff(await ghent(), {
      priority: "urgent",
      engineer_notes: "I think it is the new firmware, not the line. I did not touch the firewall.",
    });
  await ai.is({ kind: "refusal" });
  const unavailable = await handOff();
  await jane.settled(unavailable);
  await ai.sound();
  await psa.is({ kind: "403", only_notes: true });
  const untold = await handOff();
  await jane.settled(untold);
  await psa.sound();
  const [waiting, taken, mine] = [await handOff(), await handOff(), await handOff()];
  for (const handoff of [waiting, taken, mine]) await jane.settled(handoff);
  await sam.claim(mine);
  await psa.change(TICKET, { status: "In Progress" });
  await jane.untilTrue(async () => (await jane.session(mine.session_id)).psa_ticket !== null);
  return {
    waiting: waiting.session_id,
    unavailable: unavailable.session_id,
    untold: untold.session_id,
    taken: taken.session_id,
    mine: mine.session_id,
    handedOff: taken.id,
  };
}
