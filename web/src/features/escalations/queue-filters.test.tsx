import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";

import { type FakePerson, people } from "@fake/people";
import { factsOf } from "@fake/seed";
import type { Priority } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { EscalationQueue } from "./escalation-queue";
import { queueAddress } from "./queue-address";
import { readFilter, filterWords, NO_FILTER, withFilter } from "./queue-filter";

const fake = setUpFakeApi();

interface Case {
  priority?: Priority;
  domain?: string;
  to?: string;
}

function escalate(problem_summary: string, { priority = "normal", domain, to }: Case = {}) {
  const session = fake.api.openSession(people.jane, { problem_summary, ...(domain && { problem_domain: domain }) });
  session.ticket = factsOf(problem_summary, session.created_at);
  return fake.api.handOff(session.id, people.jane, { intent: "escalate", priority, ...(to && { to }) });
}

const show = (at = "/", as: FakePerson = people.sam) => renderWithProviders(<EscalationQueue />, { as, at });
const rows = async () => (await screen.findAllByRole("listitem")).map((row) => row.textContent);
const address = () => screen.getByTestId("address");

test("a choice filters the rows, says how many are hidden, and stands in the address", async () => {
  escalate("Everything is down", { priority: "urgent", domain: "Network" });
  escalate("A slow printer", { priority: "low", domain: "Printing" });
  const { user } = show();
  expect(await rows()).toHaveLength(2);

  await user.selectOptions(screen.getByLabelText("Domain"), "Printing");

  expect(await rows()).toEqual([expect.stringContaining("A slow printer")]);
  expect(screen.getByText("1 of 2 shown: domain Printing")).toBeInTheDocument();
  expect(address()).toHaveTextContent("/?domain=Printing");
  expect(queueAddress()).toBe("/?domain=Printing");
});

test("the filter of the address holds from the first moment", async () => {
  escalate("Everything is down", { priority: "urgent" });
  escalate("A slow printer", { priority: "low" });

  show("/?priority=urgent");

  expect(await rows()).toEqual([expect.stringContaining("Everything is down")]);
  expect(screen.getByLabelText("Priority")).toHaveValue("urgent");
});

test("a senior sees what is directed to them alone", async () => {
  escalate("For Sam", { to: people.sam.id });
  escalate("For Alex", { to: people.alex.id });
  escalate("For everybody");
  const { user } = show();
  await rows();

  await user.click(screen.getByRole("button", { name: "Directed to me" }));

  expect(await rows()).toEqual([expect.stringContaining("Directed to Sam Rivera until")]);
  expect(address()).toHaveTextContent("/?for=me");
});

test("no match says which filter there is and what it hides, and one click clears it", async () => {
  escalate("Everything is down", { priority: "urgent" });
  const { user } = show("/?priority=low&client=Nobody");

  expect(await screen.findByText(/Nothing that waits is/)).toHaveTextContent(
    "Nothing that waits is priority low and client Nobody. 1 escalation is hidden.",
  );
  expect(screen.queryByText("Nobody is waiting")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Clear the filter" }));

  expect(await rows()).toHaveLength(1);
  expect(address()).toHaveTextContent(/^\/$/);
});

test("a filter searches the pages that are not loaded yet", async () => {
  for (let index = 0; index < 60; index += 1) escalate(`Case ${index}`, { domain: index === 59 ? "Backup" : "Network" });

  show("/?domain=Backup");

  expect(await screen.findByText("1 of 60 shown: domain Backup")).toBeInTheDocument();
  expect(await rows()).toEqual([expect.stringContaining("Case 59")]);
});

test("clients to choose are those that wait", async () => {
  escalate("Everything is down");

  show();

  await rows();
  const options = within(screen.getByLabelText("Client")).getAllByRole("option");
  expect(options.map((option) => option.textContent)).toEqual(["Any client", "Peeters & Zonen"]);
});

test("who cannot pick up is told so, and has no filter for what is directed to them", async () => {
  escalate("Everything is down");

  show("/", people.vic);

  expect(await screen.findByText(/You can read them; a senior picks them up/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "Directed to me" })).toBeNull();
});

test("the filter of an address passes through it unchanged, and what is no priority is none", () => {
  const filter = { forMe: true, priority: "high", domain: "E-mail & more", client: "Acorn" } as const;

  expect(readFilter(withFilter(new URLSearchParams("other=1"), filter))).toEqual(filter);
  expect(withFilter(new URLSearchParams("other=1&for=me"), NO_FILTER).toString()).toBe("other=1");
  expect(readFilter(new URLSearchParams("priority=gigantic&domain="))).toEqual(NO_FILTER);
  expect(filterWords(NO_FILTER)).toEqual([]);
});
