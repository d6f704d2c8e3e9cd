import { screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { assessment } from "@fake/assessments";
import { people } from "@fake/people";
import { factsOf } from "@fake/seed";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { AssessmentPanel } from "./assessment-panel";

const fake = setUpFakeApi();

function handOff({ hasClient }: { hasClient: boolean }) {
  const session = fake.api.openSession(people.jane, { problem_summary: "No mail" });
  if (hasClient) session.ticket = factsOf("No mail", session.created_at);
  return fake.api.handOff(session.id, people.jane, { intent: "escalate" });
}

test("an assessment panel says that the AI is off for the client", async () => {
  const handoff = handOff({ hasClient: true });
  fake.api.assess(handoff.id, { error: "off" });

  renderWithProviders(<AssessmentPanel handoff={handoff} mayAskAgain />);

  expect(await screen.findByText("AI is off for this client.")).toBeInTheDocument();
  expect(screen.queryByText("Assessment unavailable:")).toBeNull();
  expect(screen.getByRole("button", { name: "Ask again" })).toBeInTheDocument();
});

test("an earlier assessment stays readable after the AI was switched off", async () => {
  const handoff = handOff({ hasClient: false });
  fake.api.assess(handoff.id, assessment({ likely_cause: "The old server answers" }));
  const off = { assessment_status: "unavailable", assessment_error: "off" } as const;

  renderWithProviders(<AssessmentPanel handoff={{ ...handoff, ...off }} mayAskAgain />);

  expect(await screen.findByText("AI is off for this case.")).toBeInTheDocument();
  expect(screen.getByText("The old server answers")).toBeInTheDocument();
});
