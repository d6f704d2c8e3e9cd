import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { setupServer } from "msw/node";
import { type ReactNode, Suspense } from "react";
import { MemoryRouter, useLocation } from "react-router";
import { afterAll, afterEach, beforeAll } from "vitest";

import { handlersFor } from "@fake/handlers";
import { type FakePerson, people } from "@fake/people";
import { tokenFor } from "@fake/tokens";
import { World } from "@fake/world";
import { ApiProvider } from "@/shared/api/api-context";
import { createApi } from "@/shared/api/client";

const server = setupServer();

/** Serves a fresh world to each test of a file; `server.use` puts a fault in its way. */
export function worldOnStage() {
  const held = { world: new World(), server };
  beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
  afterEach(() => {
    held.world = new World();
    server.resetHandlers(...handlersFor(held.world));
  });
  afterAll(() => server.close());
  server.resetHandlers(...handlersFor(held.world));
  return held;
}

interface Stage {
  as?: FakePerson;
  at?: string;
}

/** Puts a component on a stage with everything it stands on, in front of one of the people. */
export function stage(content: ReactNode, { as = people.sam, at = "/" }: Stage = {}) {
  const api = createApi("/api", { token: () => tokenFor(as), renew: () => Promise.resolve(false) });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } });
  const view = render(
    <MantineProvider env="test" withCssVariables={false}>
      <QueryClientProvider client={queries}>
        <ApiProvider value={api}>
          <MemoryRouter initialEntries={[at]}>
            <Suspense fallback={null}>{content}</Suspense>
            <Address />
          </MemoryRouter>
        </ApiProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return { ...view, queries, user: userEvent.setup() };
}

/** Where the router is, for tests to read. */
function Address() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{pathname + search}</output>;
}
