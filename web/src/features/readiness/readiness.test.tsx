import { screen, within } from "@testing-library/react";
import axe from "axe-core";
import { http, HttpResponse } from "msw";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { readiness } from "@fake/readiness";
import { ReadinessView } from "@/features/readiness/readiness-view";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

const fake = setUpFakeApi();
const missing = async () => within(await screen.findByRole("region", { name: "What is missing" }));

test("names what is missing first, with the span on the account's clocks", async () => {
  renderWithProviders(<ReadinessView />, { as: people.olga });

  const items = (await missing()).getAllByRole("listitem");
  expect(items.map((item) => item.textContent)).toEqual([
    expect.stringContaining("Urgent, Fri 4 Dec 18:00 to Mon 7 Dec 10:00: step 1 reaches nobody"),
    expect.stringContaining("step 2 reaches nobody"),
  ]);
  expect(items[1]).toHaveTextContent("Sam Rivera: nothing has reached them in 30 days.");
});

test("leads to the rotas where a step has nobody", async () => {
  renderWithProviders(<ReadinessView />, { as: people.olga });

  expect((await missing()).getByRole("link", { name: "Look at the rotas" })).toHaveAttribute("href", "/rotas");
  expect((await missing()).getByRole("link", { name: "change the policy" })).toHaveAttribute("href", "/policy");
});

test("leads to one's own test message where oneself is not reached", async () => {
  renderWithProviders(<ReadinessView />, { as: people.sam });

  expect((await missing()).getByRole("link", { name: "Page yourself now" })).toHaveAttribute("href", "/notifications");
  expect((await missing()).queryByRole("link", { name: "change the policy" })).toBeNull();
});

test("says span by span whom each step reaches, and how", async () => {
  renderWithProviders(<ReadinessView />, { as: people.olga });

  const urgent = within(await screen.findByRole("region", { name: "Urgent" }));
  expect(urgent.getByRole("heading", { name: "Mon 30 Nov 10:00 to Fri 4 Dec 18:00" })).toBeVisible();
  expect(urgent.getAllByText("Step 1, at once:")[0]?.closest("li")).toHaveTextContent(
    "Sam Rivera by push message and e-mail (nobody is there for this step, so step 2 is told at once)",
  );
  const high = within(screen.getByRole("region", { name: "High: Acorn" }));
  expect(high.getByText(/and 3 others/)).toBeVisible();
  expect(high.getByRole("heading", { name: "Mon 30 Nov 10:00 to 18:00" })).toBeVisible();
});

test("says so when nothing is missing", async () => {
  const all = readiness();
  fake.server.use(http.get("*/readiness", () => HttpResponse.json({ ...all, ladders: all.ladders.slice(1), ladders_left_out: 3 })));
  renderWithProviders(<ReadinessView />, { as: people.olga });

  expect(await screen.findByText(/Every step reaches somebody/)).toBeVisible();
  expect(screen.queryByRole("region", { name: "What is missing" })).toBeNull();
  expect(screen.getByText("3 more ladders of clients are not shown.")).toBeVisible();
});

test("names those who left and are still named, with where to change it", async () => {
  const person = { id: "gone", name: "Max Weber" };
  const places = [
    { kind: "ladder" as const, name: "urgent" },
    { kind: "client" as const, name: "Acorn" },
    { kind: "rota" as const, name: "Nights" },
  ];
  fake.server.use(http.get("*/readiness", () => HttpResponse.json({ ...readiness(), absentees: [{ person, places }] })));
  renderWithProviders(<ReadinessView />, { as: people.olga });

  const absent = within(await screen.findByRole("region", { name: "No longer in the directory" }));
  expect(absent.getByRole("listitem")).toHaveTextContent(
    "Max WeberStill named in the steps for urgent, the rules for Acorn, the rota Nights. Nobody is told in their place.",
  );
  expect(absent.getByRole("link", { name: "Change the rotas" })).toHaveAttribute("href", "/rotas");
  expect(absent.getByRole("link", { name: "the policy" })).toHaveAttribute("href", "/policy");
});

test("a senior is sent to an admin for what those who left leave open", async () => {
  const absentees = [{ person: { id: "gone", name: "Max Weber" }, places: [{ kind: "rota", name: "Nights" }] }];
  fake.server.use(http.get("*/readiness", () => HttpResponse.json({ ...readiness(), absentees })));
  renderWithProviders(<ReadinessView />, { as: people.sam });

  const absent = within(await screen.findByRole("region", { name: "No longer in the directory" }));
  expect(absent.getByText("Ask an admin to change the rotas or the policy.")).toBeVisible();
});

test("offers to try again when it cannot be loaded", async () => {
  fake.server.use(http.get("*/readiness", () => HttpResponse.error(), { once: true }));
  const { user } = renderWithProviders(<ReadinessView />, { as: people.olga });

  await user.click(await screen.findByRole("button", { name: /try again/i }));

  expect(await screen.findByRole("region", { name: "Urgent" })).toBeVisible();
});

test("has no fault that axe finds", async () => {
  const { container } = renderWithProviders(<ReadinessView />, { as: people.olga });
  await missing();

  const { violations } = await axe.run(container, { rules: { "color-contrast": { enabled: false } } });

  expect(violations.map(({ id }) => id)).toEqual([]);
});
