import { createBrowserRouter } from "react-router";

import { BrokenPage } from "./broken-page";
import { DashboardPage } from "./dashboard-page";
import { NotFoundPage } from "./not-found-page";
import { Shell } from "./shell";
import { ShellLoading } from "./shell-loading";

let made: ReturnType<typeof createBrowserRouter> | null = null;

/** Made on first use, since it reads the address when it is made. */
export function router() {
  made ??= createBrowserRouter([
    {
      Component: Shell,
      HydrateFallback: ShellLoading,
      ErrorBoundary: BrokenPage,
      children: [
        { index: true, Component: DashboardPage },
        { path: "pilot/:id", lazy: async () => ({ Component: (await import("./session-page")).SessionPage }) },
        { path: "*", Component: NotFoundPage },
      ],
    },
  ]);
  return made;
}
