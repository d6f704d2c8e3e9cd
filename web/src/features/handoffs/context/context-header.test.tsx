import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { factsOf } from "@fake/seed";
import type { TicketFacts } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { ContextHeader } from "./context-header";

const fake = setUpFakeApi();

function show(facts: Partial<TicketFacts> | null) {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at Ghent", psa_ticket_id: "48213" });
  session.ticket = facts && { ...factsOf("VPN", session.created_at), ...facts };
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate", reason: "needs_access" });
  return renderWithProviders(<ContextHeader handoff={handoff} titleId="title" />, { as: people.sam });
}

test("the client and the contact come right after the problem, before anything else", async () => {
  show({});

  const header = await screen.findByRole("presentation");
  expect(header).toHaveTextContent(/^VPN drops at GhentPeeters & ZonenLotte Peeters · \+32 9 555 01 42lotte@peeters\.exampleNormalEscalated/);
});

test("what is special about the cover of the client is said in one sentence", async () => {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at Ghent" });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });

  renderWithProviders(<ContextHeader handoff={{ ...handoff, cover: "Acorn: nights covered, Sam first" }} titleId="title" />, {
    as: people.sam,
  });

  expect(await screen.findByText("Acorn: nights covered, Sam first")).toBeInTheDocument();
});

test("the ticket's number opens the ticket, and one click copies it", async () => {
  const { user } = show({ url: "https://psa.example/48213" });

  const link = await screen.findByRole("link", { name: "Open ticket #48213 in a new tab" });
  expect(link).toHaveAttribute("href", "https://psa.example/48213");
  expect(link).toHaveAttribute("rel", "noopener noreferrer");
  await user.click(screen.getByRole("button", { name: "Copy the ticket's number" }));
  expect(await navigator.clipboard.readText()).toBe("48213");
});

test.each(["javascript:alert(1)", "data:text/html,x", "/48213", ""])("%j does not become a link", async (url) => {
  show({ url });

  expect(await screen.findByText("48213")).toBeInTheDocument();
  expect(screen.queryByRole("link")).toBeNull();
});

test("the ticket system's own deadline is shown while the case is open", async () => {
  show({ due_at: new Date(Date.now() + 25 * 60_000).toISOString() });

  expect(await screen.findByText("Ticket SLA in 25 min")).toBeInTheDocument();
});

test("a ticket that was never read names nobody", async () => {
  show(null);

  const header = await screen.findByRole("presentation");
  expect(within(header).getByText("48213")).toBeInTheDocument();
  expect(header).toHaveTextContent(/^VPN drops at GhentNormalEscalated/);
});
