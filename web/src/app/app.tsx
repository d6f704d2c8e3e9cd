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

/** Everything the pages stand on. Mantine's run-time styles are off: the content security policy refuses them. */
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

/** Reads the address only when it is shown, which is after the sign-in has put it right. */
function Pages() {
  return <RouterProvider router={router()} />;
}
