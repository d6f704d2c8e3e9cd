import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
import { useState } from "react";
import { expect, test } from "vitest";

import { type FakePerson, people } from "@fake/people";
import { factsOf } from "@fake/seed";
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

/** An account that had an escalation once, and has none now. */
function endAnEscalation() {
  const ended = escalate("Long ago");
  fake.api.withdraw(ended.session_id, ended.id, people.jane);
}

const rows = async () => (await screen.findAllByRole("listitem")).map((row) => row.textContent);

test("the queue shows the most urgent first, without the reader's own handoffs", async () => {
  escalate("A slow printer", "low");
  escalate("Everything is down", "urgent");
  escalate("My own", "urgent", people.sam);

  renderWithProviders(<EscalationQueue />);

  const [first, second, ...more] = await rows();
  expect(first).toContain("Everything is down");
  expect(second).toContain("A slow printer");
  expect(more).toEqual([]);
});

test("a row shows sender, problem, age, ticket and assessment status, and links to the context", async () => {
  const handoff = escalate("Everything is down", "urgent");

  renderWithProviders(<EscalationQueue />);

  const row = await screen.findByRole("link");
  expect(row).toHaveAttribute("href", `/pilot/${handoff.session_id}?pickup=true`);
  for (const text of ["Urgent", "Everything is down", "Jane Cooper", "0 steps", "Assessment on its way", "now"]) {
    expect(within(row).getByText(text)).toBeInTheDocument();
  }
  expect(row).toHaveTextContent("#48213");
});

test("a row says that the AI is off for its client", async () => {
  const session = fake.api.openSession(people.jane, { problem_summary: "Everything is down" });
  session.ticket = factsOf("Everything is down", session.created_at);
  const handoff = fake.api.handOff(session.id, people.jane, { intent: "escalate" });
  fake.api.assess(handoff.id, { error: "off" });

  renderWithProviders(<EscalationQueue />);

  expect(await screen.findByText("AI is off for this client")).toBeInTheDocument();
  expect(screen.queryByText("No assessment")).toBeNull();
});

test("a row says what is special about the cover of its client", async () => {
  const session = fake.api.openSession(people.jane, { problem_summary: "Everything is down" });
  session.ticket = factsOf("Everything is down", session.created_at);
  fake.api.handOff(session.id, people.jane, { intent: "escalate" }).cover = "Peeters & Zonen: nights covered, Sam first";

  renderWithProviders(<EscalationQueue />);

  expect((await rows())[0]).toContain("Everything is downPeeters & Zonen: nights covered, Sam firstLotte Peeters");
});

test("a row names client and contact right after the problem", async () => {
  const session = fake.api.openSession(people.jane, { problem_summary: "Everything is down" });
  session.ticket = factsOf("Everything is down", session.created_at);
  fake.api.handOff(session.id, people.jane, { intent: "escalate" });

  renderWithProviders(<EscalationQueue />);

  expect((await rows())[0]).toContain("Everything is downPeeters & ZonenLotte Peetersfrom Jane Cooper");
});

test("a row says what the clock does next, and that nobody came at an earlier step", async () => {
  const quiet = escalate("A slow printer", "low");
  const late = escalate("Everything is down", "urgent");
  const inMinutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString();
  Object.assign(fake.api.handoffs.get(quiet.id)!, { level: 0, due: { at: inMinutes(12), what: "step" } });
  Object.assign(fake.api.handoffs.get(late.id)!, { level: 1, due: { at: inMinutes(-1), what: "step" } });

  renderWithProviders(<EscalationQueue />);

  expect(await screen.findByText("Next step in 12 min")).toBeInTheDocument();
  const [first, second] = await rows();
  expect(first).toContain("Overdue");
  expect(first).toContain("Next step now");
  expect(second).toContain("Next step in 12 min");
  expect(second).not.toContain("Overdue");
});

test("a row says that nobody was on call in place of calling a new escalation overdue", async () => {
  const handoff = escalate("Everything is down", "urgent");
  Object.assign(fake.api.handoffs.get(handoff.id)!, { level: 1, is_early: true });

  renderWithProviders(<EscalationQueue />);

  const [row] = await rows();
  expect(row).toContain("Nobody on call");
  expect(row).not.toContain("Overdue");
});

