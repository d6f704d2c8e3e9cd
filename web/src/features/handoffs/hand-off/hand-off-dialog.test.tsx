import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test, vi } from "vitest";

import { people } from "@fake/people";
import type { Session } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { HandOffDialog } from "./hand-off-dialog";

const fake = setUpFakeApi();

function open(session: Session) {
  const onHandedOff = vi.fn();
  const view = renderWithProviders(
    <HandOffDialog session={session} opened onClose={() => undefined} onHandedOff={onHandedOff} />,
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

test("the dialog shows no checklist that ticks for the length of a text", async () => {
  const { user } = open(newSession());

  await user.type(await notes(), "x".repeat(30));

  expect(screen.queryByText(/Notes say where you got stuck|Ready to hand off|that help the next person/)).toBeNull();
});

test("the author of notes sees what will be masked in them", async () => {
  const { user } = open(newSession());

  await user.type(await notes(), "The password: hunter2 works");

  const masking = await screen.findByRole("status", { name: "Masking" });
  await waitFor(() => expect(masking).toHaveTextContent("Will be masked:hunter2 password"));
});

test("notes can be handed off when the check for secrets fails", async () => {
  fake.server.use(http.post("*/redaction/preview", () => HttpResponse.json({ code: "not_found" }, { status: 404 })));
  const { user, onHandedOff } = open(newSession());
  await user.type(await notes(), "password: hunter2");
  expect(await screen.findByText("Could not check for secrets")).toBeInTheDocument();

  await user.click(screen.getByRole("button", { name: "Escalate" }));

  await waitFor(() => expect(onHandedOff).toHaveBeenCalledOnce());
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
