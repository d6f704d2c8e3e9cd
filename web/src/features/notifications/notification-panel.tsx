import { Button } from "@mantine/core";
import { IconBellZ } from "@tabler/icons-react";

import { useMarkRead } from "@/features/notifications/api/mutations";
import type { useNotifications } from "@/features/notifications/api/queries";
import { Empty } from "@/shared/ui/empty";
import { MoreButton } from "@/shared/ui/more-button";
import { ProblemNote } from "@/shared/ui/problem-note";

import classes from "./notification-panel.module.css";
import { NotificationRow } from "./notification-row";

interface Props {
  notifications: ReturnType<typeof useNotifications>;
  onOpen: () => void;
}

/** The list of notifications, the last changed first. */
export function NotificationPanel({ notifications, onOpen }: Props) {
  const markReadMutation = useMarkRead();
  const items = notifications.data?.items ?? [];
  const newest = items[0];
  const unread = notifications.data?.unread ?? 0;

  return (
    <>
      <div className={classes.head}>
        <h2 className={classes.title} tabIndex={-1} data-autofocus>
          Notifications
        </h2>
        {newest && unread > 0 && (
          <Button
            variant="subtle"
            size="compact-xs"
            loading={markReadMutation.isPending}
            onClick={() => markReadMutation.mutate(newest.updated_at)}
          >
            Mark all as read
          </Button>
        )}
      </div>
      {notifications.isError && (
        <ProblemNote error={notifications.error} onRetry={() => void notifications.refetch()} />
      )}
      {markReadMutation.isError && <ProblemNote error={markReadMutation.error} />}
      {notifications.isSuccess && items.length === 0 && !notifications.hasNextPage && (
        <Empty icon={<IconBellZ size={24} aria-hidden="true" />} title="No notifications yet.">
          <p>Escalations and changes to your sessions appear here.</p>
        </Empty>
      )}
      <ul className={classes.list}>
        {items.map((item) => (
          <li key={item.id}>
            <NotificationRow item={item} onOpen={onOpen} />
          </li>
        ))}
        {notifications.hasNextPage && (
          <li>
            <MoreButton list={notifications} isNarrow>
              Show older
            </MoreButton>
          </li>
        )}
      </ul>
    </>
  );
}
