import { useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";
import type { Notification } from "@/shared/api/types";

/** Whether it still waits for the reader: neither read nor settled by what became of it. */
export const isUnread = ({ read, settled }: Notification): boolean => !read && !settled;

/**
 * Loads the notifications, the last changed first, page by page, and the number of unread ones. Those of the session that
 * the reader has on the screen count as read.
 */
export function useNotifications(onScreen: string | undefined) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.notifications,
    queryFn: ({ pageParam, signal }) =>
      answerOf(api.GET("/notifications", { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
    select: ({ pages }) => {
      const items = pages.flatMap((page) => page.items);
      const shown = items.filter((item) => isUnread(item) && item.session_id !== null && item.session_id === onScreen);
      return {
        items: items.map((item) => (shown.includes(item) ? { ...item, read: true } : item)),
        unread: Math.max(0, (pages[0]?.unread ?? 0) - shown.length),
      };
    },
  });
}

/** Loads the signed-in person's notification settings. */
export function useNotificationSettings() {
  const api = useApi();
  return useQuery({
    queryKey: keys.notificationSettings,
    queryFn: ({ signal }) => answerOf(api.GET("/me/notifications", { signal })),
  });
}
