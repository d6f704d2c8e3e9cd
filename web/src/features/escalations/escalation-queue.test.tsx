import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { useState } from "react";
import { expect, test } from "vitest";

import { type FakePerson, people } from "@fake/people";
import { keys } from "@/shared/api/keys";
import type { Priority } from "@/shared/api/types";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { EscalationQueue } from "./escalation-queue";

const fake = setUpFakeApi();

function escalate(problem_summary: string, priority: Priority = "normal", by: FakePerson = people.jane) {
  const session = fake.api.openSession(by, { problem_summary, psa_ticket_id: "48213" });
  return fake.api.handOff(session.id, by, { intent: "escalate", priority });
}

const rows = async () => (await screen.findAllByRole("listitem")).map((row) => row.textContent);

test("the queue shows the most urgent first, without the reader's own handoffs", async () => {
  escalate("A slow printer", "low");
  escalate("Everything is down", "urgent");
  escalate("My own", "urgent", people.sam);

  renderWithProviders(<EscalationQueue own={[]} />);

  const [first, second, ...more] = await rows();
  expect(first).toContain("Everything is down");
  expect(second).toContain("A slow printer");
  expect(more).toEqual([]);
});

test("a row shows sender, problem, age, ticket and assessment status, and links to the context", async () => {
  const handoff = escalate("Everything is down", "urgent");

  renderWithProviders(<EscalationQueue own={[]} />);

  const row = await screen.findByRole("link");
  expect(row).toHaveAttribute("href", `/pilot/${handoff.session_id}?pickup=true`);
  for (const text of ["Urgent", "Everything is down", "Jane Cooper", "0 steps", "Assessment on its way", "now"]) {
    expect(within(row).getByText(text)).toBeInTheDocument();
  }
  expect(row).toHaveTextContent("#48213");
});

test("an empty queue says that nobody is waiting", async () => {
  renderWithProviders(<EscalationQueue own={[]} />);

  expect(await screen.findByRole("heading", { name: "Nobody is waiting" })).toBeInTheDocument();
});

test("an empty first page does not say that nobody is waiting", async () => {
  escalate("A slow printer");
  const firstPart = http.get("*/escalations", ({ request }) =>
    new URL(request.url).searchParams.has("cursor") ? undefined : HttpResponse.json({ items: [], next_cursor: "0" }),
  );
  fake.server.use(firstPart);
  const { user } = renderWithProviders(<EscalationQueue own={[]} />);

  const more = await screen.findByRole("button", { name: "Show more" });
  expect(screen.queryByText("Nobody is waiting")).toBeNull();
  await user.click(more);

  expect(await screen.findByText("A slow printer")).toBeInTheDocument();
});

test("a new row appears when the queue is loaded again", async () => {
  const { queries } = renderWithProviders(<EscalationQueue own={[]} />);
  await screen.findByText("Nobody is waiting");
  escalate("Just now");

  await queries.invalidateQueries({ queryKey: keys.escalations });

  expect(await screen.findByText("Just now")).toBeInTheDocument();
});

test("a queue of many pages is shown page by page", async () => {
  for (let index = 0; index < 30; index += 1) escalate(`Case ${index}`);
  const { user } = renderWithProviders(<EscalationQueue own={[]} />);
  expect(await rows()).toHaveLength(25);

  await user.click(screen.getByRole("button", { name: "Show more" }));

  expect(await screen.findByText("Case 29")).toBeInTheDocument();
});

test("a queue that cannot be loaded shows advice and can be retried", async () => {
  fake.server.use(http.get("*/escalations", () => HttpResponse.error(), { once: true }));
  const { user } = renderWithProviders(<EscalationQueue own={[]} />);

  await user.click(await screen.findByRole("button", { name: "Try again" }));

  expect(await screen.findByText("Nobody is waiting")).toBeInTheDocument();
});

const links = () => screen.getAllByRole("link");

test("j and k move through the rows, and Enter opens the one with the focus", async () => {
  const [, second] = [escalate("First", "urgent"), escalate("Second")];
  const { user } = renderWithProviders(<EscalationQueue own={[]} />);
  await rows();

  await user.keyboard("jjjk");
  expect(links()[0]).toHaveFocus();
  await user.keyboard("j");
  expect(links()[1]).toHaveFocus();
  await user.keyboard("{Enter}");

  expect(screen.getByTestId("address")).toHaveTextContent(`/pilot/${second.session_id}?pickup=true`);
});

test("a return to the queue focuses the row that was opened", async () => {
  escalate("First", "urgent");
  escalate("Second");
  const { user, queries } = renderWithProviders(<MaybeQueue />);
  await user.click(await screen.findByRole("link", { name: /Second/ }));
  await user.click(screen.getByText("Toggle"));
  expect(queries.getQueryData(keys.escalations)).toBeDefined();

  await user.click(screen.getByText("Toggle"));

  expect(await screen.findByRole("link", { name: /Second/ })).toHaveFocus();
});

function MaybeQueue() {
  const [shown, setShown] = useState(true);
  return (
    <>
      <button onClick={() => setShown(!shown)}>Toggle</button>
      {shown && <EscalationQueue own={[]} />}
    </>
  );
}

const nameIn = (row: string) => /Leaves|Stays|Arrives/.exec(row)?.[0];

test("no row moves while the mouse is over the list", async () => {
  const leaving = escalate("Leaves", "urgent");
  escalate("Stays", "high");
  const { user, queries } = renderWithProviders(<EscalationQueue own={[]} />);
  await rows();

  await user.hover(screen.getByRole("link", { name: /Stays/ }));
  fake.api.claim(leaving.session_id, leaving.id, people.alex);
  escalate("Arrives", "urgent");
  await queries.invalidateQueries({ queryKey: keys.escalations });

  expect(await screen.findByText("1 new")).toBeInTheDocument();
  expect((await rows()).map(nameIn)).toEqual(["Leaves", "Stays"]);
  expect(screen.getByText("No longer waiting")).toBeInTheDocument();
  await user.unhover(screen.getByRole("list"));
  expect((await rows()).map(nameIn)).toEqual(["Arrives", "Stays"]);
});
