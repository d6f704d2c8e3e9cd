import { createBrowserRouter } from "react-router";

import { AdminsOnly } from "./admins-only";
import { BrokenPage } from "./broken-page";
import { DashboardPage } from "./dashboard-page";
import { NotFoundPage } from "./not-found-page";
import { Shell } from "./shell";
import { ShellLoading } from "./shell-loading";

const integrationPage = async () => ({ Component: (await import("./integration-page")).IntegrationPage });

let made: ReturnType<typeof createBrowserRouter> | null = null;

/** Returns the router. It is created on first use, since its creation reads the address. */
export function router() {
  made ??= createBrowserRouter([
    {
      Component: Shell,
      HydrateFallback: ShellLoading,
      ErrorBoundary: BrokenPage,
      children: [
        { index: true, Component: DashboardPage },
        { path: "pilot/:id", lazy: async () => ({ Component: (await import("./session-page")).SessionPage }) },
        {
          path: "integrations",
          Component: AdminsOnly,
          children: [
            { index: true, lazy: async () => ({ Component: (await import("./integrations-page")).IntegrationsPage }) },
            { path: "new", lazy: integrationPage },
            { path: ":id/edit", lazy: integrationPage },
          ],
        },
        { path: "*", Component: NotFoundPage },
      ],
    },
  ]);
  return made;
}
