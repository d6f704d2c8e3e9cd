import { type InfiniteData, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent } from "react";

import { keys } from "@/shared/api/keys";
import type { Handoff, NotificationList } from "@/shared/api/types";

import { type Opened, useMarkOpened } from "./api/mutations";
import { isUnread } from "./api/queries";

/**
 * Marks the notifications of a session as read when it is opened, and again when it is left if more has come meanwhile. Who
 * opens an escalation that waits for somebody is also shown to its sender.
 */
export function useReadOnOpen(sessionId: string, newest: Handoff | undefined, meId: string): void {
  const queries = useQueryClient();
  const { mutate } = useMarkOpened();
  const handoffId = newest?.id;
  const isForSender = newest?.status === "unclaimed" && newest.intent === "escalate" && newest.from.id !== meId;

  const read = useEffectEvent((tellsSender: boolean) => {
    const known = queries.getQueryData<InfiniteData<NotificationList>>(keys.notifications);
    const unread = new Set(known?.pages.flatMap((page) => page.items.filter(isUnread).map(({ id }) => id)));
    const opened: Opened[] = [];
    if (handoffId !== undefined && (tellsSender || unread.has(handoffId))) opened.push({ handoff_id: handoffId });
    if (unread.has(sessionId)) opened.push({ session_id: sessionId });
    opened.forEach((one) => mutate(one));
  });

  useEffect(() => {
    if (handoffId === undefined) return undefined;
    read(isForSender);
    return () => read(false);
    // Only what is opened matters, not what becomes of it while it is on the screen.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [handoffId]);
}
