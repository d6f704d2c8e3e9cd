import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { expect, test, vi } from "vitest";

import { people } from "@fake/people";
import { EscalationQueue } from "@/features/escalations/escalation-queue";
import { AvailabilityDialog } from "@/features/people/availability/availability-dialog";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";
import { setUpWrongClock } from "@/shared/testing/wrong-clock";

import { SessionPage } from "./session-page";

const fake = setUpFakeApi();
const setComputerClock = setUpWrongClock(fake);

const HOUR_MS = 3_600_000;
const CLOCKS = [
  ["three hours ahead", 3 * HOUR_MS],
  ["three hours behind", -3 * HOUR_MS],
] as const;

const hoursAhead = (until: string | null | undefined) => (Date.parse(until ?? "") - Date.parse(fake.api.now())) / HOUR_MS;

function openCase() {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at the Ghent branch" });
  return fake.api.handOff(session.id, people.jane, { intent: "escalate", to: people.sam.id });
}

test.each(CLOCKS)("on a computer that is %s, a wait for an hour or for seven days is accepted", async (_, ahead) => {
  setComputerClock(ahead);
  const handoff = openCase();
  fake.api.claim(handoff.session_id, handoff.id, people.sam);
  const routes = (
    <Routes>
      <Route path="/pilot/:id" element={<SessionPage />} />
    </Routes>
  );
  const { user } = renderWithProviders(routes, { as: people.sam, at: `/pilot/${handoff.session_id}` });

  for (const [span, hours] of [["1 hour", 1], ["7 days", 167]] as const) {
    await user.click(await screen.findByRole("button", { name: "More actions" }));
    await user.click(await screen.findByRole("menuitem", { name: "Waiting until…" }));
    const dialog = within(await screen.findByRole("dialog", { name: "Waiting until…" }));
    await user.selectOptions(dialog.getByLabelText("For"), span);
    await user.type(dialog.getByLabelText(/What you wait for/), "A new line card");
    await user.click(dialog.getByRole("button", { name: "Wait" }));

    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(Math.abs(hoursAhead(fake.api.handoffs.get(handoff.id)?.waiting?.until) - hours)).toBeLessThan(0.01);
  }
});

test.each(CLOCKS)("on a computer that is %s, an absence ends when it was said to", async (_, ahead) => {
  setComputerClock(ahead);
  const onClose = vi.fn();
  const { user } = renderWithProviders(<AvailabilityDialog opened onClose={onClose} />, { as: people.sam });

  await user.click(await screen.findByRole("radio", { name: "Away" }));
  await user.selectOptions(screen.getByLabelText("How long"), "For 1 hour");
  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(Math.abs(hoursAhead(fake.api.availability.get(people.sam.id)?.until) - 1)).toBeLessThan(0.01);
});

test.each(CLOCKS)("on a computer that is %s, a time is past or ahead by the API's clock", async (_, ahead) => {
  setComputerClock(ahead);
  const { user } = renderWithProviders(<AvailabilityDialog opened onClose={vi.fn()} />, { as: people.sam });
  await user.click(await screen.findByRole("radio", { name: "Away" }));
  await user.selectOptions(screen.getByLabelText("How long"), "Until a date and time…");
  const choose = (hours: number) => {
    const at = new Date(Date.parse(fake.api.now()) + hours * HOUR_MS);
    const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
    fireEvent.change(screen.getByLabelText(/^Until/), { target: { value: local } });
  };

  choose(1);
  expect(screen.queryByText("Choose a time that lies ahead.")).toBeNull();
  choose(-1);

  expect(screen.getByText("Choose a time that lies ahead.")).toBeInTheDocument();
});

test.each(CLOCKS)("on a computer that is %s, the queue shows how long a case waits, and whom it is directed to", async (_, ahead) => {
  setComputerClock(ahead);
  fake.api.shiftMs -= 270_000;
  openCase();
  fake.api.shiftMs += 270_000;

  renderWithProviders(<EscalationQueue />, { as: people.alex });

  const row = await screen.findByRole("listitem");
  await waitFor(() => expect(row).toHaveTextContent("4 min"));
  expect(row).toHaveTextContent("Directed to Sam Rivera until");
});
