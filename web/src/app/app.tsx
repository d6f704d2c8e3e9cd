import { MantineProvider } from "@mantine/core";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import type { UserManager } from "oidc-client-ts";
import { AuthProvider } from "react-oidc-context";
import { RouterProvider } from "react-router";

import type { TokenSource } from "@/features/sign-in/credentials";
import { returnToWork } from "@/features/sign-in/oidc-settings";
import { SignInGate } from "@/features/sign-in/sign-in-gate";
import { ApiProvider } from "@/shared/api/api-context";
import type { Api } from "@/shared/api/client";

import { router } from "./router";
import { theme } from "./theme";

interface Props {
  manager: UserManager;
  tokens: TokenSource;
  api: Api;
  queries: QueryClient;
}

/** The providers around all pages. Mantine's run-time styles are off, since the content security policy blocks them. */
export function App({ manager, tokens, api, queries }: Props) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <AuthProvider userManager={manager} onSigninCallback={(user) => returnToWork(user?.state)}>
        <SignInGate tokens={tokens}>
          <QueryClientProvider client={queries}>
            <ApiProvider value={api}>
              <Pages />
            </ApiProvider>
          </QueryClientProvider>
        </SignInGate>
      </AuthProvider>
    </MantineProvider>
  );
}

/** Creates the router when it is rendered: the sign-in has restored the address by then. */
function Pages() {
  return <RouterProvider router={router()} />;
}
