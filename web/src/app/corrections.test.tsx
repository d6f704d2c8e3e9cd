import { screen, waitFor, within } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { expect, test } from "vitest";

import { type FakePerson, people } from "@fake/people";
import { ContextBody } from "@/features/handoffs/context/context-body";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { leaveByReload } from "@/shared/testing/reload-page";
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

const STEP = { action: "Restarted Outlook", result: "no_effect", evidence: "observed", epoch: 1 } as const;

function worked() {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at Ghent", psa_ticket_id: "48213" });
  fake.api.addStep(session.id, people.jane, STEP);
  return session;
}

const turns = () => screen.findByRole("list", { name: "Conversation and steps" });

test("the holder corrects the summary, and the conversation keeps what it was", async () => {
  const session = worked();
  const { user } = visit(session.id, people.jane);

  await user.click(await screen.findByRole("button", { name: "More actions" }));
  await user.click(await screen.findByRole("menuitem", { name: "Edit session…" }));
  const summary = await screen.findByRole("textbox", { name: /Problem/ });
  await user.clear(summary);
  await user.type(summary, "VPN drops at Bruges");
  await user.click(screen.getByRole("button", { name: "Save" }));

  expect(await screen.findByRole("heading", { name: "VPN drops at Bruges" })).toBeInTheDocument();
  expect(await within(await turns()).findByText("Summary was: VPN drops at Ghent")).toBeInTheDocument();
  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(fake.api.sessions.get(session.id)).toMatchObject({ psa_ticket_id: "48213", revision: 1, epoch: 1 });
});

const AGAIN = "What you typed before is here again, and not saved yet";

test("what is typed over the summary is there again after a lost sign-in, and can be discarded", async () => {
  const session = worked();
  const open = async () => {
    const view = visit(session.id, people.jane);
    await view.user.click(await screen.findByRole("button", { name: "More actions" }));
    await view.user.click(await screen.findByRole("menuitem", { name: "Edit session…" }));
    return { ...view, summary: await screen.findByRole("textbox", { name: /Problem/ }) };
  };
  const before = await open();
  await before.user.type(before.summary, " and Bruges");
  leaveByReload(before);

  const { user, summary } = await open();
  expect(screen.getByText(AGAIN)).toBeVisible();
  expect(summary).toHaveValue("VPN drops at Ghent and Bruges");
  await user.click(screen.getByRole("button", { name: "Discard" }));

  expect(summary).toHaveValue("VPN drops at Ghent");
});

test.each([
  ["Edit", "What did you see?"],
  ["Strike out", "Reason"],
])("what is typed into %s of a step is there again after a lost sign-in", async (what, label) => {
  const session = worked();
  const open = async () => {
    const view = visit(session.id, people.jane);
    await view.user.click(await screen.findByRole("button", { name: new RegExp(`^${what} entry`) }));
    return { ...view, field: await screen.findByRole("textbox", { name: new RegExp(label.replace("?", "")) }) };
  };
  const before = await open();
  await before.user.type(before.field, "The error came back");
  leaveByReload(before);

  expect((await open()).field).toHaveValue("The error came back");
});

test("who handed a session off names the right ticket while nobody has picked it up", async () => {
  const session = worked();
  fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  const { user } = visit(session.id, people.jane);

  await user.click(await screen.findByRole("button", { name: "More actions" }));
  await user.click(await screen.findByRole("menuitem", { name: "Edit session…" }));
  const ticket = await screen.findByLabelText("Ticket");
  await user.clear(ticket);
  await user.type(ticket, "48214");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  expect(fake.api.sessions.get(session.id)).toMatchObject({ status: "escalated", psa_ticket_id: "48214", epoch: 2 });
});

test("who handed a session off corrects nothing while somebody else holds it", async () => {
  const session = worked();
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  fake.api.claim(session.id, handoff.id, people.sam);

  visit(session.id, people.jane);

  expect(await within(await turns()).findByText("Restarted Outlook")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "More actions" })).not.toBeInTheDocument();
});

