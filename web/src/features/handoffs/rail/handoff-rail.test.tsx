import { screen, waitFor, within } from "@testing-library/react";
import axe from "axe-core";
import { expect, test, vi } from "vitest";

import { assessment } from "@fake/assessments";
import { people } from "@fake/people";
import type { Assessment, Step } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { HandoffRail, type SuggestionRecorder } from "./handoff-rail";

const fake = setUpFakeApi();
const suggestion = (text: string, already_tried = false) => ({ text, why: "", evidence: [], already_tried });

function show(about: Partial<Assessment>, { steps = [] as Step[], writes = true, ...more }: Partial<SuggestionRecorder> & { steps?: Step[]; writes?: boolean } = {}) {
  const session = fake.api.openSession(people.jane, { problem_summary: "No mail" });
  const handoff = fake.api.handOff(session.id, people.jane, {
    intent: "escalate",
    engineer_notes: "I did not touch the relay.",
    suspicion: "the relay",
    reason: "needs_access",
    affected: "site",
  });
  fake.api.assess(handoff.id, assessment(about));
  const recorder = { isPending: false, error: null, onRecord: vi.fn(), onFill: vi.fn(), ...more };
  const rail = <HandoffRail handoff={handoff} steps={steps} recorder={writes ? recorder : null} mayAskAgain />;
  return { ...renderWithProviders(rail, { as: people.sam }), recorder };
}

const group = (action: string) => screen.findByRole("group", { name: `What came of: ${action}` });

test("the rail keeps the ask, the notes, the likely cause and the suggested steps", async () => {
  const { container } = show({ likely_cause: "The relay refuses the scanner.", inconclusive: false, suggested_steps: [suggestion("Check the relay")] });

  const ask = within(await screen.findByRole("region", { name: "Why it was handed off" }));
  for (const text of ["Needs access · The whole site", "the relay", "I did not touch the relay."]) expect(ask.getByText(text)).toBeInTheDocument();
  expect(within(screen.getByRole("region", { name: "AI assessment" })).getByText("The relay refuses the scanner.")).toBeInTheDocument();
  expect(within(screen.getByRole("region", { name: "Suggested steps" })).getByText("Check the relay")).toBeInTheDocument();
  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test.each([
  ["Fixed it", "fixed"],
  ["Narrowed it down", "narrowed"],
  ["No effect", "no_effect"],
  ["Made it worse", "worse"],
  ["Unclear", "unclear"],
  ["Not done", "not_done"],
])("one click on %j records the step", async (label, result) => {
  const { user, recorder } = show({ suggested_steps: [suggestion("Check the relay")] });

  await user.click(within(await group("Check the relay")).getByRole("button", { name: label }));

  expect(recorder.onRecord).toHaveBeenCalledExactlyOnceWith("Check the relay", result);
});

test("a suggestion goes into the step form where there is a finding to add", async () => {
  const { user, recorder } = show({ suggested_steps: [suggestion("Check the relay")] });

  await user.click(within(await group("Check the relay")).getByRole("button", { name: "With a finding…" }));

  expect(recorder.onFill).toHaveBeenCalledWith("Check the relay");
});

test("a suggestion that was recorded shows what came of it in place of the buttons", async () => {
  const taken = { action: "check the RELAY.", result: "narrowed", seq: 4 } as Step;
  show({ suggested_steps: [suggestion("Check the relay")] }, { steps: [taken] });

  expect(await screen.findByText("Narrowed it down")).toBeInTheDocument();
  expect(screen.queryByRole("group", { name: /^What came of/ })).toBeNull();
});

test("nothing can be recorded twice while a step is being stored", async () => {
  show({ suggested_steps: [suggestion("Check the relay")] }, { isPending: true });

  for (const button of within(await group("Check the relay")).getAllByRole("button")) expect(button).toBeDisabled();
});

test("a reader without the session sees the suggestions and no buttons", async () => {
  show({ suggested_steps: [suggestion("Check the relay")] }, { writes: false });

  await waitFor(() => expect(screen.getByText("Check the relay")).toBeInTheDocument());
  expect(screen.queryByRole("group", { name: /^What came of/ })).toBeNull();
});
