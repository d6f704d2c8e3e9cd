import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { refreshAfter } from "@/shared/stale-keys";

/** Marks all notifications as read up to the newest one on the screen. */
export function useMarkRead() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (upTo: string) => answerOf(api.POST("/notifications/read", { body: { up_to: upTo } })),
    onSettled: () => refreshAfter(queries, { type: "notifications_read" }),
  });
}
