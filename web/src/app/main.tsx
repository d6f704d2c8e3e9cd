import "./styles/layers.css";
import "./styles/mantine-parts";
import "./styles/mantine.css";
import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/print.css";

import { UserManager } from "oidc-client-ts";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { TokenSource } from "@/features/sign-in/credentials";
import { oidcSettings } from "@/features/sign-in/oidc-settings";
import { loadPageConfig } from "@/features/sign-in/page-config";
import { createApi } from "@/shared/api/client";
import { createQueryClient } from "@/shared/api/query-client";

import { App } from "./app";
import { StartFailed } from "./start-failed";

const root = createRoot(document.getElementById("root") ?? document.body);

async function start(): Promise<void> {
  const config = await loadPageConfig();
  const manager = new UserManager(oidcSettings(config));
  const tokens = new TokenSource(manager);
  await tokens.resume();
  const api = createApi(config.api_base, tokens);
  root.render(
    <StrictMode>
      <App manager={manager} tokens={tokens} api={api} queries={createQueryClient()} />
    </StrictMode>,
  );
}

start().catch((error: unknown) => root.render(<StartFailed error={error} />));
