import "./styles/mantine-first";
import "./styles/mantine.css";
import "./styles/print.css";

import type { User, UserManager } from "oidc-client-ts";
import { startTransition, StrictMode } from "react";
import { createRoot } from "react-dom/client";

import type { TokenSource } from "@/features/sign-in/credentials";
import { createApi } from "@/shared/api/client";
import type { EarlyAnswer } from "@/shared/api/early-answer";
import { meQuery } from "@/shared/api/me";
import { createQueryClient } from "@/shared/api/query-client";

import { App } from "./app";

interface Start {
  manager: UserManager;
  user: User;
  tokens: TokenSource;
  apiBase: string;
  /** The answer to `/start`, which may be on its way. */
  start: EarlyAnswer;
}

/** How long the page is drawn without its placeholder. React shows a placeholder for 0.3 s at least. */
const PATIENCE_MS = 100;

/** Shows the pages to a signed-in person: at once with their content where that has come, else with a placeholder. */
export async function renderApp(root: HTMLElement, { manager, user, tokens, apiBase, start }: Start): Promise<void> {
  const api = createApi(apiBase, tokens, start);
  const queries = createQueryClient();
  const me = queries.query(meQuery(api)).catch(() => null); // A failure is shown by the page.
  await Promise.race([me, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  // As a transition React renders in short slices, between which the page answers its reader.
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <App signIn={{ manager, claims: user.profile }} tokens={tokens} api={api} queries={queries} />
      </StrictMode>,
    ),
  );
}
