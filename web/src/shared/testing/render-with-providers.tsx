import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { UserManager } from "oidc-client-ts";
import { type ReactNode, Suspense } from "react";
import { MemoryRouter, useLocation } from "react-router";

import { type FakePerson, people } from "@fake/people";
import { tokenFor } from "@fake/tokens";
import { ApiProvider } from "@/shared/api/api-context";
import { createApi } from "@/shared/api/client";
import { SignInProvider } from "@/shared/api/sign-in-context";

const manager = new UserManager({ authority: "https://id.example", client_id: "page", redirect_uri: "/" });

interface Options {
  as?: FakePerson;
  at?: string;
}

/** Returns the providers that a component needs, for one signed-in person, and the query client among them. */
export function testProviders({ as = people.sam, at = "/" }: Options = {}) {
  const api = createApi("/api", { token: () => tokenFor(as), renew: () => Promise.resolve(false) });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } });
  const Providers = ({ children }: { children: ReactNode }) => (
    <MantineProvider env="test" withCssVariables={false}>
      <QueryClientProvider client={queries}>
        <ApiProvider value={api}>
          <SignInProvider value={{ manager, claims: {} }}>
            <MemoryRouter initialEntries={[at]}>
              <Suspense fallback={null}>{children}</Suspense>
              <Address />
            </MemoryRouter>
          </SignInProvider>
        </ApiProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
  return { queries, Providers };
}

/** Renders a component with router, query client and API client, signed in as one of the people. */
export function renderWithProviders(content: ReactNode, options: Options = {}) {
  const { queries, Providers } = testProviders(options);
  return { ...render(content, { wrapper: Providers }), queries, user: userEvent.setup() };
}

/** Shows the router's location to tests. */
function Address() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{pathname + search}</output>;
}
