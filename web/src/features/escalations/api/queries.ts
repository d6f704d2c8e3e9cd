import { useInfiniteQuery } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";

/** Loads the escalation queue, most urgent first, without the reader's own handoffs. */
export function useEscalations() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.escalations,
    queryFn: ({ pageParam, signal }) =>
      answerOf(api.GET("/escalations", { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
  });
}
