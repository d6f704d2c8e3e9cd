import { ActionIcon } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useState } from "react";
import { useMatch } from "react-router";

import { useNotifications } from "@/features/notifications/api/queries";
import { Announcer } from "@/shared/ui/announcer";
import { unreadCount } from "@/shared/ui/count-text";
import { lazyPart } from "@/shared/ui/lazy-part";

import classes from "./notifications-button.module.css";

const NotificationPopover = lazyPart(async () => (await import("./notification-popover")).NotificationPopover);

/** The button with the number of unread notifications. Opens the list, whose code is loaded later. */
export function NotificationsButton({ onOpen }: { onOpen?: () => void }) {
  const notifications = useNotifications(useMatch("/pilot/:id")?.params.id);
  const [button, setButton] = useState<HTMLButtonElement | null>(null);
  const [opened, setOpened] = useState(false);
  const unread = notifications.data?.unread ?? 0;
  const label = unread === 0 ? "Notifications" : `Notifications, ${unreadCount(unread)} unread`;

  return (
    <>
      <ActionIcon
        ref={setButton}
        variant="subtle"
        color="gray"
        size={32}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={opened}
        onClick={() => setOpened(!opened)}
        className={classes.button}
      >
        <IconBell size={18} aria-hidden="true" />
        {unread > 0 && <span className={classes.count}>{unreadCount(unread)}</span>}
      </ActionIcon>
      {button && (
        <NotificationPopover
          target={button}
          opened={opened}
          onClose={() => setOpened(false)}
          onOpen={() => {
            setOpened(false);
            onOpen?.();
          }}
          notifications={notifications}
        />
      )}
      <Announcer message={unread === 0 ? "" : `${unreadCount(unread)} unread notifications`} />
    </>
  );
}
