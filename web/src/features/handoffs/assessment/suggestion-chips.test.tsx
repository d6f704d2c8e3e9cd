import { screen } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { assessment } from "@fake/assessments";
import { people } from "@fake/people";
import type { Assessment } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { SuggestionChips } from "./suggestion-chips";

const fake = setUpFakeApi();
const step = (text: string, already_tried = false) => ({ text, why: "", evidence: [], already_tried });

function show(about: Partial<Assessment>, tried: string[] = []) {
  const session = fake.api.openSession(people.jane, { problem_summary: "No mail" });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  fake.api.assess(handoff.id, assessment(about));
  const onPick = vi.fn();
  return { ...renderWithProviders(<SuggestionChips handoff={handoff} tried={tried} onPick={onPick} />), onPick };
}

test("a click on a suggestion fills the field", async () => {
  const { user, onPick } = show({ suggested_steps: [step("Check the relay")] });

  await user.click(await screen.findByRole("button", { name: "Check the relay" }));

  expect(onPick).toHaveBeenCalledWith("Check the relay");
});

test("an action that was tried is not suggested", async () => {
  show({ suggested_steps: [step("Check the relay"), step("Reboot", true), step("Call them")] }, ["check the RELAY."]);

  expect(await screen.findByRole("button", { name: "Call them" })).toBeInTheDocument();
  expect(screen.getAllByRole("button")).toHaveLength(1);
});

test("suggestions of the rehearsal model are labeled", async () => {
  show({ suggested_steps: [step("Check the relay")] });

  expect(await screen.findByText("Rehearsal model, not a real AI")).toBeInTheDocument();
});
