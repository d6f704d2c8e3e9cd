import { screen, waitFor, within } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { expect, test } from "vitest";

import { type FakePerson, people } from "@fake/people";
import type { Handoff } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";
import { Confirmation } from "@/shared/ui/confirmation";

import { AdminsOnly } from "./admins-only";
import { PeoplePage } from "./people-page";
import { PersonPage } from "./person-page";
import { SessionPage } from "./session-page";

const fake = setUpFakeApi();

function visit(at: string, as: FakePerson) {
  return renderWithProviders(
    <>
      <Routes>
        <Route path="/people" element={<PeoplePage />} />
        <Route path="/people/:id" element={<AdminsOnly />}>
          <Route index element={<PersonPage />} />
        </Route>
        <Route path="/pilot/:id" element={<SessionPage />} />
      </Routes>
      <Confirmation />
    </>,
    { as, at },
  );
}

const OF_SAM = `/people/${people.sam.id}`;

function heldBySam(): Handoff {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at the Ghent branch" });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  fake.api.claim(session.id, handoff.id, people.sam);
  return handoff;
}

const row = (name: RegExp) => screen.findByRole("article", { name });

test("everybody sees who is on call and who is away, and only an admin gets to what they hold", async () => {
  fake.api.availability.set(people.sam.id, { presence: "away", until: null });

  visit("/people", people.jane);

  expect(await row(/Sam Rivera/)).toHaveTextContent("away");
  await waitFor(async () => expect(await row(/Alex Lindqvist/)).toHaveTextContent("On call, Nights"));
  expect(screen.queryByRole("link", { name: "Sam Rivera" })).toBeNull();
});

test("an admin returns what somebody holds to the queue, told whose it is", async () => {
  const { id } = heldBySam();
  const { user } = visit("/people", people.olga);
  await user.click(await screen.findByRole("link", { name: "Sam Rivera" }));

  await user.click(await within(await row(/VPN drops/)).findByRole("button", { name: /^Manage/ }));
  await user.click(await screen.findByRole("menuitem", { name: "Return to queue…" }));
  const dialog = await screen.findByRole("dialog", { name: "Return to queue" });
  expect(dialog).toHaveTextContent("Sam Rivera holds this session. They lose it and are notified.");
  await user.click(within(dialog).getByRole("button", { name: "Return to queue" }));

  await waitFor(() => expect(fake.api.handoffs.get(id)).toMatchObject({ status: "unclaimed", actor: { id: people.olga.id } }));
  expect(await screen.findByText("Nothing here")).toBeInTheDocument();
});

test("a session that was never handed off can be handed off for its owner", async () => {
  const session = fake.api.openSession(people.sam, { problem_summary: "Scanner sends no mail" });
  const { user } = visit(OF_SAM, people.olga);

  await user.click(await within(await row(/Scanner/)).findByRole("button", { name: /^Manage/ }));
  expect(screen.queryByRole("menuitem", { name: /Return|Reassign/ })).toBeNull();
  await user.click(await screen.findByRole("menuitem", { name: "Hand off…" }));
  const dialog = await screen.findByRole("dialog", { name: "Hand off" });
  expect(dialog).toHaveTextContent("Sam Rivera holds this session. You hand it off for them");
  await user.click(within(dialog).getByRole("button", { name: "Escalate" }));

  await waitFor(() => expect([...fake.api.handoffs.values()]).toMatchObject([{ from: { id: people.sam.id }, actor: { id: people.olga.id } }]));
  expect(fake.api.sessions.get(session.id)).toMatchObject({ status: "escalated", holder: null });
});

test("the state is kept in the address, and a case that waits offers nothing to take away", async () => {
  const waiting = fake.api.openSession(people.sam, { problem_summary: "Badge reader beeps" });
  fake.api.handOff(waiting.id, people.sam, { intent: "escalate" });
  const { user } = visit(OF_SAM, people.olga);

  await user.selectOptions(await screen.findByLabelText("State"), "Waiting for a senior");

  expect(within(await row(/Badge reader/)).queryByRole("button")).toBeNull();
  expect(screen.getByTestId("address")).toHaveTextContent(`${OF_SAM}?status=escalated`);
});

test("the list of somebody's sessions is not there for others than admins", async () => {
  visit(OF_SAM, people.alex);

  expect(await screen.findByText(/There is no such page/)).toBeInTheDocument();
});

test("the pickup screen lets an admin reassign what another has picked up", async () => {
  const { id, session_id } = heldBySam();
  const { user } = visit(`/pilot/${session_id}?pickup=true`, people.olga);

  await user.click(await screen.findByRole("button", { name: "Manage the session that Sam Rivera holds" }));
  await user.click(await screen.findByRole("menuitem", { name: "Reassign…" }));
  await screen.findByRole("option", { name: /Alex Lindqvist/ });
  await user.selectOptions(screen.getByLabelText(/^To/), people.alex.id);
  await user.click(screen.getByRole("button", { name: "Reassign to Alex Lindqvist" }));

  await waitFor(() => expect(fake.api.handoffs.get(id)?.to?.id).toBe(people.alex.id));
  expect(await screen.findByText(/Directed to/)).toHaveTextContent("Directed to Alex Lindqvist");
});

test("who is no admin has no way to manage what another holds", async () => {
  const { session_id } = heldBySam();

  visit(`/pilot/${session_id}?pickup=true`, people.alex);

  expect(await screen.findByText(/picked this up/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /^Manage/ })).toBeNull();
});

test("Esc in a dialog above the pickup screen closes that dialog alone", async () => {
  const { session_id } = heldBySam();
  const { user } = visit(`/pilot/${session_id}?pickup=true`, people.olga);
  await user.click(await screen.findByRole("button", { name: /^Manage/ }));
  await user.click(await screen.findByRole("menuitem", { name: "Return to queue…" }));
  const dialog = await screen.findByRole("dialog", { name: "Return to queue" });

  within(dialog).getByRole("textbox").focus();
  await user.keyboard("{Escape}");

  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Return to queue" })).toBeNull());
  expect(screen.getByTestId("address")).toHaveTextContent(`/pilot/${session_id}?pickup=true`);
  await waitFor(() => expect(screen.getByRole("button", { name: /^Manage/ })).toHaveFocus());
});

test("Esc in a menu of the pickup screen closes that menu alone", async () => {
  const { session_id } = heldBySam();
  const { user } = visit(`/pilot/${session_id}?pickup=true`, people.olga);
  await user.click(await screen.findByRole("button", { name: /^Manage/ }));
  await screen.findByRole("menuitem", { name: "Return to queue…" });

  await user.keyboard("{Escape}");

  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  expect(screen.getByRole("dialog")).toBeInTheDocument();
});
