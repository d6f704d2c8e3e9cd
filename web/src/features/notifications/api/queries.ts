import { useInfiniteQuery } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";

/** The bell: its items, newest first, page by page, and how many of all were not read. */
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
