import { screen, waitFor, within } from "@testing-library/react";
import { delay, http } from "msw";
import { Route, Routes } from "react-router";
import { expect, test } from "vitest";

import { type FakePerson, people } from "@fake/people";
import type { Handoff } from "@/shared/api/types";
import { answerInOrder, ORDERS } from "@/shared/testing/answer-order";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";
import { Confirmation } from "@/shared/ui/confirmation";

import { SessionPage } from "./session-page";

const fake = setUpFakeApi();

function visit(sessionId: string, as: FakePerson, query = "") {
  return renderWithProviders(
    <>
      <Routes>
        <Route path="/pilot/:id" element={<SessionPage />} />
        <Route path="/" element={<p>The queue</p>} />
      </Routes>
      <Confirmation />
    </>,
    { as, at: `/pilot/${sessionId}${query}` },
  );
}

function escalate(): Handoff {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at the Ghent branch" });
  return fake.api.handOff(session.id, people.jane, { intent: "escalate", priority: "high" });
}

function escalateAndClaim(): Handoff {
  const handoff = escalate();
  fake.api.claim(handoff.session_id, handoff.id, people.sam);
  return handoff;
}

const confirmation = (text: RegExp) =>
  waitFor(() => expect(screen.getByRole("status", { name: "Confirmation" })).toHaveTextContent(text));
const lostSession = () => screen.findByText("This session is in other hands");
const draftNames = () => Object.keys(localStorage).filter((name) => name.startsWith("flowpilot.draft"));

test.each(ORDERS)("a return to the queue lands there without a draft, %s", async (order) => {
  const { id, session_id } = escalateAndClaim();
  const { user, queries } = visit(session_id, people.sam);
  await user.click(await screen.findByRole("button", { name: "More actions" }));
  await user.click(await screen.findByRole("menuitem", { name: /Return to queue/ }));
  await user.type(await screen.findByLabelText(/Note for the person/), "Needs a network person");
  answerInOrder(order, {
    server: fake.server,
    path: "*/release",
    change: () => fake.api.release(session_id, id, people.sam, "Needs a network person"),
    queries: () => queries,
    isShown: lostSession,
  });

  await user.click(screen.getByRole("button", { name: "Return to queue" }));

  expect(await screen.findByText("The queue")).toBeInTheDocument();
  await confirmation(/Returned to the queue/);
  expect(draftNames()).toEqual([]);
});

test.each(ORDERS)("a session that is passed on leads to the queue without a draft, %s", async (order) => {
  const { session_id } = escalateAndClaim();
  const { user, queries } = visit(session_id, people.sam);
  await user.click(await screen.findByRole("button", { name: "Hand off" }));
  await user.type(await screen.findByLabelText(/Notes for the next person/), "Firmware");
  answerInOrder(order, {
    server: fake.server,
    path: "*/handoff",
    change: () => fake.api.handOff(session_id, people.sam, { intent: "escalate", engineer_notes: "Firmware" }),
    status: 201,
    queries: () => queries,
    isShown: lostSession,
  });

  await user.click(screen.getByRole("button", { name: "Escalate" }));

  expect(await screen.findByText("The queue")).toBeInTheDocument();
  await confirmation(/Escalated/);
  expect(draftNames()).toEqual([]);
});

test.each(ORDERS)("an owner who escalates stays in the session, %s", async (order) => {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at the Ghent branch" });
  const { user, queries } = visit(session.id, people.jane);
  await user.click(await screen.findByRole("button", { name: "Hand off" }));
  answerInOrder(order, {
    server: fake.server,
    path: "*/handoff",
    change: () => fake.api.handOff(session.id, people.jane, { intent: "escalate" }),
    status: 201,
    queries: () => queries,
    isShown: () => screen.findByText(/Waiting for a senior/),
  });

  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Escalate" }));

  await confirmation(/Escalated/);
  expect(await screen.findByText(/Waiting for a senior/)).toHaveTextContent("Waiting for a senior · just now");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(screen.getByTestId("address")).toHaveTextContent(`/pilot/${session.id}`);
});

test.each(ORDERS)("a handoff taken back on the pickup screen leads to the session, %s", async (order) => {
  const { id, session_id } = escalate();
  const { user, queries } = visit(session_id, people.jane, "?pickup=true");
  await user.click(await screen.findByRole("button", { name: "Take back…" }));
  await user.type(await screen.findByLabelText("Note for the session"), "Solved by phone");
  const takeBack = screen.getByRole("button", { name: "Take back" });
  answerInOrder(order, {
    server: fake.server,
    path: "*/withdraw",
    change: () => fake.api.withdraw(session_id, id, people.jane),
    queries: () => queries,
    isShown: () => screen.findByText(/took this back/),
  });

  await user.click(takeBack);

  expect(await screen.findByRole("textbox", { name: "Message to the assistant" })).toBeInTheDocument();
  await confirmation(/Taken back/);
  expect(draftNames()).toEqual([]);
  expect(screen.getByTestId("address")).not.toHaveTextContent("pickup");
});

