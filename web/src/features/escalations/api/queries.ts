import { useInfiniteQuery } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";
import type { Queue } from "@/shared/api/types";

/** Loads the escalation queue, most urgent first. The reader's own stand apart, in its first page. */
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

/** How many escalations wait, the reader's own included, and those. Null until the queue has been loaded. */
export function useWaiting(): Pick<Queue, "total" | "own" | "has_history"> | null {
  return useEscalations().data?.pages[0] ?? null;
}
