import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";
import type { NotificationList, NotificationSettings, NotificationSettingsChange } from "@/shared/api/types";
import { refreshAfter } from "@/shared/stale-keys";

/** Marks all notifications as read up to the newest one on the screen. */
export function useMarkRead() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (upTo: string) => answerOf(api.POST("/notifications/read", { body: { up_to: upTo } })),
    onSettled: () => refreshAfter(api, queries, { type: "notifications_read" }),
  });
}

/** What was opened: a handoff, or a session without one. */
export type Opened = { handoff_id: string } | { session_id: string };

/** Marks what was opened as read: at once on this page, where nothing else changes by it. */
export function useMarkOpened() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (opened: Opened) => answerOf(api.POST("/notifications/read", { body: opened })),
    onSuccess: (_nothing, opened) => {
      const subject = "handoff_id" in opened ? opened.handoff_id : opened.session_id;
      queries.setQueryData<InfiniteData<NotificationList>>(keys.notifications, (known) => known && withRead(known, subject));
    },
  });
}

function withRead(known: InfiniteData<NotificationList>, subject: string): InfiniteData<NotificationList> {
  const isOne = ({ id, read, settled }: NotificationList["items"][number]) => id === subject && !read && !settled;
  const count = known.pages.some((page) => page.items.some(isOne)) ? 1 : 0;
  const pages = known.pages.map((page) => ({
    ...page,
    unread: Math.max(0, page.unread - count),
    items: page.items.map((item) => (item.id === subject ? { ...item, read: true } : item)),
  }));
  return { ...known, pages };
}

/** Saves the signed-in person's notification settings, over the version that they have read. */
export function useSaveNotificationSettings(onSaved: (saved: NotificationSettings) => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: NotificationSettingsChange) => answerOf(api.PUT("/me/notifications", { body: change })),
    onSuccess: (saved) => {
      queries.setQueryData(keys.notificationSettings, saved);
      onSaved(saved);
    },
  });
}
