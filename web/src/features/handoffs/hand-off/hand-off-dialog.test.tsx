import { fireEvent, screen, waitFor } from "@testing-library/react";
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
    <HandOffDialog session={session} sender={people.jane} opened onClose={() => undefined} onHandedOff={onHandedOff} />,
    { as: people.jane },
  );
  return { ...view, onHandedOff };
}

const newSession = () => fake.api.openSession(people.jane, { problem_summary: "VPN drops at the Ghent branch" });
const notes = () => screen.findByLabelText(/Notes for the next person/);
const handoffs = () => [...fake.api.handoffs.values()];

test("the dialog escalates with the chosen priority and the notes", async () => {
  const { user, onHandedOff } = open(newSession());

  await user.type(await notes(), "Call Ghent first.");
  await user.type(screen.getByLabelText("I suspect"), "The new firmware");
  await user.click(screen.getByRole("button", { name: "Needs access" }));
  await user.click(screen.getByRole("button", { name: "One person" }));
  await user.click(screen.getByRole("button", { name: "The whole site" }));
  await user.click(screen.getByRole("radio", { name: "urgent" }));
  await user.click(screen.getByRole("button", { name: "Escalate" }));

  await waitFor(() => expect(onHandedOff).toHaveBeenCalledOnce());
  expect(handoffs()).toMatchObject([
    {
      intent: "escalate",
      priority: "urgent",
      engineer_notes: "Call Ghent first.",
      suspicion: "The new firmware",
      reason: "needs_access",
      affected: "site",
    },
  ]);
});

test("a reason is taken back by a second click, and nothing but the intent has to be said", async () => {
  const { user, onHandedOff } = open(newSession());
  await notes();

  await user.click(screen.getByRole("button", { name: "Not sure" }));
  await user.click(screen.getByRole("button", { name: "Not sure" }));
  await user.click(screen.getByRole("button", { name: "Escalate" }));

  await waitFor(() => expect(onHandedOff).toHaveBeenCalledOnce());
  expect(handoffs()).toMatchObject([{ suspicion: null, reason: null, affected: null, engineer_notes: "" }]);
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

test("a secret behind emoji and with a color code in it is shown as the field holds it", async () => {
  open(newSession());

  fireEvent.change(await notes(), { target: { value: "👍🏽 password: Winter\u001b[31m2024!\u001b[0m works" } });

  const masking = await screen.findByRole("status", { name: "Masking" });
  await waitFor(() => expect(masking).toHaveTextContent("Winter\u001b[31m2024!"));
  expect(masking).toHaveTextContent(/^Will be masked:Winter/);
});

test("what the author of notes selects and masks goes with them as marked", async () => {
  const bodies: unknown[] = [];
  fake.server.use(http.post("*/handoff", async ({ request }) => void bodies.push(await request.clone().json())));
  const { user, onHandedOff } = open(newSession());
  const field = (await notes()) as HTMLTextAreaElement;
  await user.type(field, "The safe opens with winter lodge.");

  fireEvent.select(field, { target: { selectionStart: 20, selectionEnd: 32 } });
  await user.click(await screen.findByRole("button", { name: "Mask winter lodge for everybody" }));
  await user.click(screen.getByRole("button", { name: "Escalate" }));

  await waitFor(() => expect(onHandedOff).toHaveBeenCalledOnce());
  expect(bodies).toMatchObject([{ engineer_notes: "The safe opens with winter lodge.", marked: ["winter lodge"] }]);
});

test("a passage that was masked can be left as it is again", async () => {
  const { user } = open(newSession());
  const field = (await notes()) as HTMLTextAreaElement;
  await user.type(field, "The safe opens with winter lodge.");
  fireEvent.select(field, { target: { selectionStart: 20, selectionEnd: 32 } });
  await user.click(await screen.findByRole("button", { name: /^Mask winter lodge/ }));

  await user.click(screen.getByRole("button", { name: "Do not mask winter lodge" }));

  expect(screen.queryByText("Will be masked:")).toBeNull();
});

test("a passage that was edited away is no longer marked", async () => {
  const bodies: unknown[] = [];
  fake.server.use(http.post("*/handoff", async ({ request }) => void bodies.push(await request.clone().json())));
  const { user, onHandedOff } = open(newSession());
  const field = (await notes()) as HTMLTextAreaElement;
  await user.type(field, "winter lodge");
  fireEvent.select(field, { target: { selectionStart: 0, selectionEnd: 12 } });
  await user.click(await screen.findByRole("button", { name: /^Mask winter lodge/ }));

  await user.clear(field);
  await user.type(field, "nothing of it");
  await user.click(screen.getByRole("button", { name: "Escalate" }));

  await waitFor(() => expect(onHandedOff).toHaveBeenCalledOnce());
  expect(bodies).toHaveLength(1);
  expect(bodies[0]).not.toHaveProperty("marked");
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

test("an escalation is directed to one senior, whose absence and duty are shown", async () => {
  fake.server.use(
    http.get("*/api/engineers", () =>
      HttpResponse.json({
        items: [
          { ...people.sam, skills: [], availability: { presence: "away", until: null } },
          { ...people.alex, skills: [], availability: { presence: "available", until: null } },
          { ...people.joe, skills: [], availability: {} },
        ],
        next_cursor: null,
      }),
    ),
  );
  const { user, onHandedOff } = open(newSession());
  await screen.findByRole("option", { name: "Alex Lindqvist · on call" });
  const choice = screen.getByLabelText("To");
  expect(screen.queryByRole("option", { name: /Joe/ })).toBeNull();

  await user.selectOptions(choice, "Sam Rivera · away");
  expect(screen.getByText(/They are away/)).toBeVisible();
  await user.selectOptions(choice, "Alex Lindqvist · on call");
  await user.click(screen.getByRole("button", { name: "Escalate" }));

  await waitFor(() => expect(onHandedOff).toHaveBeenCalledOnce());
  expect(handoffs()).toMatchObject([{ to: { id: people.alex.id } }]);
});
