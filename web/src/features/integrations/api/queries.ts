import { useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";

/** Loads the account's integrations, page by page. */
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

export function useIntegration(integrationId: string, isEnabled = true) {
  const api = useApi();
  return useQuery({
    queryKey: keys.integration(integrationId),
    queryFn: ({ signal }) => {
      const params = { path: { integration_id: integrationId } };
      return answerOf(api.GET("/integrations/{integration_id}", { params, signal }));
    },
    enabled: isEnabled,
  });
}

/** Lists the ticket system's own statuses and people. An integration that is not saved yet has none. */
export function useMappingChoices(savedId: string | null) {
  const api = useApi();
  return useQuery({
    queryKey: [...keys.integration(savedId ?? ""), "choices"],
    queryFn: ({ signal }) => {
      const params = { path: { integration_id: savedId ?? "" } };
      return answerOf(api.GET("/integrations/{integration_id}/choices", { params, signal }));
    },
    enabled: savedId !== null,
    retry: false,
  });
}
