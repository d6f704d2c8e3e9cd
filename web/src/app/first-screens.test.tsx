import { screen, within } from "@testing-library/react";
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

  expect(await screen.findByText("Your own escalation waits for a senior.")).toBeInTheDocument();
  const handedOff = await screen.findByRole("region", { name: "Handed off by you" });
  const row = within(handedOff).getByRole("link", { name: /VPN drops/ });
  expect(row).toHaveAttribute("href", `/pilot/${session.id}`);
  expect(row).toHaveTextContent("Waiting for a senior");
  expect(row).toHaveTextContent("Nobody has opened it yet");
  expect(screen.queryByText(/picked up/)).toBeNull();
});

test("a sender's own escalation is counted apart from those of others", async () => {
  for (const by of [people.jane, people.joe]) {
    const session = fake.api.openSession(by, { problem_summary: `A case of ${by.name}` });
    fake.api.handOff(session.id, by, { intent: "escalate" });
  }

  show(people.jane);

  expect(await screen.findByText(/1 of your own apart from these/)).toBeInTheDocument();
  expect(within(screen.getByRole("region", { name: "Escalations" })).getAllByRole("listitem")).toHaveLength(1);
});

test("a sender sees who has opened what waits, and who has what was picked up", async () => {
  const [opened, taken] = ["Opened", "Taken"].map((problem_summary) => {
    const session = fake.api.openSession(people.jane, { problem_summary });
    return fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  });
  fake.api.reading.open(opened!.id, opened, people.sam, fake.api.now());
  fake.api.claim(taken!.session_id, taken!.id, people.alex);

  show(people.jane);

  expect(await screen.findByRole("link", { name: /Opened by Sam Rivera/ })).toBeInTheDocument();
  expect(screen.getByRole("link", { name: /Taken.*With Alex Lindqvist/ })).toBeInTheDocument();
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
