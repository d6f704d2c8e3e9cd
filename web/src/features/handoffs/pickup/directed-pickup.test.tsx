import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";

import { type FakePerson, people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { leaveByReload } from "@/shared/testing/reload-page";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { PickupScreen } from "./pickup-screen";

const fake = setUpFakeApi();

function arrive(as: FakePerson) {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at Ghent" });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate", to: people.sam.id });
  const nothing = vi.fn();
  const screenOf = (
    <PickupScreen
      sessionId={session.id}
      opened
      queueAddress="/"
      onStarted={nothing}
      onUndone={nothing}
      onDismiss={nothing}
      instead={<a href="/">Next one</a>}
    />
  );
  const show = () => renderWithProviders(screenOf, { as, at: `/pilot/${session.id}?pickup=true` });
  return { ...show(), show, handoff };
}

test("others see to whom it is directed, and cannot start", async () => {
  arrive(people.alex);

  expect(await screen.findByText(/Directed to/)).toHaveTextContent(/Directed to Sam Rivera until \d/);
  expect(screen.queryByRole("button", { name: "Start here" })).toBeNull();
  expect(screen.queryByRole("button", { name: "Decline…" })).toBeNull();
});

test("its person declines it, and it opens to all", async () => {
  const { user, handoff } = arrive(people.sam);

  await user.click(await screen.findByRole("button", { name: "Decline…" }));
  await user.type(await screen.findByLabelText("Reason"), "On a plane{Control>}{Enter}{/Control}");
  expect(fake.api.handoffs.get(handoff.id)).toMatchObject({ status: "unclaimed", to: { id: people.sam.id } });
  await user.click(screen.getByRole("button", { name: "Decline" }));

  await waitFor(() => expect(fake.api.handoffs.get(handoff.id)).toMatchObject({ to: null, status: "unclaimed" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "Decline…" })).toBeNull());
  expect(screen.getByRole("button", { name: "Start here" })).toBeVisible();
});

test("a reason that is being typed stays when the direction ends, and S starts once the dialog is closed", async () => {
  const { user, handoff, queries } = arrive(people.sam);
  const decline = await screen.findByRole("button", { name: "Decline…" });
  const shownAt = performance.now();
  await waitFor(() => expect(performance.now() - shownAt).toBeGreaterThan(600)); // Keys of the screen before have passed.
  await user.click(decline);
  await user.type(await screen.findByLabelText("Reason"), "On a plane");
  fake.api.handoffs.get(handoff.id)!.directed_until = new Date(Date.now() - 60_000).toISOString();

  await queries.invalidateQueries();

  await waitFor(() => expect(screen.queryByRole("button", { name: "Decline…" })).toBeInTheDocument());
  expect(screen.getByLabelText("Reason")).toHaveValue("On a plane");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("dialog", { name: "Decline" })).toBeNull());
  expect(screen.queryByRole("button", { name: "Decline…" })).toBeNull();
  await user.keyboard("s");
  await waitFor(() => expect(fake.api.handoffs.get(handoff.id)?.status).toBe("claimed"));
});

test("the reason to decline is there again after a lost sign-in", async () => {
  const before = arrive(people.sam);
  await before.user.click(await screen.findByRole("button", { name: "Decline…" }));
  await before.user.type(await screen.findByLabelText("Reason"), "On a plane");
  leaveByReload(before);

  const { user } = before.show();
  await user.click(await screen.findByRole("button", { name: "Decline…" }));

  expect(await screen.findByLabelText("Reason")).toHaveValue("On a plane");
});
