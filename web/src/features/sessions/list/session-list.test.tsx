import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { SessionList } from "./session-list";

const fake = setUpFakeApi();
const nothing = () => undefined;

const openSession = (problem_summary: string, psa_ticket_id: string | null = null) =>
  fake.api.openSession(people.jane, { problem_summary, psa_ticket_id });

const links = async () => (await screen.findAllByRole("link")).map((link) => link.textContent);

test("the list shows title, problem and ticket, newest first", async () => {
  const long = "The scanner on the second floor has sent no mail since the relay was moved to the new data center";
  fake.api.shiftMs = -3_600_000;
  openSession("Older");
  fake.api.shiftMs = 0;
  openSession(long, "48213");

  renderWithProviders(<SessionList onOpen={nothing} />, { as: people.jane });

  const [first, second] = await links();
  expect(first).toContain(`${long.slice(0, 69)}…`);
  expect(first).toContain("…moved to the new data center");
  expect(first?.match(/The scanner/g)).toHaveLength(1);
  expect(first).toContain("#48213");
  expect(second).toContain("Older");
});

test("a waiting escalation has a badge, other states are plain text", async () => {
  const escalated = openSession("In transit");
  fake.api.handOff(escalated.id, people.jane, { intent: "escalate" });
  const parked = openSession("Put aside");
  fake.api.handOff(parked.id, people.jane, { intent: "park" });
  const taken = openSession("In good hands");
  const handoff = fake.api.handOff(taken.id, people.jane, { intent: "escalate" });
  fake.api.claim(taken.id, handoff.id, people.sam);

  renderWithProviders(<SessionList onOpen={nothing} />, { as: people.jane });

  expect((await screen.findByText("Escalated")).closest("a")).toHaveTextContent("In transit");
  expect(screen.getByText("Parked").closest("a")).toHaveTextContent("Put aside");
  expect(screen.getByText("With Sam Rivera").closest("a")).toHaveTextContent("In good hands");
});

test("the filter finds words, tickets and people among what is loaded", async () => {
  openSession("VPN drops at Ghent", "48213");
  openSession("Scanner sends no mail");
  const { user } = renderWithProviders(<SessionList onOpen={nothing} />, { as: people.jane });
  await links();

  await user.type(screen.getByRole("searchbox"), "ghent #482");

  expect(await links()).toHaveLength(1);
});

test("a filter without a match shows how many sessions it searched", async () => {
  openSession("VPN drops at Ghent");
  const { user } = renderWithProviders(<SessionList onOpen={nothing} />, { as: people.jane });
  await links();

  await user.type(screen.getByRole("searchbox"), "zebra");

  expect(screen.getByText("None of the 1 loaded sessions matches.")).toBeInTheDocument();
});

test("older sessions are loaded page by page", async () => {
  for (let index = 0; index < 26; index += 1) openSession(`Case ${index}`);
  const { user } = renderWithProviders(<SessionList onOpen={nothing} />, { as: people.jane });
  expect(await links()).toHaveLength(25);

  await user.click(screen.getByRole("button", { name: "Show older sessions" }));

  await waitFor(async () => expect(await links()).toHaveLength(26));
});
