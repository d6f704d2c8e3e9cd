import "./styles/layers.css";
import "@mantine/core/styles/baseline.layer.css";
import "./styles/tokens.css";
import "./styles/base.css";

import { UserManager } from "oidc-client-ts";

import { TokenSource } from "@/features/sign-in/credentials";
import { oidcSettings } from "@/features/sign-in/oidc-settings";
import { loadPageConfig } from "@/features/sign-in/page-config";
import { isProbablySignedIn, passSignInGate } from "@/features/sign-in/sign-in-gate";
import { showStartFailed } from "@/features/sign-in/start-failed";

const root = document.getElementById("root") ?? document.body;
const loadPages = () => import("./render-app");

/** Loads the pages for people who are signed in, and for nobody else. */
async function start(): Promise<void> {
  if (isProbablySignedIn()) loadPages().catch(() => null); // Begins now. A failure is told below.
  const config = await loadPageConfig();
  const manager = new UserManager(oidcSettings(config));
  const tokens = new TokenSource(manager);
  const user = await passSignInGate(manager, tokens, root);
  if (user === null) return;
  const { renderApp } = await loadPages();
  renderApp(root, { manager, user, tokens, apiBase: config.api_base });
}

start().catch((error: unknown) => showStartFailed(root, error));
