import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { assessment } from "@fake/assessments";
import { people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";
import { Confirmation } from "@/shared/ui/confirmation";

import { SessionView } from "./session-view";

const fake = setUpFakeApi();

function claimed() {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at Ghent" });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate", engineer_notes: "It is the firmware." });
  fake.api.assess(handoff.id, assessment({ suggested_steps: [{ text: "Roll it back", why: "", evidence: [], already_tried: false }] }));
  fake.api.claim(session.id, handoff.id, people.sam);
  const view = (
    <>
      <SessionView sessionId={session.id} onLeave={() => undefined} />
      <Confirmation />
    </>
  );
  return renderWithProviders(view, { as: people.sam });
}

const rail = () => screen.findByRole("complementary", { name: "Session at a glance" });

test("after the start one click beside the conversation records a suggested step", async () => {
  const { user } = claimed();

  await user.click(await within(await rail()).findByRole("button", { name: "No effect" }));

  const conversation = await screen.findByRole("region", { name: "Conversation" });
  expect(await within(conversation).findByText("Roll it back")).toBeInTheDocument();
  await waitFor(async () => expect(within(await rail()).queryByRole("group", { name: /What came of/ })).toBeNull());
});

test("on small screens a sheet shows the same, and Esc closes it", async () => {
  const { user } = claimed();

  await user.click(await screen.findByRole("button", { name: "Next steps" }));

  const sheet = await screen.findByRole("dialog", { name: "Notes and next steps" });
  expect(within(sheet).getByText("It is the firmware.")).toBeInTheDocument();
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("a step that a suggestion replaced can be had back", async () => {
  const { user } = claimed();
  await user.click(await screen.findByText("Record a step"));
  const field = screen.getByRole("textbox", { name: "What you tried" });
  await user.type(field, "Swapped the cable");
  await user.type(screen.getByRole("textbox", { name: "What you saw" }), "same drops");

  await user.click(await screen.findByRole("button", { name: "Roll it back" }));
  expect(field).toHaveValue("Roll it back");
  await user.click(await screen.findByRole("button", { name: "Bring it back" }));

  expect(field).toHaveValue("Swapped the cable");
  expect(screen.getByRole("textbox", { name: "What you saw" })).toHaveValue("same drops");
});
