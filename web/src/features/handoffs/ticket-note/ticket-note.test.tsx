import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { currentHandoff, useHandoffs } from "@/features/handoffs/api/queries";
import type { TicketNotes } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { TicketNoteFailed } from "./ticket-note-failed";
import { TicketNoteMark } from "./ticket-note-mark";

const fake = setUpFakeApi();

function Notes({ sessionId, mayRetry }: { sessionId: string; mayRetry: boolean }) {
  const handoff = currentHandoff(useHandoffs(sessionId).data);
  return handoff ? (
    <main>
      <TicketNoteMark of={handoff} />
      <TicketNoteFailed of={handoff} mayRetry={mayRetry} />
    </main>
  ) : null;
}

function show(push: Partial<TicketNotes>, mayRetry = true) {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops", psa_ticket_id: "48213" });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  fake.api.setTicketNotes(handoff.id, push);
  return { handoff, ...renderWithProviders(<Notes sessionId={session.id} mayRetry={mayRetry} />, { as: people.jane }) };
}

const REASON = "Autotask refused the API user name or secret (401). Correct them in the integration.";

test("a written note is shown without a button", async () => {
  show({ status: "sent", note_id: "990001" });

  expect(await screen.findByText("Ticket note written")).toBeInTheDocument();
  expect(screen.queryByRole("button")).toBeNull();
});

test("a handoff without a ticket shows nothing about notes", async () => {
  show({ status: "none" });

  expect(await screen.findByRole("main")).toBeEmptyDOMElement();
});

test("a failed note shows its reason, and a retry makes it pending", async () => {
  const { user, handoff } = show({ status: "failed", error: REASON, attempts: 1 });
  const failed = await screen.findByRole("region", { name: "Ticket note" });
  expect(failed).toHaveTextContent(REASON);

  await user.click(within(failed).getByRole("button", { name: "Retry" }));

  expect(await screen.findByText("Ticket note on its way")).toBeInTheDocument();
  expect(screen.queryByText(REASON)).toBeNull();
  expect(fake.api.handoffs.get(handoff.id)?.ticket_notes.status).toBe("pending");
});

test("a refused retry is reported, and the reason stays", async () => {
  const { user } = show({ status: "failed", error: REASON });
  const busy = { code: "unavailable", detail: "Notes of this handoff are being written right now." };
  fake.server.use(http.post("*/ticket-notes/retry", () => HttpResponse.json(busy, { status: 503 })));

  await user.click(await screen.findByRole("button", { name: "Retry" }));

  expect(await screen.findByRole("alert")).toHaveTextContent("FlowPilot is busy");
  expect(screen.getByText(REASON)).toBeInTheDocument();
});

test("a viewer sees the reason but no retry", async () => {
  show({ status: "failed", error: REASON }, false);

  expect(await screen.findByText(REASON)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Retry" })).toBeNull();
});

test("the ticket system's reason is shown as text, including markup", async () => {
  const { container } = show({ status: "failed", error: "<img src=x onerror=alert(1)>" });

  expect(await screen.findByText("<img src=x onerror=alert(1)>")).toBeInTheDocument();
  expect(container.querySelector("img")).toBeNull();
});

test("a ticket that does not exist is named, without a retry that cannot help", async () => {
  show({ status: "failed", error: "Autotask knows no ticket T20261123.0042." });

  expect(await screen.findByText("Ticket T20261123.0042 wasn't found in Autotask.")).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Retry" })).toBeNull();
});
