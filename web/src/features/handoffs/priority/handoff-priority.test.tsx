import { screen, waitFor, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { type FakePerson, people } from "@fake/people";
import { PickupScreen } from "@/features/handoffs/pickup/pickup-screen";
import { SessionStatusNote } from "@/features/handoffs/status/session-status-note";
import type { Me } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { HandoffPriority } from "./handoff-priority";

const fake = setUpFakeApi();

function escalate() {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at Ghent" });
  return { session, handoff: fake.api.handOff(session.id, people.jane, { intent: "escalate", priority: "normal" }) };
}

function arrive(as: FakePerson) {
  const { session, handoff } = escalate();
  const dismiss = vi.fn();
  const screenOf = (
    <PickupScreen sessionId={session.id} opened queueAddress="/" onStarted={vi.fn()} onUndone={vi.fn()} onDismiss={dismiss} instead={null} />
  );
  return { ...renderWithProviders(screenOf, { as, at: `/pilot/${session.id}?pickup=true` }), handoff, dismiss };
}

const button = () => screen.findByRole("button", { name: /^Priority: / });
const stored = (id: string) => fake.api.handoffs.get(id);

test("a senior who looks at a waiting handoff gives it another priority", async () => {
  const { user, handoff } = arrive(people.sam);

  await user.click(await button());
  const menu = await screen.findByRole("menu");
  expect(within(menu).getByRole("menuitem", { current: true })).toHaveTextContent("Normal");
  await user.click(within(menu).getByRole("menuitem", { name: "Urgent" }));

  await waitFor(() => expect(stored(handoff.id)).toMatchObject({ priority: "urgent", status: "unclaimed" }));
  expect(await screen.findByRole("button", { name: "Priority: urgent. Change it" })).toBeVisible();
});

test("keys that are meant for the menu claim nothing and close nothing else", async () => {
  const { user, handoff, dismiss } = arrive(people.sam);
  await screen.findByRole("button", { name: "Start here" });
  const shownAt = performance.now();
  await waitFor(() => expect(performance.now() - shownAt).toBeGreaterThan(600));

  await user.click(await button());
  await screen.findByRole("menu");
  await user.keyboard("s{Escape}");

  await waitFor(() => expect(screen.queryByRole("menu")).toBeNull());
  expect(dismiss).not.toHaveBeenCalled();
  expect(stored(handoff.id)).toMatchObject({ priority: "normal", status: "unclaimed" });
});

test("the sender changes it in the session that waits", async () => {
  const { session, handoff } = escalate();
  const { user } = renderWithProviders(
    <SessionStatusNote session={session} handoff={handoff} me={people.jane as unknown as Me} onReopen={null} />,
    { as: people.jane },
  );

  await user.click(await button());
  await user.click(await screen.findByRole("menuitem", { name: "High" }));

  await waitFor(() => expect(stored(handoff.id)?.priority).toBe("high"));
});

test("who claimed it meanwhile is said, and the priority stays", async () => {
  const { session, handoff } = escalate();
  const { user } = renderWithProviders(<HandoffPriority handoff={{ ...handoff }} />, { as: people.jane });
  await user.click(await button());
  fake.api.claim(session.id, handoff.id, people.sam);

  await user.click(await screen.findByRole("menuitem", { name: "High" }));

  expect(await screen.findByRole("alert")).toBeVisible();
  expect(stored(handoff.id)?.priority).toBe("normal");
});

test.each([
  ["another engineer", people.joe, "unclaimed"],
  ["a viewer", people.vic, "unclaimed"],
  ["a senior, once it is claimed", people.sam, "claimed"],
] as const)("%s reads the priority and changes nothing", async (_who, as, status) => {
  const { handoff } = escalate();
  renderWithProviders(<HandoffPriority handoff={{ ...handoff, status }} />, { as });

  expect(await screen.findByText("Normal")).toBeVisible();
  expect(screen.queryByRole("button")).toBeNull();
});
