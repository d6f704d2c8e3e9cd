import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";
import type { Integration, IntegrationChange } from "@/shared/api/types";
import { refreshAfter } from "@/shared/stale-keys";

const pathOf = (integrationId: string) => ({ path: { integration_id: integrationId } });

/** Saves an integration. The request is idempotent. `onSaved` is called also after the component was unmounted. */
export function useSaveIntegration(integrationId: string, onSaved: (saved: Integration) => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: IntegrationChange) =>
      answerOf(api.PUT("/integrations/{integration_id}", { params: pathOf(integrationId), body })),
    gcTime: 0, // The request body contains secrets.
    onSuccess: (saved) => {
      onSaved(saved);
      return refreshAfter(api, queries, { type: "integration_changed" });
    },
  });
}

/** `onDeleted` is called also after the component was unmounted. */
export function useDeleteIntegration(onDeleted: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (integrationId: string) => {
      await answerOf(api.DELETE("/integrations/{integration_id}", { params: pathOf(integrationId) }));
    },
    onSuccess: (_nothing, integrationId) => {
      onDeleted();
      queries.removeQueries({ queryKey: keys.integration(integrationId) });
      return refreshAfter(api, queries, { type: "integration_changed" });
    },
  });
}

/** Tests the connection with a read-only request to the ticket system. */
export function useTestConnection(integrationId: string) {
  const api = useApi();
  return useMutation({
    mutationFn: () => answerOf(api.POST("/integrations/{integration_id}/test", { params: pathOf(integrationId) })),
  });
}
