import { screen } from "@testing-library/react";
import { Route, Routes } from "react-router";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { renderWithProviders } from "@/shared/testing/render-with-providers";

import { AdminsOnly } from "./admins-only";
import { Sidebar } from "./sidebar";

setUpFakeApi();

const visit = (as = people.olga) =>
  renderWithProviders(
    <Routes>
      <Route path="/integrations" element={<AdminsOnly />}>
        <Route index element={<p>Settings</p>} />
      </Route>
    </Routes>,
    { as, at: "/integrations" },
  );

test("an admin sees the integrations page", async () => {
  visit();

  expect(await screen.findByText("Settings")).toBeInTheDocument();
});

test('a senior sees "There is no such page"', async () => {
  visit(people.sam);

  expect(await screen.findByText("There is no such page")).toBeInTheDocument();
  expect(screen.queryByText("Settings")).toBeNull();
});

test.each([
  ["an admin", people.olga, 1],
  ["a senior", people.sam, 0],
])("%s has the sidebar link to integrations", async (_who, as, ways) => {
  const nothing = () => undefined;
  renderWithProviders(
    <Sidebar live="live" onAvailability={nothing} onNewSession={nothing} onCommands={nothing} onNavigate={nothing} />,
    { as },
  );
  await screen.findByRole("link", { name: /Escalations/ });

  expect(screen.queryAllByRole("link", { name: "Integrations" })).toHaveLength(ways);
});
