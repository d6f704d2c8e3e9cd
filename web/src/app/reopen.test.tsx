import { screen, waitFor, within } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { expect, test } from "vitest";

import { reopen, reopenTicket } from "@fake/claims";
import { type FakePerson, people } from "@fake/people";
import { mayReopen } from "@/features/sessions/reopen/may-reopen";
import type { Me, Session } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { SessionPage } from "./session-page";

const fake = setUpFakeApi();

function resolved(about: { psa_ticket_id?: string } = {}): Session {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at the Ghent branch", ...about });
  if (about.psa_ticket_id) fake.api.sessions.get(session.id)!.integration_id = "psa";
  return fake.api.resolve(session.id, people.jane, { resolution: "Rolled back", epoch: session.epoch });
}

const visit = (session: Session, as: FakePerson = people.jane) => renderAt(`/pilot/${session.id}`, as);

function renderAt(at: string, as: FakePerson) {
  return renderWithProviders(
    <Routes>
      <Route path="/pilot/:id" element={<SessionPage />} />
    </Routes>,
    { as, at },
  );
}

test("the owner reopens a resolved session with a reason and works on", async () => {
  const session = resolved();
  const { user } = visit(session);

  await user.click(await screen.findByRole("button", { name: "Reopen" }));
  const dialog = await screen.findByRole("dialog", { name: "Reopen the session" });
  expect(within(dialog).getByRole("button", { name: "Reopen" })).toBeDisabled();
  await user.type(within(dialog).getByLabelText(/What came back/), "It dropped again at nine.");
  await user.click(within(dialog).getByRole("button", { name: "Reopen" }));

  expect(await screen.findByRole("textbox", { name: "Message to the assistant" })).toBeInTheDocument();
  expect(await screen.findByText("It dropped again at nine.")).toBeInTheDocument();
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(fake.api.sessions.get(session.id)).toMatchObject({ status: "active", holder: { id: people.jane.id } });
});

test("a refused reopening says why and keeps the reason", async () => {
  const session = resolved();
  const { user } = visit(session);
  await user.click(await screen.findByRole("button", { name: "Reopen" }));
  const dialog = await screen.findByRole("dialog", { name: "Reopen the session" });
  await user.type(within(dialog).getByLabelText(/What came back/), "It dropped again.");
  fake.api.sessions.get(session.id)!.epoch += 1;

  await user.click(within(dialog).getByRole("button", { name: "Reopen" }));

  expect(await within(dialog).findByRole("alert")).toBeInTheDocument();
  expect(within(dialog).getByLabelText(/What came back/)).toHaveValue("It dropped again.");
});

test("a ticket that was reopened is shown on its resolved session, until that is reopened", async () => {
  const session = resolved();
  reopenTicket(fake.api, session.id);
  const { user } = visit(session);
  expect(await screen.findByText(/The ticket was reopened/)).toHaveTextContent("reopen it to work on it");

  await user.click(screen.getByRole("button", { name: "Reopen" }));
  const dialog = await screen.findByRole("dialog", { name: "Reopen the session" });
  await user.type(within(dialog).getByLabelText(/What came back/), "The customer wrote again.");
  await user.click(within(dialog).getByRole("button", { name: "Reopen" }));

  await waitFor(() => expect(screen.queryByText(/The ticket was reopened/)).toBeNull());
});

test("the dialog says who else works on the ticket", async () => {
  const ticket = { psa_ticket_id: "48213" };
  const session = resolved(ticket);
  fake.api.openSession(people.joe, { problem_summary: "VPN again", ...ticket });
  const { user } = visit(session);

  await user.click(await screen.findByRole("button", { name: "Reopen" }));

  const dialog = await screen.findByRole("dialog", { name: "Reopen the session" });
  expect(await within(dialog).findByText(/works on this ticket/)).toHaveTextContent(people.joe.name);
});

