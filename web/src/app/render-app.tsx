import "./styles/mantine-first";
import "./styles/mantine.css";
import "./styles/print.css";

import type { User, UserManager } from "oidc-client-ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import type { TokenSource } from "@/features/sign-in/credentials";
import { createApi } from "@/shared/api/client";
import { createQueryClient } from "@/shared/api/query-client";

import { App } from "./app";

interface Start {
  manager: UserManager;
  user: User;
  tokens: TokenSource;
  apiBase: string;
}

/** Shows the pages to a signed-in person. */
export function renderApp(root: HTMLElement, { manager, user, tokens, apiBase }: Start): void {
  createRoot(root).render(
    <StrictMode>
      <App signIn={{ manager, claims: user.profile }} tokens={tokens} api={createApi(apiBase, tokens)} queries={createQueryClient()} />
    </StrictMode>,
  );
}
