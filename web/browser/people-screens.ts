import type { Page } from "@playwright/test";

import type { ScreenData } from "./screen-data.ts";
import type { Screen } from "./screens.ts";

const shown = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const taken = (data: ScreenData) => `/pilot/${data.taken}?pickup=true`;

/** Opens the menu for what another holds, chooses an entry, and waits for a text. */
async function manage(page: Page, entry: string, text: RegExp): Promise<void> {
  await page.getByRole("button", { name: /^Manage/ }).click();
  await page.getByRole("menuitem", { name: entry }).click();
  await shown(page, text);
}

/** The screens of people, of their availability, and of what admins do for holders. */
export const PEOPLE_SCREENS: Screen[] = [
  {
    name: "availability",
    as: "sam",
    isReachedBySize: true,
    path: () => "/",
    reach: async (page, isPhone) => {
      await page.getByRole("button", { name: "Notifications" }).first().waitFor();
      if (isPhone) await page.getByRole("button", { name: "Open the sidebar", exact: true }).click();
      await page.getByRole("button", { name: /Sam Rivera/ }).last().click();
      await page.getByRole("menuitem", { name: "Availability…" }).click();
      await page.getByRole("radiogroup", { name: "Availability" }).getByText("Away").click();
      await page.getByLabel("How long").selectOption("at");
    },
  },
  { name: "people", as: "jane", path: () => "/people", reach: (page) => shown(page, "Alex Lindqvist") },
  {
    name: "remove-person",
    as: "olga",
    path: () => "/people",
    reach: async (page) => {
      await page.getByRole("button", { name: "Remove Sam Rivera…" }).click();
      await shown(page, /They hold/);
    },
  },
  {
    name: "person",
    as: "olga",
    path: () => "/people",
    reach: async (page) => {
      await page.getByRole("link", { name: "Sam Rivera" }).click();
      await page.getByRole("button", { name: /^Manage/ }).first().waitFor();
    },
  },
  { name: "return-for-holder", as: "olga", path: taken, reach: (page) => manage(page, "Return to queue…", /They lose it and are notified/) },
  { name: "reassign-for-holder", as: "olga", path: taken, reach: (page) => manage(page, "Reassign…", /They lose it and are notified/) },
  { name: "hand-off-for-holder", as: "olga", path: taken, reach: (page) => manage(page, "Hand off…", /You hand it off for them/) },
];
