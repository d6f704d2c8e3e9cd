import type { ComponentType } from "react";
import { createBrowserRouter } from "react-router";

import { loadPart } from "@/shared/ui/load-part";

import { AdminsOnly } from "./admins-only";
import { BrokenPage } from "./broken-page";
import { DashboardPage } from "./dashboard-page";
import { NotFoundPage } from "./not-found-page";
import { Shell } from "./shell";
import { ShellLoading } from "./shell-loading";

/** A page whose code is loaded when it is visited. */
const page = (load: () => Promise<ComponentType>) => async () => ({ Component: await loadPart(load) });

const integrationPage = page(async () => (await import("./integration-page")).IntegrationPage);
const rotaEditPage = page(async () => (await import("./rota-edit-page")).RotaEditPage);

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
        { path: "pilot/:id", lazy: page(async () => (await import("./session-page")).SessionPage) },
        {
          path: "integrations",
          Component: AdminsOnly,
          children: [
            { index: true, lazy: page(async () => (await import("./integrations-page")).IntegrationsPage) },
            { path: "new", lazy: integrationPage },
            { path: ":id/edit", lazy: integrationPage },
          ],
        },
        {
          path: "channels",
          Component: AdminsOnly,
          children: [
            { index: true, lazy: page(async () => (await import("./channels-page")).ChannelsPage) },
          ],
        },
        { path: "people", lazy: page(async () => (await import("./people-page")).PeoplePage) },
        {
          path: "people/:id",
          Component: AdminsOnly,
          children: [{ index: true, lazy: page(async () => (await import("./person-page")).PersonPage) }],
        },
        {
          path: "policy",
          Component: AdminsOnly,
          children: [{ index: true, lazy: page(async () => (await import("./policy-page")).PolicyPage) }],
        },
        { path: "readiness", lazy: page(async () => (await import("./readiness-page")).ReadinessPage) },
        {
          path: "rotas",
          children: [
            { index: true, lazy: page(async () => (await import("./rotas-page")).RotasPage) },
            { path: ":id", lazy: page(async () => (await import("./rota-page")).RotaPage) },
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
          lazy: page(async () => (await import("./notification-settings-page")).NotificationSettingsPage),
        },
        { path: "*", Component: NotFoundPage },
      ],
    },
  ]);
  return made;
}
