import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import type { TicketFacts as Facts } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { SessionHeading } from "./session-heading";
import { SessionSidePanel } from "./session-side-panel";

const fake = setUpFakeApi();

const FACTS: Facts = {
  number: "48213",
  title: "VPN drops at Ghent",
  client: { id: "250", name: "Fabrikam Dental Group" },
  contact: { name: "Dana Okafor", phone: "+1 206 555 0142", email: null },
  status: "In Progress",
  priority: "High",
  type: "Incident",
  owner: null,
  due_at: null,
  contract: "Managed Workplace",
  url: "https://ww2.autotask.net/ticket/48213",
  is_closed: false,
  customer_reply: null,
  changed_at: null,
  read_at: new Date().toISOString(),
};

function sessionWith(facts: Facts | null) {
  const about = { problem_summary: "VPN drops at Ghent", psa_ticket_id: "48213" };
  return { ...fake.api.openSession(people.jane, about), ticket: facts };
}

const rail = (facts: Facts | null) =>
  renderWithProviders(<SessionSidePanel session={sessionWith(facts)} steps={[]} ticketNote="Ticket note written" />, { as: people.jane });
const ticket = () => screen.getByRole("region", { name: "Ticket #48213" });

test("the side panel shows the ticket's facts and when they were read", () => {
  rail(FACTS);

  const facts = within(ticket());
  for (const text of ["In Progress", "High", "Fabrikam Dental Group", "Dana Okafor · +1 206 555 0142", "Incident", "Managed Workplace", "Nobody", "just now", "Ticket note written"]) {
    expect(facts.getByText(text)).toBeInTheDocument();
  }
  expect(facts.getByRole("link")).toHaveAttribute("href", FACTS.url);
  expect(facts.getByRole("link")).toHaveAttribute("rel", "noopener noreferrer");
});

test("a ticket summary that equals the problem is not repeated", () => {
  rail(FACTS);

  expect(within(ticket()).queryByText(FACTS.title)).toBeNull();
});

test("a ticket summary that differs from the problem is shown", () => {
  rail({ ...FACTS, title: "Remote access at the branch" });

  expect(within(ticket()).getByText("Remote access at the branch")).toBeInTheDocument();
});

test.each([
  ["Closed", "Closed"],
  ["Waiting for invoice", "Waiting for invoice (closed)"],
])("a closed ticket whose status is %j reads %j", (status, reads) => {
  rail({ ...FACTS, status, is_closed: true });

  expect(within(ticket()).getByText((_text, element) => element?.tagName === "DD" && element.textContent === reads)).toBeInTheDocument();
});

test("a ticket that was never read has no facts", () => {
  rail(null);

  expect(screen.queryByText("Nobody")).toBeNull();
});

test("the ticket's facts open from its status, for screens without the side panel", async () => {
  const { user } = renderWithProviders(<SessionHeading session={sessionWith(FACTS)} />, { as: people.jane });

  await user.click(await screen.findByRole("button", { name: "Status: In Progress" }));

  expect(within(await screen.findByRole("dialog", { name: "Ticket" })).getByText("Fabrikam Dental Group")).toBeInTheDocument();
});
