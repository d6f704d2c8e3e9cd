import { Popover } from "@mantine/core";

import type { useNotifications } from "@/features/notifications/api/queries";
import { ExistingTarget } from "@/shared/ui/existing-target";

import { NotificationPanel } from "./notification-panel";
import classes from "./notifications-button.module.css";

interface Props {
  target: HTMLElement;
  opened: boolean;
  onClose: () => void;
  /** Called when a notification is followed. */
  onOpen: () => void;
  notifications: ReturnType<typeof useNotifications>;
}

/** The list of notifications, below the button that opens it. */
export function NotificationPopover({ target, opened, onClose, onOpen, notifications }: Props) {
  return (
    <Popover
      opened={opened}
      onChange={onClose} // It only ever closes itself.
      position="bottom-start"
      width="min(400px, calc(100vw - 24px))"
      shadow="md"
      trapFocus
      returnFocus
      withRoles={false}
    >
      <Popover.Target>
        <ExistingTarget element={target} />
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} role="dialog" aria-label="Notifications">
        <NotificationPanel notifications={notifications} onOpen={onOpen} />
      </Popover.Dropdown>
    </Popover>
  );
}
