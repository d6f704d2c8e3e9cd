import { ActionIcon, Popover } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useState } from "react";
import { useMatch } from "react-router";

import { useNotifications } from "@/features/notifications/api/queries";
import { Announcer } from "@/shared/ui/announcer";
import { unreadCount } from "@/shared/ui/count-text";

import { NotificationPanel } from "./notification-panel";
import classes from "./notifications-button.module.css";

/** The button with the number of unread notifications. Opens the list. */
export function NotificationsButton({ onOpen }: { onOpen?: () => void }) {
  const notifications = useNotifications(useMatch("/pilot/:id")?.params.id);
  const [opened, setOpened] = useState(false);
  const unread = notifications.data?.unread ?? 0;
  const label = unread === 0 ? "Notifications" : `Notifications, ${unreadCount(unread)} unread`;

  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width="min(400px, calc(100vw - 24px))"
      shadow="md"
      trapFocus
      returnFocus
      withRoles={false}
    >
      <Popover.Target>
        <ActionIcon
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
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} role="dialog" aria-label="Notifications">
        <NotificationPanel
          notifications={notifications}
          onOpen={() => {
            setOpened(false);
            onOpen?.();
          }}
        />
      </Popover.Dropdown>
      <Announcer message={unread === 0 ? "" : `${unreadCount(unread)} unread notifications`} />
    </Popover>
  );
}
