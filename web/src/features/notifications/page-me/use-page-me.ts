import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";
import type { PageState } from "@/shared/api/types";
import { serverNow } from "@/shared/server-time";

/** Sends the signed-in person a test message by each of their channels. */
export function usePageMe() {
  const api = useApi();
  return useMutation({ mutationFn: () => answerOf(api.POST("/me/page")) });
}

const POLL_MS = 2_000;
const POLLED_FOR_MS = 60_000;

/** What is known of the messages of a test, read again for a minute, or until nothing more is to be known. */
export function usePageState(pageId: string, sentAt: string) {
  const api = useApi();
  return useQuery({
    queryKey: keys.pageTest(pageId),
    queryFn: () => answerOf(api.GET("/me/page/{page_id}", { params: { path: { page_id: pageId } } })),
    refetchInterval: ({ state }) => (isSettled(state.data) || serverNow() - Date.parse(sentAt) > POLLED_FOR_MS ? false : POLL_MS),
  });
}

function isSettled(test: PageState | undefined): boolean {
  return test?.messages.every(({ kind, state }) => !MOVING.has(state) && (kind !== "push" || state !== "accepted")) ?? false;
}

/** States that are followed by another one; a push message that was accepted may yet be shown. */
const MOVING = new Set<PageState["messages"][number]["state"]>(["pending", "sending", "gathered"]);

/** Says that a test message arrived, so that its channel counts as one that reaches the person. */
export function useConfirmArrival(pageId: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (channel: string) => answerOf(api.POST("/me/page/arrived", { body: { page_id: pageId, channel } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: keys.pageTest(pageId) });
      await queries.invalidateQueries({ queryKey: keys.notificationSettings });
      await queries.invalidateQueries({ queryKey: keys.readiness });
    },
  });
}
