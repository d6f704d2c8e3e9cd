import { useInfiniteQuery } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";

/** Loads the notifications, newest first, page by page, and the number of unread ones. */
export function useNotifications() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.notifications,
    queryFn: ({ pageParam, signal }) =>
      answerOf(api.GET("/notifications", { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
    select: ({ pages }) => ({ items: pages.flatMap((page) => page.items), unread: pages[0]?.unread ?? 0 }),
  });
}
