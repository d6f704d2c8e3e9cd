import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";
import type { IntegrationChange } from "@/shared/api/types";

/** The account's integrations, page by page. */
export function useIntegrations() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.integrations,
    queryFn: ({ pageParam, signal }) =>
      answerOf(api.GET("/integrations", { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
  });
}

export function useIntegration(integrationId: string) {
  const api = useApi();
  return useQuery({
    queryKey: keys.integration(integrationId),
    queryFn: ({ signal }) => answerOf(api.GET("/integrations/{integration_id}", { params: pathOf(integrationId), signal })),
  });
}

const pathOf = (integrationId: string) => ({ path: { integration_id: integrationId } });

/** Saving the same once more changes nothing, so a lost answer may be asked for again. */
export function useSaveIntegration(integrationId: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: IntegrationChange) =>
      answerOf(api.PUT("/integrations/{integration_id}", { params: pathOf(integrationId), body })),
    gcTime: 0, // What was sent held secrets.
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.integrations }),
  });
}

export function useDeleteIntegration() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (integrationId: string) => {
      await answerOf(api.DELETE("/integrations/{integration_id}", { params: pathOf(integrationId) }));
    },
    onSuccess: (_nothing, integrationId) => {
      queries.removeQueries({ queryKey: keys.integration(integrationId) });
      return queries.invalidateQueries({ queryKey: keys.integrations });
    },
  });
}

/** Asks the ticket system for something that changes nothing. */
export function useTestConnection(integrationId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: () => answerOf(api.POST("/integrations/{integration_id}/test", { params: pathOf(integrationId) })),
  });
}
