import { createBrowserRouter } from "react-router";

import { AdminsOnly } from "./admins-only";
import { BrokenPage } from "./broken-page";
import { DashboardPage } from "./dashboard-page";
import { NotFoundPage } from "./not-found-page";
import { Shell } from "./shell";
import { ShellLoading } from "./shell-loading";

const integrationPage = async () => ({ Component: (await import("./integration-page")).IntegrationPage });
const rotaEditPage = async () => ({ Component: (await import("./rota-edit-page")).RotaEditPage });

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
        {
          path: "channels",
          Component: AdminsOnly,
          children: [
            { index: true, lazy: async () => ({ Component: (await import("./channels-page")).ChannelsPage }) },
          ],
        },
        { path: "people", lazy: async () => ({ Component: (await import("./people-page")).PeoplePage }) },
        {
          path: "people/:id",
          Component: AdminsOnly,
          children: [{ index: true, lazy: async () => ({ Component: (await import("./person-page")).PersonPage }) }],
        },
        {
          path: "policy",
          Component: AdminsOnly,
          children: [{ index: true, lazy: async () => ({ Component: (await import("./policy-page")).PolicyPage }) }],
        },
        {
          path: "rotas",
          children: [
            { index: true, lazy: async () => ({ Component: (await import("./rotas-page")).RotasPage }) },
            { path: ":id", lazy: async () => ({ Component: (await import("./rota-page")).RotaPage }) },
            {
              Component: AdminsOnly,
              children: [
                { path: "new", lazy: rotaEditPage },
                { path: ":id/edit", lazy: rotaEditPage },
              ],
            },
          ],
        },
        {
          path: "notifications",
          lazy: async () => ({ Component: (await import("./notification-settings-page")).NotificationSettingsPage }),
        },
        { path: "*", Component: NotFoundPage },
      ],
    },
  ]);
  return made;
}
