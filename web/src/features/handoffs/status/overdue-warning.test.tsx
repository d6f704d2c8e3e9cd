import { screen, waitFor } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import type { HandoffEvent } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";
import { timeOfDay } from "@/shared/ui/age-text";

import { OverdueWarning } from "./overdue-warning";

const fake = setUpFakeApi();

function waiting(level: number | null, round = 0, tell = ["seniors"]) {
  const session = fake.api.openSession(people.jane, { problem_summary: "VPN drops at the Ghent branch" });
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  return { ...handoff, level, step: level === null ? null : { level, round, tell } };
}

const overdue = (handoff_id: string, occurred_at: string) =>
  ({ type: "handoff_overdue", handoff_id, occurred_at }) as HandoffEvent;
const warning = () => screen.findByRole("region", { name: "Nobody has come yet" });

test("the sender is told when others were told last, and whom they could call", async () => {
  fake.api.availability.set(people.sam.id, { presence: "away", until: null });
  const handoff = waiting(1);
  const [first, last] = [new Date(Date.now() - 600_000).toISOString(), new Date(Date.now() - 60_000).toISOString()];
  const history = [overdue(handoff.id, first), overdue(handoff.id, last), overdue("another", new Date().toISOString())];

  renderWithProviders(<OverdueWarning handoff={handoff} history={history} />, { as: people.jane });

  expect(await warning()).toHaveTextContent(
    `All seniors were told at ${timeOfDay(last, Date.now())}; nobody has come yet. Call somebody?`,
  );
  expect(await screen.findByText("Available: Olga Novak")).toBeInTheDocument();
  expect(screen.getByText(/On call/)).toHaveTextContent("On call: Alex Lindqvist");
});

test.each([
  [["admins"], "The admins were told"],
  [["on_call"], "Who is on call was told"],
  [[`person:${people.sam.id}`], "Sam Rivera was told"],
  [["on_call", "skilled", `person:${people.sam.id}`], "Who is on call, seniors skilled in the domain and Sam Rivera were told"],
  [["person:left"], "Somebody who has left was told"],
])("the step that tells %j is named", async (tell, words) => {
  const handoff = waiting(0, 1, tell);

  renderWithProviders(<OverdueWarning handoff={handoff} history={[overdue(handoff.id, new Date().toISOString())]} />, { as: people.jane });

  await waitFor(async () => expect((await warning()).textContent).toContain(words));
});

test("with nobody on call and nobody available it says so", async () => {
  fake.server.use(http.get("*/on-call", () => HttpResponse.json({ items: [] })));
  for (const one of [people.sam, people.alex, people.olga]) fake.api.availability.set(one.id, { presence: "away", until: null });

  renderWithProviders(<OverdueWarning handoff={waiting(2)} history={[]} />, { as: people.jane });

  expect(await screen.findByText("Nobody is on call, and no senior is available.")).toBeInTheDocument();
});

test.each([null, 0])("at level %s there is no warning", async (level) => {
  renderWithProviders(
    <>
      <OverdueWarning handoff={waiting(level)} history={[]} />
      <p>After it</p>
    </>,
    { as: people.jane },
  );

  expect(await screen.findByText("After it")).toBeInTheDocument();
  expect(screen.queryByRole("region")).toBeNull();
});
