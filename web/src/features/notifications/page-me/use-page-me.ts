import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";

/** Sends the signed-in person a test message by each of their channels. */
export function usePageMe() {
  const api = useApi();
  return useMutation({ mutationFn: () => answerOf(api.POST("/me/page")) });
}

/** Says that a test message arrived, so that its channel counts as one that reaches the person. */
export function useConfirmArrival(pageId: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (channel: string) => answerOf(api.POST("/me/page/arrived", { body: { page_id: pageId, channel } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keys.notificationSettings });
      await queries.invalidateQueries({ queryKey: keys.readiness });
    },
  });
}
