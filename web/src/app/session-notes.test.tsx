import { screen, within } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { expect, test } from "vitest";

import { type FakePerson, people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { SessionPage } from "./session-page";

const fake = setUpFakeApi();

function visit(sessionId: string, as: FakePerson) {
  const routes = (
    <Routes>
      <Route path="/" element={<p>The queue</p>} />
      <Route path="/pilot/:id" element={<SessionPage />} />
    </Routes>
  );
  return renderWithProviders(routes, { as, at: `/pilot/${sessionId}` });
}

function pickedUpBySam() {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at Ghent" });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate", engineer_notes: "Out of ideas." });
  fake.api.claim(session.id, handoff.id, people.sam);
  return { session, handoff };
}

const turns = () => screen.findByRole("list", { name: "Conversation and steps" });

test("the holder leaves a note beside asking the assistant and recording a step", async () => {
  const { session } = pickedUpBySam();
  const { user } = visit(session.id, people.sam);

  await user.click(await screen.findByText("Note to people"));
  await user.type(screen.getByLabelText("Note to the people of this session"), "Did you try the wired port?");
  await user.click(screen.getByRole("button", { name: "Add note" }));

  expect(await within(await turns()).findByText("Did you try the wired port?")).toBeInTheDocument();
  expect(screen.getByLabelText("Note to the people of this session")).toHaveValue("");
});

test("the owner answers while another holds the session", async () => {
  const { session } = pickedUpBySam();
  const { user } = visit(session.id, people.jane);

  await user.type(await screen.findByLabelText("Note to the people of this session"), "Yes, the same.");
  await user.click(screen.getByRole("button", { name: "Add note" }));

  expect(await within(await turns()).findByText("Yes, the same.")).toBeInTheDocument();
  expect(fake.api.session(session.id, people.sam)).toMatchObject({ holder: { id: people.sam.id }, epoch: 3 });
});

test("a resolved session offers no note", async () => {
  const { session } = pickedUpBySam();
  fake.api.resolve(session.id, people.sam, { resolution: "Firmware", epoch: 3 });

  visit(session.id, people.jane);

  expect(await screen.findByText(/This session is resolved/)).toBeInTheDocument();
  expect(screen.queryByLabelText("Note to the people of this session")).not.toBeInTheDocument();
});

test("the owner takes back what another passed on", async () => {
  const { session } = pickedUpBySam();
  fake.api.shiftMs = 60_000; // The newer of two handoffs of one moment is anybody's guess.
  fake.api.handOff(session.id, people.sam, { intent: "escalate", engineer_notes: "The tunnel's timer." });
  const { user } = visit(session.id, people.jane);

  await user.click(await screen.findByRole("button", { name: "Take back…" }));
  await user.type(await screen.findByLabelText("Note for the session"), "The customer is on site tomorrow.");
  await user.click(screen.getByRole("button", { name: "Take back" }));

  expect(await screen.findByLabelText("Message to the assistant")).toBeInTheDocument();
  expect(await within(await turns()).findByText("The customer is on site tomorrow.")).toBeInTheDocument();
});

test("the timeline says who changed hands, with or without a word", async () => {
  const { session } = pickedUpBySam();

  visit(session.id, people.jane);

  expect(await within(await turns()).findByText(/picked up/)).toHaveTextContent("Sam Rivera picked up");
  expect(within(await turns()).getByText(/escalated/)).toHaveTextContent("Jane Cooper escalated");
});
