import { useQuery } from "@tanstack/react-query";

import { useApi } from "./api-context";
import { answerOf } from "./client";
import { DIRECTORY_FRESH_MS } from "./engineers";
import { keys } from "./keys";

/** Loads who is on call now, rota by rota, and until when. */
export function useDuties() {
  const api = useApi();
  return useQuery({
    queryKey: keys.onCall,
    staleTime: DIRECTORY_FRESH_MS,
    queryFn: async ({ signal }) => (await answerOf(api.GET("/on-call", { signal }))).items,
  });
}

/** Returns the ids of those who are on call now; none until they are loaded. */
export const useOnCall = (): string[] => (useDuties().data ?? []).flatMap(({ person }) => (person ? [person.id] : []));
