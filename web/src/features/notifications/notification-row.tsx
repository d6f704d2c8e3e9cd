import { VisuallyHidden } from "@mantine/core";
import { Link } from "react-router";

import type { Notification } from "@/shared/api/types";
import { Age } from "@/shared/ui/age";
import { PriorityBadge } from "@/shared/ui/priority-badge";
import { UserText } from "@/shared/ui/user-text";

import { isUnread } from "./api/queries";
import classes from "./notification-row.module.css";

const TO_PICK_UP = new Set<Notification["type"]>([
  "handoff_created",
  "handoff_released",
  "handoff_returned",
  "handoff_directed",
  "handoff_opened",
  "handoff_claim_undone",
]);

const STATES: Record<NonNullable<Notification["state"]>, string> = {
  unclaimed: "Waiting",
  claimed: "Picked up",
  withdrawn: "Taken back",
  passed_on: "Passed on",
  resolved: "Resolved",
};

function addressOf({ type, session_id, integration_id }: Notification): string {
  if (integration_id) return `/integrations/${encodeURIComponent(integration_id)}/edit`;
  return `/pilot/${session_id}${TO_PICK_UP.has(type) ? "?pickup=true" : ""}`;
}

/**
 * One notification: its newest event, and the present state of its handoff. Links to the integration, to the context of a
 * handoff that can be claimed, or to the session.
 */
export function NotificationRow({ item, onOpen }: { item: Notification; onOpen: () => void }) {
  const waits = isUnread(item);
  return (
    <Link to={addressOf(item)} className={classes.row} data-unread={waits || undefined} onClick={onOpen}>
      <span className={classes.dot} aria-hidden="true" />
      <span className={classes.words}>
        {waits && <VisuallyHidden>Unread: </VisuallyHidden>}
        <UserText className={classes.title}>{item.title}</UserText>
        <span className={classes.facts}>
          {item.client && <UserText className={classes.client}>{item.client}</UserText>}
          {waits && item.priority && item.state === "unclaimed" && <PriorityBadge priority={item.priority} />}
          {item.state && <span>{STATES[item.state]}</span>}
          <Age at={item.updated_at} suffix />
        </span>
      </span>
    </Link>
  );
}