test("the author changes a step within ten minutes, and all see that it was edited", async () => {
  const session = worked();
  const { user } = visit(session.id, people.jane);

  await user.click(await screen.findByRole("button", { name: "Edit entry 1" }));
  const step = await screen.findByLabelText(/Step/);
  await user.clear(step);
  await user.type(step, "Restarted Teams");
  await user.click(screen.getByLabelText("Narrowed it down"));
  await user.click(screen.getByRole("button", { name: "Save" }));

  const list = await turns();
  expect(await within(list).findByText("Restarted Teams")).toBeInTheDocument();
  expect(within(list).getByText("edited")).toBeInTheDocument();
  expect(within(list).getByText("Narrowed it down")).toBeInTheDocument();
});

test("the author strikes a step out with a reason, and it stays readable", async () => {
  const session = worked();
  const { user } = visit(session.id, people.jane);

  await user.click(await screen.findByRole("button", { name: "Strike out entry 1" }));
  const send = await screen.findByRole("button", { name: "Strike out" });
  expect(send).toBeDisabled();
  await user.type(screen.getByLabelText(/Reason/), "That was another laptop.");
  await user.click(send);

  const list = await turns();
  expect(await within(list).findByText("That was another laptop.")).toBeInTheDocument();
  expect(within(list).getByRole("deletion")).toHaveTextContent("Restarted Outlook");
  expect(within(list).queryByRole("button", { name: /entry 1/ })).not.toBeInTheDocument();
});

test("after ten minutes a turn can only be struck out", async () => {
  fake.api.shiftMs = -11 * 60_000;
  const session = worked();
  fake.api.shiftMs = 0;
  visit(session.id, people.jane);

  expect(await screen.findByRole("button", { name: "Strike out entry 1" })).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Edit entry 1" })).not.toBeInTheDocument();
});

test("nobody corrects what another wrote, nor a case that another holds", async () => {
  const session = worked();
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  fake.api.claim(session.id, handoff.id, people.sam);

  visit(session.id, people.sam);

  expect(await within(await turns()).findByText("Restarted Outlook")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /entry 1/ })).not.toBeInTheDocument();
});

test("what was corrected after the hand off stands first, beside what was handed over", async () => {
  const session = worked();
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  const since = {
    ...handoff.since,
    corrections: [
      { of: "problem_summary" as const, seq: null, was: "VPN drops at Ghent", now: "VPN drops at Bruges", turn: null },
      { of: "turn" as const, seq: 1, was: null, now: null, turn: { ...handoff.snapshot.steps[0]!, action: "Restarted Teams" } },
    ].map((one) => ({ ...one, by: people.jane, at: fake.api.now() })),
  };

  renderWithProviders(<ContextBody handoff={{ ...handoff, since }} titleId="title" mayAskAgain={false} />, { as: people.sam });

  const region = await screen.findByRole("region", { name: "Since the hand off" });
  const list = within(region).getByRole("list", { name: "Corrections" });
  const [summary, step] = within(list).getAllByRole("listitem");
  expect(summary).toHaveTextContent(/Problem corrected by Jane Cooper .*VPN drops at BrugesWas: VPN drops at Ghent/);
  expect(step).toHaveTextContent(/Restarted Teams \(No effect\)Was: Restarted Outlook \(No effect\)/);
});

test("a ticket that is not in its system offers to name another", async () => {
  const session = worked();
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  fake.api.claim(session.id, handoff.id, people.sam);
  const failed = { status: "failed" as const, note_id: null, attempts: 1, error: "Autotask knows no ticket 48213" };
  fake.api.setTicketNotes(handoff.id, failed);
  const { user } = visit(session.id, people.sam);

  await user.click(await screen.findByRole("button", { name: "Change ticket" }));

  expect(await screen.findByLabelText("Ticket")).toHaveValue("48213");
});