test("who opens the pickup screen of a reopened session sees who works on it again", async () => {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at the Ghent branch" });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate", priority: "high" });
  fake.api.claim(session.id, handoff.id, people.sam);
  fake.api.resolve(session.id, people.sam, { resolution: "Rolled back", epoch: fake.api.sessions.get(session.id)!.epoch });
  reopen(fake.api, session.id, people.jane, { reason: "It is back.", epoch: fake.api.sessions.get(session.id)!.epoch });

  renderAt(`/pilot/${session.id}?pickup=true`, people.alex);

  expect(await screen.findByText(/reopened this/)).toHaveTextContent("Jane Cooper reopened this just now");
});

function resolvedBySam(): Session {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at the Ghent branch" });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  fake.api.claim(session.id, handoff.id, people.sam);
  return fake.api.resolve(session.id, people.sam, { resolution: "Rolled back", epoch: fake.api.sessions.get(session.id)!.epoch });
}

test.each([
  ["senior", people.alex],
  ["admin", people.olga],
])("another %s, who never held it, reopens it and works on it", async (_role, as) => {
  const session = resolvedBySam();
  const { user } = visit(session, as);

  await user.click(await screen.findByRole("button", { name: "Reopen" }));
  const dialog = await screen.findByRole("dialog", { name: "Reopen the session" });
  await user.type(within(dialog).getByLabelText(/What came back/), "It is back.");
  await user.click(within(dialog).getByRole("button", { name: "Reopen" }));

  expect(await screen.findByRole("textbox", { name: "Message to the assistant" })).toBeInTheDocument();
  expect(fake.api.sessions.get(session.id)).toMatchObject({ status: "active", holder: { id: as.id } });
});

test("an engineer who never held it is not offered to reopen it", async () => {
  visit(resolvedBySam(), people.joe);

  expect(await screen.findByText("This session is in other hands")).toBeVisible();
  expect(screen.queryByRole("button", { name: "Reopen" })).toBeNull();
});

const NOW = Date.parse("2026-11-30T09:00:00.000Z");
const person = (id: string, role: Me["role"]) => ({ id, role }) as Me;
const session = (resolvedAt: string) =>
  ({ status: "resolved", resolved_at: resolvedAt, owner: { id: "jane" }, holder: { id: "joe" } }) as Session;

test.each([
  ["its owner", person("jane", "engineer"), "2026-11-29T09:00:00.000Z", true],
  ["its last holder", person("joe", "engineer"), "2026-11-29T09:00:00.000Z", true],
  ["a senior", person("sam", "senior"), "2026-11-29T09:00:00.000Z", true],
  ["another engineer", person("ann", "engineer"), "2026-11-29T09:00:00.000Z", false],
  ["an owner who only reads now", person("jane", "viewer"), "2026-11-29T09:00:00.000Z", false],
  ["its owner after 30 days", person("jane", "engineer"), "2026-10-31T09:00:00.000Z", true],
  ["its owner after more than 30 days", person("jane", "engineer"), "2026-10-31T08:59:59.000Z", false],
])("reopening is offered to %s: %#", (_who, me, resolvedAt, expected) => {
  expect(mayReopen(session(resolvedAt), me, NOW)).toBe(expected);
});

test("a refused note of a reopening is shown with its reason, and a retry makes it pending", async () => {
  const session = resolved({ psa_ticket_id: "48213" });
  const again = reopen(fake.api, session.id, people.jane, { reason: "It is back.", epoch: session.epoch });
  fake.api.sessions.get(again.id)!.ticket_notes = { status: "failed", note_id: null, attempts: 1, error: "HaloPSA refuses it (400)." };
  const { user } = visit(again);
  const failed = await screen.findByRole("region", { name: "Ticket note" });
  expect(failed).toHaveTextContent("HaloPSA refuses it (400).");

  await user.click(within(failed).getByRole("button", { name: "Retry" }));

  await waitFor(() => expect(screen.queryByRole("region", { name: "Ticket note" })).toBeNull());
  expect(fake.api.sessions.get(session.id)!.ticket_notes.status).toBe("pending");
});
