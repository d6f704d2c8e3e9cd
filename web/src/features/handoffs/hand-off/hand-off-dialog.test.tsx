import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import { people } from "@fake/people";
import type { Session, Step } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { HandOffDialog } from "./hand-off-dialog";

const fake = setUpFakeApi();

function open(session: Session) {
  const steps = fake.api.turnsOf(session.id, people.jane).filter((turn): turn is Step => turn.kind === "step");
  const onHandedOff = vi.fn();
  const view = renderWithProviders(
    <HandOffDialog session={session} steps={steps} opened onClose={() => undefined} onHandedOff={onHandedOff} />,
    { as: people.jane },
  );
  return { ...view, onHandedOff };
}

const newSession = () => fake.api.openSession(people.jane, { problem_summary: "VPN drops at the Ghent branch" });
const notes = () => screen.findByLabelText(/Notes for the next person/);
const handoffs = () => [...fake.api.handoffs.values()];

test("the dialog escalates with the chosen priority and the notes", async () => {
  const { user, onHandedOff } = open(newSession());

  await user.type(await notes(), "Firmware, I think.");
  await user.click(screen.getByRole("radio", { name: "urgent" }));
  await user.click(screen.getByRole("button", { name: "Escalate" }));

  await waitFor(() => expect(onHandedOff).toHaveBeenCalledOnce());
  expect(handoffs()).toMatchObject([{ intent: "escalate", priority: "urgent", engineer_notes: "Firmware, I think." }]);
});

test("the dialog parks without a priority", async () => {
  const { user, onHandedOff } = open(newSession());
  await notes();

  await user.click(screen.getByRole("radio", { name: "Park for later" }));
  expect(screen.queryByRole("radio", { name: "urgent" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Park" }));

  await waitFor(() => expect(onHandedOff).toHaveBeenCalledOnce());
  expect(handoffs()).toMatchObject([{ intent: "park" }]);
});

test("the readiness hint follows the typed notes", async () => {
  const { user } = open(newSession());
  expect(await screen.findByText("1 of 3 that help the next person")).toBeInTheDocument();

  await user.type(await notes(), "It started after the firmware update.");

  expect(screen.getByText("2 of 3 that help the next person")).toBeInTheDocument();
});

test("the session is ready once a step has a result", async () => {
  const session = newSession();
  fake.api.addStep(session.id, people.jane, { action: "Ping", outcome: "failed", evidence: "observed", epoch: 1 });
  const { user } = open(session);

  await user.type(await notes(), "It started after the firmware update.");

  expect(screen.getByText("Ready to hand off")).toBeInTheDocument();
});

test("a hand off whose response is lost is retried with the same idempotency key", async () => {
  const keys: (string | null)[] = [];
  let isDown = true;
  fake.server.use(
    http.post("*/handoff", ({ request }) => {
      keys.push(request.headers.get("Idempotency-Key"));
      return isDown ? HttpResponse.error() : undefined;
    }),
  );
  const { user, onHandedOff } = open(newSession());
  await user.type(await notes(), "Still here");
  await user.click(screen.getByRole("button", { name: "Escalate" }));
  expect(await screen.findByText("FlowPilot can't be reached")).toBeInTheDocument();
  isDown = false;

  await user.click(screen.getByRole("button", { name: "Escalate" }));

  await waitFor(() => expect(onHandedOff).toHaveBeenCalledOnce());
  expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
  expect(keys[1]).toBe(keys[0]);
});

test("the notes are kept when the session has changed hands meanwhile", async () => {
  const session = { ...newSession() };
  fake.api.sessions.get(session.id)!.epoch = 2;
  const { user, onHandedOff } = open(session);
  await user.type(await notes(), "Do not lose me");

  await user.click(screen.getByRole("button", { name: "Escalate" }));

  expect(await screen.findByText("The session changed hands")).toBeInTheDocument();
  expect(await notes()).toHaveValue("Do not lose me");
  expect(onHandedOff).not.toHaveBeenCalled();
});
