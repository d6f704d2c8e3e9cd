import { ActionIcon } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { IconMenu2 } from "@tabler/icons-react";
import { Suspense, useEffect } from "react";
import { Link, Outlet, useNavigate } from "react-router";

import { useLive } from "@/features/live/use-live";
import { NotificationsButton } from "@/features/notifications/notifications-button";
import { usePushLinks } from "@/features/notifications/push/use-push-links";
import { useMe } from "@/shared/api/me";
import { Confirmation } from "@/shared/ui/confirmation";
import { lazyPart } from "@/shared/ui/lazy-part";
import { IS_MAC } from "@/shared/ui/mod-key";
import { whenIdle } from "@/shared/ui/when-idle";
import { Wordmark } from "@/shared/ui/wordmark";

import type { ShellContext } from "./shell-context";
import { ShellLoading } from "./shell-loading";
import classes from "./shell.module.css";
import { Sidebar } from "./sidebar";
import { useHelpKey } from "./use-help-key";
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

/** In a text field of a Mac, Ctrl+K deletes to the end of the line. */
const IN_FIELDS = IS_MAC ? "meta+K" : "ctrl+K";
const OVERLAYS = ["new-session", "keyboard", "availability"] as const;
const NewSession = lazyPart(async () => (await import("./new-session")).NewSession);
const KeyboardHelp = lazyPart(async () => (await import("./keyboard-help")).KeyboardHelp);
const Availability = lazyPart(
  async () => (await import("@/features/people/availability/availability-dialog")).AvailabilityDialog,
);
const Palette = lazyPart(async () => (await import("./palette")).Palette);
const SidebarDrawer = lazyPart(async () => (await import("./sidebar-drawer")).SidebarDrawer);

function Frame() {
  useMe(); // Suspends here: nothing below asks for what `/start` brings.
  const live = useLive();
  const navigate = useNavigate();
  usePushLinks((path) => void navigate(path));
  useOwnPush();
  const [menuOpened, menu] = useDisclosure(false);
  const overlay = useOverlay(OVERLAYS);
  // The keys are here, since what they open is loaded later: they work from the first moment.
  const [paletteOpened, palette] = useDisclosure(false);
  useHotkeys([["mod+K", palette.open]]);
  useHotkeys([[IN_FIELDS, palette.open]], []);
  useHelpKey(() => overlay.open("keyboard"));
  useEffect(() => whenIdle(() => void import("./session-page").catch(() => null)), []); // What is visited next.
  const startNew = () => {
    menu.close();
    overlay.open("new-session");
  };

  const openAvailability = () => {
    menu.close();
    overlay.open("availability");
  };
  const openCommands = () => {
    menu.close(); // A command may lead to a page, which the drawer would cover.
    palette.open();
  };
  const parts = {
    live,
    onNewSession: startNew,
    onAvailability: openAvailability,
    onCommands: openCommands,
    onNavigate: menu.close,
  };

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
      <SidebarDrawer opened={menuOpened} onClose={menu.close}>
        <Sidebar {...parts} />
      </SidebarDrawer>
      <Confirmation />
      <NewSession opened={overlay.opened === "new-session"} onClose={overlay.close} />
      <KeyboardHelp opened={overlay.opened === "keyboard"} onClose={overlay.close} />
      <Availability opened={overlay.opened === "availability"} onClose={overlay.close} />
      <Palette opened={paletteOpened} onClose={palette.close} onNewSession={startNew} />
    </div>
  );
}
