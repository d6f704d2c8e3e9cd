import { useInfiniteQuery } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";
import type { SessionStatus } from "@/shared/api/types";

/** Loads the sessions that somebody owns or holds, of one status, the last changed first, page by page. For admins. */
export function useSessionsOf(engineerId: string, status: SessionStatus) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.sessionsOf(engineerId, status),
    queryFn: ({ pageParam, signal }) => {
      const query = { engineer: engineerId, status, ...(pageParam && { cursor: pageParam }) };
      return answerOf(api.GET("/sessions", { params: { query }, signal }));
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
  });
}
