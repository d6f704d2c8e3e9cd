import { screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { assessment } from "@fake/assessments";
import { people } from "@fake/people";
import type { Handoff } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { AssessmentPanel } from "./assessment-panel";
import { newerWords } from "./newer-note";

const fake = setUpFakeApi();
const THREE_STEPS = { steps: 3, notes: 0, corrections: 0 };

function show(changes: Partial<Handoff>) {
  const session = fake.api.openSession(people.jane, { problem_summary: "No mail" });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  fake.api.assess(handoff.id, assessment({ likely_cause: "The old server answers" }));
  renderWithProviders(<AssessmentPanel handoff={{ ...handoff, ...changes }} mayAskAgain />);
}

test("an assessment that was made before newer steps says so", async () => {
  show({ newer_than_assessment: THREE_STEPS });

  expect(await screen.findByText("Made before 3 newer steps.")).toBeInTheDocument();
  expect(screen.getByText("The old server answers")).toBeInTheDocument();
});

test("an earlier assessment stays readable while a newer one is being written", async () => {
  show({ assessment_status: "pending", newer_than_assessment: THREE_STEPS });

  expect(await screen.findByText(/Made before 3 newer steps. A newer assessment is being written./)).toBeVisible();
  expect(screen.getByText("The old server answers")).toBeInTheDocument();
});

test("an earlier assessment stays readable when a newer one cannot be had", async () => {
  show({ assessment_status: "unavailable", assessment_error: "budget", newer_than_assessment: THREE_STEPS });

  expect(await screen.findByText("Newer assessment unavailable:")).toBeInTheDocument();
  expect(screen.getByText("The old server answers")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Ask again" })).toBeInTheDocument();
});

test("an assessment that knows everything says nothing of it", async () => {
  show({});

  expect(await screen.findByText("The old server answers")).toBeInTheDocument();
  expect(screen.queryByText(/Made before/)).toBeNull();
});

test("counts are said as in a sentence", () => {
  expect(newerWords({ steps: 3, notes: 1, corrections: 2 })).toBe("3 newer steps, 1 newer note, and 2 newer corrections");
});
