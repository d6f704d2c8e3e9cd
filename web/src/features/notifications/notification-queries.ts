import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";

/** The bell: the newest items and how many of all were not read. */
export function useNotifications() {
  const api = useApi();
  return useQuery({
    queryKey: keys.notifications,
    queryFn: ({ signal }) => answerOf(api.GET("/notifications", { signal })),
  });
}

/** Marks as read all up to the newest that was on the screen, and nothing that came after it. */
export function useMarkRead() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (upTo: string) => answerOf(api.POST("/notifications/read", { body: { up_to: upTo } })),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.notifications }),
  });
}
