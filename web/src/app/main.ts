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
import { askEarly } from "@/shared/api/early-answer";
import { addressOf } from "@/shared/api/fresh-token";
import { serverNow } from "@/shared/server-time";
import { exactTime } from "@/shared/ui/age-text";

const root = document.getElementById("root") ?? document.body;
const loadPages = () => import("./render-app");

/** Loads the pages for people who are signed in, and for nobody else; the first screen's content beside their code. */
async function begin(): Promise<void> {
  if (isProbablySignedIn()) loadPages().catch(() => null); // Begins now. A failure is told below.
  const config = await loadPageConfig();
  const manager = new UserManager(oidcSettings(config));
  const tokens = new TokenSource(manager);
  const user = await passSignInGate(manager, tokens, root);
  if (user === null) return;
  const start = askEarly(`${addressOf(config.api_base)}/start`, tokens);
  exactTime(new Date(serverNow()).toISOString()); // The first formatter takes a while to make, and the pages are still on their way.
  const { renderApp } = await loadPages();
  await renderApp(root, { manager, user, tokens, apiBase: config.api_base, start });
}

begin().catch((error: unknown) => showStartFailed(root, error));
