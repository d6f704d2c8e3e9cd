import { MantineProvider } from "@mantine/core";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "react-router";

import type { TokenSource } from "@/features/sign-in/credentials";
import { type SignIn, SignInProvider } from "@/shared/api/sign-in-context";
import { SignInEnded } from "@/features/sign-in/sign-in-ended";
import { ApiProvider } from "@/shared/api/api-context";
import type { Api } from "@/shared/api/client";

import { router } from "./router";
import { theme } from "./theme";

interface Props {
  signIn: SignIn;
  tokens: TokenSource;
  api: Api;
  queries: QueryClient;
}

/** The providers around all pages. Mantine's run-time styles are off, since the content security policy blocks them. */
export function App({ signIn, tokens, api, queries }: Props) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <SignInProvider value={signIn}>
        <QueryClientProvider client={queries}>
          <ApiProvider value={api}>
            <RouterProvider router={router()} />
          </ApiProvider>
        </QueryClientProvider>
        <SignInEnded tokens={tokens} />
      </SignInProvider>
    </MantineProvider>
  );
}
