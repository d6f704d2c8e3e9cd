import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";
import type { Policy, RotaChange, SavedPolicy, SavedRota } from "@/shared/api/types";
import { refreshAfter } from "@/shared/stale-keys";

/** Replaces the policy. `onSaved` is called also after the component was unmounted. */
export function useSavePolicy(onSaved: (saved: SavedPolicy) => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { policy: Policy; version: number }) => answerOf(api.PUT("/policy", { body })),
    onSuccess: (saved) => {
      queries.setQueryData(keys.policy, saved);
      onSaved(saved);
    },
  });
}

const pathOf = (rotaId: string) => ({ path: { rota_id: rotaId } });

/** Saves a rota. `onSaved` is called also after the component was unmounted. */
export function useSaveRota(rotaId: string, onSaved: (saved: SavedRota) => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: RotaChange) => answerOf(api.PUT("/rotas/{rota_id}", { params: pathOf(rotaId), body })),
    onSuccess: (saved) => {
      onSaved(saved);
      return refreshAfter(api, queries, { type: "rota_changed" });
    },
  });
}

/** `onDeleted` is called also after the component was unmounted. */
export function useDeleteRota(rotaId: string, onDeleted: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await answerOf(api.DELETE("/rotas/{rota_id}", { params: pathOf(rotaId) }));
    },
    onSuccess: () => {
      onDeleted();
      queries.removeQueries({ queryKey: keys.rota(rotaId) });
      return refreshAfter(api, queries, { type: "rota_changed" });
    },
  });
}

/** Puts the signed-in person on call for what is left of the shift that begins at a time. */
export function useTakeShift(rotaId: string, onTaken: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (begins_at: string) =>
      answerOf(api.POST("/rotas/{rota_id}/shifts/take", { params: pathOf(rotaId), body: { begins_at } })),
    onSuccess: onTaken,
    onSettled: () => refreshAfter(api, queries, { type: "rota_changed" }),
  });
}

/** Makes a new address of a rota's calendar feed, which ends the one before. The answer is the only time it is shown. */
export function useIssueCalendar(rotaId: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => api.baseUrl + (await answerOf(api.POST("/rotas/{rota_id}/calendar", { params: pathOf(rotaId) }))).path,
    gcTime: 0, // The address is a secret.
    onSettled: () => refreshAfter(api, queries, { type: "rota_changed" }),
  });
}

/** Ends the address of a rota's calendar feed. */
export function useRevokeCalendar(rotaId: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      await answerOf(api.DELETE("/rotas/{rota_id}/calendar", { params: pathOf(rotaId) }));
    },
    onSettled: () => refreshAfter(api, queries, { type: "rota_changed" }),
  });
}
