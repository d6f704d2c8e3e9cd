import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { SessionView } from "./session-view";

const fake = setUpFakeApi();

/** A session with a change of hands in its timeline, whose age is worked out each time that the timeline is rendered. */
async function claimed() {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at Ghent" });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate", engineer_notes: "It is the firmware." });
  fake.api.claim(session.id, handoff.id, people.sam);
  const { user } = renderWithProviders(<SessionView sessionId={session.id} onLeave={() => undefined} />, { as: people.sam });
  await screen.findByText(/picked up/);
  const parsed = vi.spyOn(Date, "parse");
  return { user, timesParsed: () => parsed.mock.calls.length };
}

test("typing does not render the conversation", async () => {
  const { user, timesParsed } = await claimed();
  const field = screen.getByLabelText("Message to the assistant");
  await user.click(field);
  const before = timesParsed();

  await user.keyboard("ping");

  expect(field).toHaveValue("ping");
  expect(timesParsed()).toBe(before);
});

test("choosing what to write does not render the conversation", async () => {
  const { user, timesParsed } = await claimed();
  const before = timesParsed();

  await user.click(screen.getByText("Record a step"));

  expect(screen.getByLabelText("What you tried")).toBeInTheDocument();
  expect(timesParsed()).toBe(before);
});

test("a dialog that opens and closes does not render the conversation", async () => {
  const { user, timesParsed } = await claimed();
  const before = timesParsed();

  await user.click(screen.getByRole("button", { name: "Resolve" }));
  await screen.findByRole("dialog");
  await user.keyboard("{Escape}");

  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(timesParsed()).toBe(before);
});
