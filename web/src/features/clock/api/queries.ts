import { keepPreviousData, skipToken, useQuery } from "@tanstack/react-query";

import { spanAround } from "@/features/clock/rotas/months";
import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";
import type { PreviewRequest } from "@/shared/api/types";

/** Loads the account's policy; version 0 are the defaults. */
export function usePolicy() {
  const api = useApi();
  return useQuery({
    queryKey: keys.policy,
    queryFn: ({ signal }) => answerOf(api.GET("/policy", { signal })),
  });
}

/** Loads whom a policy, saved or not, would notify, and when; the previous answer stays until there is a new one. */
export function usePolicyPreview(asked: PreviewRequest | null) {
  const api = useApi();
  return useQuery({
    queryKey: keys.policyPreview(JSON.stringify(asked)),
    queryFn: asked
      ? async ({ signal }) => ({ asked, ...(await answerOf(api.POST("/policy/preview", { body: asked, signal }))) })
      : skipToken,
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
    gcTime: 0,
  });
}

interface HolidaysChoice {
  country?: string;
  part?: string;
  also?: string;
}

/** Loads the national holidays of a country or of a part of it; without a country, which countries there are. */
export function useNationalHolidays({ country, part, also }: HolidaysChoice) {
  const api = useApi();
  return useQuery({
    queryKey: keys.nationalHolidays(country ?? "", part ?? "", also ?? ""),
    queryFn: ({ signal }) =>
      answerOf(api.GET("/holidays", { params: { query: { ...(country && { country }), ...(part && { part }), ...(also && { also }) } }, signal })),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
}

/** Loads the account's rotas, of which it has few. */
export function useRotas() {
  const api = useApi();
  return useQuery({
    queryKey: keys.rotas,
    queryFn: async ({ signal }) => (await answerOf(api.GET("/rotas", { signal }))).items,
  });
}

export function useRota(rotaId: string, isEnabled = true) {
  const api = useApi();
  return useQuery({
    queryKey: keys.rota(rotaId),
    queryFn: ({ signal }) => answerOf(api.GET("/rotas/{rota_id}", { params: { path: { rota_id: rotaId } }, signal })),
    enabled: isEnabled,
  });
}

/** Loads the shifts around a month such as `2026-11`: a day more on both sides, since the rota's zone may be any. */
export function useShifts(rotaId: string, month: string) {
  const api = useApi();
  return useQuery({
    queryKey: keys.shifts(rotaId, month),
    queryFn: async ({ signal }) => {
      const [from, to] = spanAround(month);
      const params = { path: { rota_id: rotaId }, query: { from, to } };
      return (await answerOf(api.GET("/rotas/{rota_id}/shifts", { params, signal }))).items;
    },
    placeholderData: keepPreviousData,
  });
}
