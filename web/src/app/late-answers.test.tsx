import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { http } from "msw";
import { Suspense } from "react";
import { createMemoryRouter, Link, Outlet, RouterProvider } from "react-router";
import { expect, test } from "vitest";

import { people } from "@fake/people";
import { tokenFor } from "@fake/tokens";
import { ApiProvider } from "@/shared/api/api-context";
import { createApi } from "@/shared/api/client";
import { setUpFakeApi } from "@/shared/testing/fake-api";
import { Confirmation } from "@/shared/ui/confirmation";

import { IntegrationPage } from "./integration-page";
import { RotaEditPage } from "./rota-edit-page";
import { RotaPage } from "./rota-page";

const fake = setUpFakeApi();

function Frame() {
  return (
    <Suspense fallback={null}>
      <Link to="/">Away</Link>
      <Outlet />
      <Confirmation />
    </Suspense>
  );
}

/** Shows the pages to an admin. */
function visit(at: string) {
  const api = createApi("/api", { token: () => tokenFor(people.olga), renew: () => Promise.resolve(false) });
  const children = [
    { index: true, element: <p>The queue</p> },
    { path: "integrations", element: <p>The list</p> },
    { path: "integrations/new", Component: IntegrationPage },
    { path: "integrations/:id/edit", Component: IntegrationPage },
    { path: "rotas", element: <p>The rotas</p> },
    { path: "rotas/:id", Component: RotaPage },
    { path: "rotas/:id/edit", Component: RotaEditPage },
  ];
  const router = createMemoryRouter([{ Component: Frame, children }], { initialEntries: [at] });
  render(
    <MantineProvider env="test" withCssVariables={false}>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ApiProvider value={api}>
          <RouterProvider router={router} />
        </ApiProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { user: userEvent.setup(), router };
}

/** Holds the answer to the next change back. Returns how to let it come. */
function holdAnswer(method: "put" | "delete", path: string) {
  let answer: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (answer = resolve));
  fake.server.use(http[method](path, () => held.then(() => undefined)));
  return () => answer();
}

function saveHalo() {
  const mapping = { status_on_claim: "In Progress", owner_ids: {} };
  const settings = { kind: "halopsa", client_id: "flowpilot" } as const;
  const secrets = { client_secret: "s3cret-of-halo", webhook_secret: "s3cret-of-hooks" };
  fake.api.integrations.save("halo", people.olga, { name: "Halo", base_url: "https://acme.halopsa.com", settings, ticket_mapping: mapping, secrets });
}

test("an integration that is saved after its page was left leads nobody back", async () => {
  saveHalo();
  const answer = holdAnswer("put", "*/integrations/halo");
  const { user, router } = visit("/integrations/halo/edit");
  await user.click(await screen.findByRole("button", { name: "Save" }));
  await user.click(screen.getByRole("link", { name: "Away" }));

  answer();

  await screen.findByText("Saved.");
  expect(router.state.location.pathname).toBe("/");
});

test("an integration that is saved leads to the list", async () => {
  saveHalo();
  const { user } = visit("/integrations/halo/edit");

  await user.click(await screen.findByRole("button", { name: "Save" }));

  expect(await screen.findByText("The list")).toBeInTheDocument();
});

function saveNights() {
  const rota = { time_zone: "Europe/Brussels", people: [people.alex.id, people.jane.id], handover: { weekday: null, time: "08:00" }, length: 1, starts_on: "2026-01-01" };
  fake.api.clock.rotas.save("nights", people.olga, { name: "Nights", rota });
}

test("a rota that is saved after its page was left leads nobody back", async () => {
  saveNights();
  const answer = holdAnswer("put", "*/rotas/nights");
  const { user, router } = visit("/rotas/nights/edit");
  await user.type(await screen.findByLabelText(/^Name/), " shift");
  await user.click(screen.getByRole("button", { name: "Save" }));
  await user.click(screen.getByRole("link", { name: "Away" }));
  await user.click(await screen.findByRole("button", { name: "Leave" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/"));

  answer();

  await screen.findByText("The rota is saved.");
  expect(router.state.location.pathname).toBe("/");
});

test("a rota that is saved leads to its shifts", async () => {
  saveNights();
  const { user, router } = visit("/rotas/nights/edit");
  await user.type(await screen.findByLabelText(/^Name/), " shift");

  await user.click(screen.getByRole("button", { name: "Save" }));

  await waitFor(() => expect(router.state.location.pathname).toBe("/rotas/nights"));
});

test("a rota that is deleted after its page was left leads nobody to the list", async () => {
  saveNights();
  const answer = holdAnswer("delete", "*/rotas/nights");
  const { user, router } = visit("/rotas/nights");
  await user.click(await screen.findByRole("button", { name: "Delete the rota…" }));
  await user.click(within(await screen.findByRole("dialog")).getByRole("button", { name: "Delete" }));
  await user.keyboard("{Escape}");
  await user.click(screen.getByRole("link", { name: "Away" }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/"));

  answer();

  await screen.findByText("The rota is deleted.");
  expect(router.state.location.pathname).toBe("/");
});

test("settings of an integration that were typed are not dropped without a question", async () => {
  saveHalo();
  const { user, router } = visit("/integrations/halo/edit");
  await user.type(await screen.findByLabelText(/^Name/), " of Ghent");

  await user.click(screen.getByRole("link", { name: "Away" }));
  await user.click(await screen.findByRole("button", { name: "Stay" }));

  expect(router.state.location.pathname).toBe("/integrations/halo/edit");
  expect(screen.getByLabelText(/^Name/)).toHaveValue("Halo of Ghent");
  await user.click(screen.getByRole("button", { name: "Save" }));
  expect(await screen.findByText("The list")).toBeInTheDocument();
});
