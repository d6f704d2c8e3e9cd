import { screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { type FakePerson, people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { DashboardPage } from "./dashboard-page";
import { groupsIn } from "./no-role-page";

const fake = setUpFakeApi();
const show = (as: FakePerson) => renderWithProviders(<DashboardPage />, { as });

test("a sender whose only escalation waits does not read that everything was picked up", async () => {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops" });
  fake.api.handOff(session.id, people.jane, { intent: "escalate" });

  show(people.jane);

  expect(await screen.findByText("Your own escalation waits for a senior:")).toBeInTheDocument();
  expect(screen.getByRole("link", { name: "VPN drops" })).toHaveAttribute("href", `/pilot/${session.id}`);
  expect(screen.queryByText(/picked up/)).toBeNull();
});

test("a sender's own escalation is counted apart from those of others", async () => {
  for (const by of [people.jane, people.joe]) {
    const session = fake.api.openSession(by, { problem_summary: `A case of ${by.name}` });
    fake.api.handOff(session.id, by, { intent: "escalate" });
  }

  show(people.jane);

  expect(await screen.findByText(/1 of your own apart from these/)).toBeInTheDocument();
  expect(screen.getAllByRole("listitem")).toHaveLength(1);
});

test("the first admin of an account is shown how to begin", async () => {
  show(people.olga);

  expect(await screen.findByRole("link", { name: "Connect a ticket system" })).toHaveAttribute("href", "/integrations/new");
  expect(screen.getByText(/Invite people in your identity provider/)).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "New session" })).toBeInTheDocument();
});

test("a viewer is told what the role can do and is offered nothing else", async () => {
  show(people.vic);

  expect(await screen.findByText(/You can read escalations/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: "New session" })).toBeNull();
});

test.each([
  [{ "cognito:groups": ["Seniors", "vpn"] }, ["Seniors", "vpn"]],
  [{ groups: ["senior"] }, ["senior"]],
  [{ groups: "senior" }, []],
  [undefined, []],
])("the groups of the claims %j are %j", (claims, groups) => {
  expect(groupsIn(claims)).toEqual(groups);
});
