import type { Locator, Page } from "@playwright/test";

import type { Handoff } from "@/shared/api/types";

import type { ApiClient } from "./api-client.ts";
import { expect, uniqueProblem, test } from "./fixtures.ts";
import { TICKET } from "./screen-data.ts";

/** The folder for screenshots, when they are wanted. */
const PICTURES = process.env.FLOWPILOT_PICTURES;

const DECIDING = ["Pinged the branch gateway for 30 minutes: no loss", "Asked what changed: firmware 7.4.3 was installed last night"] as const;
const NEWEST_NOTE = "The line is fine, I had the carrier measure it twice. Somebody has to look at the firmware of the branch firewall.";

/** A long case: two people wrote about it, and it has fourteen steps. */
async function longCase(jane: ApiClient, sam: ApiClient) {
  const session = await jane.openSession({
    problem_summary: uniqueProblem("VPN drops for everyone at the Ghent branch ten minutes after they sign in, since this morning"),
    problem_domain: "Network",
    psa_ticket_id: TICKET,
  });
  await jane.untilTrue(async () => (await jane.session(session.id)).ticket !== null);
  for (const action of DECIDING) await jane.addStep(session, action, "narrowed");
  for (let count = 1; count <= 12; count += 1) {
    await jane.addStep(session, `Connected with the client profile of person ${count}, from another desk of the branch`, "no_effect");
  }
  const first = await jane.handOff(session, {
    priority: "urgent",
    reason: "steps_exhausted",
    affected: "site",
    engineer_notes: "I think it is the new firmware, not the line. I did not touch the firewall.\n".repeat(8),
  });
  await sam.claim(first);
  return jane.settled(await sam.handOff(session, { priority: "urgent", reason: "steps_exhausted", affected: "site", engineer_notes: NEWEST_NOTE }));
}

/** What a senior has to see without scrolling. */
function essentials(page: Page, { snapshot }: Handoff): Record<string, Locator> {
  const tried = page.getByRole("region", { name: "What has been tried" });
  const assessment = page.getByRole("region", { name: "AI assessment" });
  const note = tried.getByRole("list", { name: "Notes" }).getByRole("listitem").first();
  return {
    problem: page.getByRole("heading", { name: snapshot.problem_summary }),
    client: page.getByText(snapshot.ticket!.client!.name, { exact: true }).first(),
    "who and since when": page.getByText(/^Escalated .* by Sam Rivera$/),
    why: page.getByText("Out of steps"),
    "the newest note": note,
    "the first step that decides": tried.getByRole("listitem").filter({ hasText: DECIDING[0] }),
    "the second step that decides": tried.getByRole("listitem").filter({ hasText: DECIDING[1] }),
    "the likely cause": assessment.getByText("Likely cause").locator("..").getByText(/\w{4}/).last(),
    confidence: assessment.getByText(/confidence · \d+%/),
    "the best next step": assessment.getByRole("list").first().getByRole("listitem").first().locator("> :first-child"),
    "Start here": page.getByRole("button", { name: "Start here" }),
  };
}

test("a long case shows what decides without scrolling, on a desk and on a phone", async ({ visit, api }) => {
  const handoff = await longCase(api("jane"), api("sam"));

  for (const [name, viewport] of [["desk", { width: 1440, height: 900 }], ["phone", { width: 390, height: 844 }]] as const) {
    const alex = await visit("alex", `/pilot/${handoff.session_id}?pickup=true`, { viewport, reducedMotion: "reduce" });
    await expect(alex.getByText("Suggested next steps")).toBeAttached();
    if (PICTURES) await alex.screenshot({ path: `${PICTURES}/first-glance-${name}.png` });

    for (const [what, part] of Object.entries(essentials(alex, handoff))) {
      await expect.soft(part, `${what}, ${name}`).toBeInViewport({ ratio: 1, timeout: 5_000 });
    }
    await expect(alex.getByRole("region", { name: "What has been tried" }).getByRole("listitem").first()).toContainText(NEWEST_NOTE.slice(0, 40));
    await expect(alex.getByRole("button", { name: "Show all 14 steps" })).toBeVisible();
  }
});
