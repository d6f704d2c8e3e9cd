import { useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";

/** Loads the account's outgoing webhooks: at most twenty, so one page is all. */
export function useWebhooks() {
  const api = useApi();
  return useQuery({
    queryKey: keys.webhooks,
    queryFn: ({ signal }) => answerOf(api.GET("/webhooks", { params: { query: { limit: 100 } }, signal })),
    select: (page) => page.items,
  });
}

/** Loads the account's Slack and Teams channels: at most twenty, so one page is all. */
export function useChatChannels() {
  const api = useApi();
  return useQuery({
    queryKey: keys.channels,
    queryFn: ({ signal }) => answerOf(api.GET("/channels", { params: { query: { limit: 100 } }, signal })),
    select: (page) => page.items,
  });
}

/** Loads what was sent to a webhook, newest first, page by page. */
export function useWebhookDeliveries(webhookId: string) {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.webhookDeliveries(webhookId),
    queryFn: ({ pageParam, signal }) => {
      const query = pageParam ? { cursor: pageParam } : {};
      return answerOf(api.GET("/webhooks/{target_id}/deliveries", { params: { path: { target_id: webhookId }, query }, signal }));
    },
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
  });
}