test.each(ORDERS)("a session taken back from its page confirms it, %s", async (order) => {
  const { id, session_id } = escalate();
  const { user, queries } = visit(session_id, people.jane);
  await user.click(await screen.findByRole("button", { name: "Take back…" }));
  await user.type(await screen.findByLabelText("Note for the session"), "Solved by phone");
  const takeBack = screen.getByRole("button", { name: "Take back" });
  answerInOrder(order, {
    server: fake.server,
    path: "*/withdraw",
    change: () => fake.api.withdraw(session_id, id, people.jane),
    queries: () => queries,
    isShown: () => screen.findByRole("textbox", { name: "Message to the assistant" }),
  });

  await user.click(takeBack);

  await confirmation(/Taken back/);
  expect(draftNames()).toEqual([]);
  expect(await screen.findByRole("textbox", { name: "Message to the assistant" })).toBeInTheDocument();
});

test.each(ORDERS)("a resolved session closes the dialog and keeps no draft, %s", async (order) => {
  const { session_id } = escalateAndClaim();
  const { user, queries } = visit(session_id, people.sam);
  await user.click(await screen.findByRole("button", { name: "Resolve" }));
  const dialog = await screen.findByRole("dialog");
  await user.type(within(dialog).getByLabelText(/What solved it/), "Rolled back");
  const epoch = fake.api.sessions.get(session_id)!.epoch;
  answerInOrder(order, {
    server: fake.server,
    path: "*/resolve",
    change: () => fake.api.resolve(session_id, people.sam, { resolution: "Rolled back", epoch }),
    queries: () => queries,
    isShown: () => screen.findByText(/This session is resolved/),
  });

  await user.click(within(dialog).getByRole("button", { name: "Resolve" }));

  await confirmation(/Resolved/);
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(draftNames()).toEqual([]);
});

const undo = () => screen.findByRole("button", { name: "Undo" });

test("a claim is undone with one click, and the case is back where it was", async () => {
  const { id, session_id } = escalate();
  const { user } = visit(session_id, people.sam, "?pickup=true");
  await user.click(await screen.findByRole("button", { name: "Start here" }));

  await user.click(await undo());

  await waitFor(() => expect(screen.getByText("The queue")).toBeInTheDocument());
  await confirmation(/Undone. The case waits again, in its old place./);
  expect(fake.api.handoffs.get(id)).toMatchObject({ status: "unclaimed", claimed_by: null });
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
});

test("an undo that is refused says why and keeps the session", async () => {
  const { id, session_id } = escalate();
  const { user } = visit(session_id, people.sam, "?pickup=true");
  await user.click(await screen.findByRole("button", { name: "Start here" }));
  const button = await undo();
  fake.api.say(session_id, people.sam, "Looking at it.", 3);

  await user.click(button);

  await confirmation(/Not undone. You have written to the session/);
  expect(fake.api.handoffs.get(id)?.status).toBe("claimed");
  expect(screen.getByTestId("address")).toHaveTextContent(`/pilot/${session_id}`);
});

test("the offer to undo ends with the first message", async () => {
  const { session_id } = escalate();
  const { user } = visit(session_id, people.sam, "?pickup=true");
  await user.click(await screen.findByRole("button", { name: "Start here" }));
  await undo();

  await user.type(await screen.findByRole("textbox", { name: "Message to the assistant" }), "Looking at it.{Enter}");

  await waitFor(() => expect(screen.queryByRole("button", { name: "Undo" })).toBeNull());
});

test("the offer to undo can be taken while the session is still being loaded", async () => {
  const { session_id } = escalate();
  fake.server.use(http.get("*/refresh", () => delay("infinite")));
  const { user, container } = visit(session_id, people.sam, "?pickup=true");
  container.id = "root";
  await user.click(await screen.findByRole("button", { name: "Start here" }));

  const offered = await undo();

  expect(container.inert).toBe(true);
  expect(container).not.toContainElement(offered);
});

test("the offer to undo ends with the first note", async () => {
  const { session_id } = escalate();
  const { user } = visit(session_id, people.sam, "?pickup=true");
  await user.click(await screen.findByRole("button", { name: "Start here" }));
  await undo();
  await user.click(await screen.findByText("Note to people"));

  await user.type(screen.getByLabelText("Note to the people of this session"), "I have it.{Enter}");

  await waitFor(() => expect(screen.queryByRole("button", { name: "Undo" })).toBeNull());
});

test("a reassigned session leads to the queue without a draft", async () => {
  const { session_id } = escalateAndClaim();
  const { user } = visit(session_id, people.sam);
  await user.click(await screen.findByRole("button", { name: "More actions" }));
  await user.click(await screen.findByRole("menuitem", { name: "Reassign…" }));
  await screen.findByRole("option", { name: /Alex Lindqvist/ });
  await user.selectOptions(screen.getByLabelText(/^To/), people.alex.id);
  await user.type(screen.getByLabelText("Note for the next person"), "You know their VPN.");

  await user.click(screen.getByRole("button", { name: "Reassign to Alex Lindqvist" }));

  expect(await screen.findByText("The queue")).toBeInTheDocument();
  await confirmation(/Reassigned to Alex Lindqvist/);
  expect(draftNames()).toEqual([]);
});
