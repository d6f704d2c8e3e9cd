import { screen, within } from "@testing-library/react";
import { http, HttpResponse } from "msw";
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

test("an empty queue says that nobody is waiting", async () => {
  renderWithProviders(<EscalationQueue />);

  expect(await screen.findByRole("heading", { name: "Nobody is waiting" })).toBeInTheDocument();
});

test("an empty first page does not say that nobody is waiting", async () => {
  escalate("A slow printer");
  const firstPart = http.get("*/escalations", ({ request }) =>
    new URL(request.url).searchParams.has("cursor") ? undefined : HttpResponse.json({ items: [], next_cursor: "0" }),
  );
  fake.server.use(firstPart);
  const { user } = renderWithProviders(<EscalationQueue />);

  const more = await screen.findByRole("button", { name: "Show more" });
  expect(screen.queryByText("Nobody is waiting")).toBeNull();
  await user.click(more);

  expect(await screen.findByText("A slow printer")).toBeInTheDocument();
});

test("a new row appears when the queue is loaded again", async () => {
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
  fake.server.use(http.get("*/escalations", () => HttpResponse.error(), { once: true }));
  const { user } = renderWithProviders(<EscalationQueue />);

  await user.click(await screen.findByRole("button", { name: "Try again" }));

  expect(await screen.findByText("Nobody is waiting")).toBeInTheDocument();
});
