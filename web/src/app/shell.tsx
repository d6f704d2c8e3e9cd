import { ActionIcon, Drawer } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { spotlight } from "@mantine/spotlight";
import { IconMenu2 } from "@tabler/icons-react";
import { lazy, Suspense, useCallback } from "react";
import { Link, Outlet, useNavigate } from "react-router";

import { useLive } from "@/features/live/use-live";
import { NotificationsButton } from "@/features/notifications/notifications-button";
import { usePushLinks } from "@/features/notifications/push/use-push-links";
import { useMe } from "@/shared/api/me";
import { Confirmation } from "@/shared/ui/confirmation";
import { Wordmark } from "@/shared/ui/wordmark";

import { KeyboardHelp } from "./keyboard-help";
import type { ShellContext } from "./shell-context";
import { ShellLoading } from "./shell-loading";
import classes from "./shell.module.css";
import { Sidebar } from "./sidebar";
import { useOverlay } from "./use-overlay";
import { useOwnPush } from "./use-own-push";

/** The frame around every page: a sidebar, or on small screens a bar with a button that opens it. */
export function Shell() {
  return (
    <Suspense fallback={<ShellLoading />}>
      <Frame />
    </Suspense>
  );
}

const OVERLAYS = ["new-session", "keyboard", "availability"] as const;
const DRAWN = { duration: 160 };
const NewSession = lazy(async () => ({ default: (await import("./new-session")).NewSession }));
const Availability = lazy(async () => ({
  default: (await import("@/features/people/availability/availability-dialog")).AvailabilityDialog,
}));
const Palette = lazy(async () => ({ default: (await import("./palette")).Palette }));

function Frame() {
  useMe(); // Suspends here: nothing below asks for what `/start` brings.
  const live = useLive();
  const navigate = useNavigate();
  usePushLinks((path) => void navigate(path));
  useOwnPush();
  const [menuOpened, menu] = useDisclosure(false);
  const overlay = useOverlay(OVERLAYS);
  // Here, since the palette itself is loaded later: the key works from the first moment, and opens it once it is there.
  useHotkeys([["mod+K", () => spotlight.open()]]);
  const showHelp = useCallback(() => overlay.open("keyboard"), [overlay]);
  const startNew = () => {
    menu.close();
    overlay.open("new-session");
  };

  const openAvailability = () => {
    menu.close();
    overlay.open("availability");
  };
  const parts = { live, onNewSession: startNew, onAvailability: openAvailability, onNavigate: menu.close };

  return (
    <div className={classes.frame}>
      <a href="#main" className={classes.skip} data-no-print>
        Skip to the content
      </a>
      <aside aria-label="Sidebar" className={classes.side} data-no-print>
        <Sidebar {...parts} />
      </aside>
      <nav aria-label="Top bar" className={classes.bar} data-no-print>
        <ActionIcon variant="subtle" color="gray" size={40} aria-label="Open the sidebar" onClick={menu.open}>
          <IconMenu2 size={20} aria-hidden="true" />
        </ActionIcon>
        <Link to="/" className={classes.home}>
          <Wordmark />
        </Link>
        <NotificationsButton />
      </nav>
      <main id="main" tabIndex={-1} className={classes.main}>
        <Outlet context={{ onNewSession: startNew } satisfies ShellContext} />
      </main>
      <Drawer.Root opened={menuOpened} onClose={menu.close} size={320} padding={0} lockScroll={false} transitionProps={DRAWN}>
        <Drawer.Overlay />
        <Drawer.Content aria-label="Sidebar" className={classes.drawerContent}>
          <Drawer.Body className={classes.drawer}>
            <Sidebar {...parts} />
          </Drawer.Body>
        </Drawer.Content>
      </Drawer.Root>
      <Confirmation />
      <Suspense>
        <NewSession opened={overlay.opened === "new-session"} onClose={overlay.close} />
        <KeyboardHelp opened={overlay.opened === "keyboard"} onOpen={showHelp} onClose={overlay.close} />
        <Availability opened={overlay.opened === "availability"} onClose={overlay.close} />
        <Palette onNewSession={startNew} />
      </Suspense>
    </div>
  );
}