test.each([
  [95, "Ticket SLA in 1 h 35 min"],
  [12, "Ticket SLA in 12 min"],
  [-20, "Ticket SLA passed 20 min ago"],
])("a row says when the ticket system wants the ticket solved (%i minutes ahead)", async (minutes, shown) => {
  const handoff = escalate("Everything is down", "urgent");
  const dueAt = new Date(Date.now() + minutes * 60_000).toISOString();
  Object.assign(fake.api.handoffs.get(handoff.id)!, { sla_due_at: dueAt, due: { at: dueAt, what: "sla" } });

  renderWithProviders(<EscalationQueue />);

  const mark = await screen.findByText(shown);
  expect(mark).toHaveAttribute("title", expect.stringContaining("The ticket system's own deadline"));
});

test("an empty queue says that nobody is waiting", async () => {
  endAnEscalation();

  renderWithProviders(<EscalationQueue />);

  expect(await screen.findByRole("heading", { name: "Nobody is waiting" })).toBeInTheDocument();
});

test("an account that never had an escalation gets its first steps instead", async () => {
  renderWithProviders(<EscalationQueue firstSteps={<p>First steps</p>} />);

  expect(await screen.findByText("First steps")).toBeInTheDocument();
  expect(screen.queryByText("Nobody is waiting")).toBeNull();
});

test("the reader's own escalation is counted, and nobody is said to be waiting no more", async () => {
  escalate("My own", "urgent", people.sam);

  renderWithProviders(<EscalationQueue />);

  expect(await screen.findByText("Nothing from others is waiting")).toBeInTheDocument();
  expect(screen.getByText("1")).toBeInTheDocument();
  expect(screen.queryByText("Nobody is waiting")).toBeNull();
});

test.each([[999, "999"], [1_000, "1000+"]])("%i that wait are shown as %s", async (total, shown) => {
  const queue = { items: [], next_cursor: null, total, own: [], has_history: true };
  fake.server.use(http.get("*/escalations", () => HttpResponse.json(queue)));

  renderWithProviders(<EscalationQueue />);

  expect(await screen.findByText(shown)).toBeInTheDocument();
});

test("an empty first page does not say that nobody is waiting", async () => {
  escalate("A slow printer");
  const firstPart = http.get("*/escalations", ({ request }) =>
    new URL(request.url).searchParams.has("cursor") ? undefined : HttpResponse.json({ items: [], next_cursor: "0", total: 1, own: [], has_history: true }),
  );
  fake.server.use(firstPart);
  const { user } = renderWithProviders(<EscalationQueue />);

  const more = await screen.findByRole("button", { name: "Show more" });
  expect(screen.queryByText("Nobody is waiting")).toBeNull();
  await user.click(more);

  expect(await screen.findByText("A slow printer")).toBeInTheDocument();
});

test("a new row appears when the queue is loaded again", async () => {
  endAnEscalation();
  const { queries } = renderWithProviders(<EscalationQueue />);
  await screen.findByText("Nobody is waiting");
  escalate("Just now");

  await queries.invalidateQueries({ queryKey: keys.escalations });

  expect(await screen.findByText("Just now")).toBeInTheDocument();
});

test("a queue of many pages is shown page by page", async () => {
  for (let index = 0; index < 30; index += 1) escalate(`Case ${index}`);
  const { user } = renderWithProviders(<EscalationQueue />);
  expect(await rows()).toHaveLength(25);

  await user.click(screen.getByRole("button", { name: "Show more" }));

  expect(await screen.findByText("Case 29")).toBeInTheDocument();
});

test("a queue that cannot be loaded shows advice and can be retried", async () => {
  endAnEscalation();
  fake.server.use(http.get("*/escalations", () => HttpResponse.error(), { once: true }));
  const { user } = renderWithProviders(<EscalationQueue />);

  await user.click(await screen.findByRole("button", { name: "Try again" }));

  expect(await screen.findByText("Nobody is waiting")).toBeInTheDocument();
});

const links = () => screen.getAllByRole("link");

test("j and k move through the rows, and Enter opens the one with the focus", async () => {
  const [, second] = [escalate("First", "urgent"), escalate("Second")];
  const { user } = renderWithProviders(<EscalationQueue />);
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
      {shown && <EscalationQueue />}
    </>
  );
}

const nameIn = (row: string) => /Leaves|Stays|Arrives/.exec(row)?.[0];

test("no row moves while the mouse is over the list", async () => {
  const leaving = escalate("Leaves", "urgent");
  escalate("Stays", "high");
  const { user, queries } = renderWithProviders(<EscalationQueue />);
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
