import { VisuallyHidden } from "@mantine/core";
import { Link } from "react-router";

import type { Notification } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { UserText } from "@/shared/ui/user-text";

import classes from "./notification-row.module.css";

const TO_PICK_UP = new Set(["handoff_created", "handoff_released"]);

/** One notification. Links to the context of a handoff that can be claimed, else to the session. */
export function NotificationRow({ item, onOpen }: { item: Notification; onOpen: () => void }) {
  const pickup = TO_PICK_UP.has(item.type) ? "?pickup=true" : "";
  return (
    <Link
      to={`/pilot/${item.session_id}${pickup}`}
      className={classes.row}
      data-unread={!item.read || undefined}
      onClick={onOpen}
    >
      <span className={classes.dot} aria-hidden="true" />
      <span className={classes.words}>
        {!item.read && <VisuallyHidden>Unread: </VisuallyHidden>}
        <UserText className={classes.title}>{item.title}</UserText>
        <Age at={item.created_at} suffix className={classes.age} />
      </span>
    </Link>
  );
}
