import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { assessment } from "@fake/assessments";
import { people } from "@fake/people";
import type { StepResult } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { ContextBody } from "./context-body";

const fake = setUpFakeApi();

function show(results: StepResult[], evidence: number[] = []) {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at Ghent" });
  results.forEach((result, index) =>
    fake.api.addStep(session.id, people.jane, { action: `Step ${index + 1}`, result, evidence: "observed", epoch: session.epoch }),
  );
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  const suggestion = { text: "Compare the timeouts", why: "", evidence, already_tried: false };
  fake.api.assess(handoff.id, assessment({ suggested_steps: [suggestion] }));
  return renderWithProviders(<ContextBody handoff={handoff} titleId="title" mayAskAgain={false} />, { as: people.sam });
}

const tried = () => screen.findByRole("region", { name: "What has been tried" });
const inFull = async () =>
  within(await tried())
    .getAllByRole("listitem")
    .filter((item) => item.dataset.fold !== "folded")
    .map((item) => /Step \d+/.exec(item.textContent)?.[0]);

test("a long case shows the steps that decide, in their order", async () => {
  show(["narrowed", "no_effect", "no_effect", "fixed", "no_effect", "no_effect", "unclear", "not_done"], [2]);

  expect(await inFull()).toEqual(["Step 1", "Step 2", "Step 4", "Step 8"]);
});

test("one click shows all steps", async () => {
  const { user } = show(["no_effect", "no_effect", "no_effect", "no_effect", "narrowed", "no_effect"]);

  await user.click(within(await tried()).getByRole("button", { name: "Show all 6 steps" }));

  expect(await inFull()).toHaveLength(6);
});

test("a link to a folded step unfolds the list and moves there", async () => {
  const { user } = show(["no_effect", "fixed", "fixed", "fixed", "fixed", "fixed"], [1]);
  const step = within(await tried()).getAllByRole("listitem")[0];
  expect(step).toHaveAttribute("data-fold");

  await user.click(screen.getByRole("link", { name: "step 1" }));

  expect(step).toHaveFocus();
  expect(step).not.toHaveAttribute("data-fold");
});

test("a short case is not folded", async () => {
  show(["no_effect", "fixed"]);

  expect(within(await tried()).queryByRole("button", { name: /Show all/ })).toBeNull();
});
