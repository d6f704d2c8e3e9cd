import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";
import type { Availability, AvailabilityChange } from "@/shared/api/types";
import { refreshAfter } from "@/shared/stale-keys";

/** Sets the reader's availability. `onDone` is called when the API has stored it. */
export function useSetAvailability(onDone: (said: Availability) => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: AvailabilityChange) => answerOf(api.PUT("/me/availability", { body })),
    onSuccess: (me) => {
      queries.setQueryData(keys.me, me);
      onDone(me.availability);
      return queries.invalidateQueries({ queryKey: keys.engineers });
    },
  });
}

/** Removes a person from the directory. The request is idempotent. `onDone` is called also after the component was unmounted. */
export function useRemovePerson(engineerId: string, onDone: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (): Promise<void> => {
      await answerOf(api.DELETE("/engineers/{engineer_id}", { params: { path: { engineer_id: engineerId } } }));
    },
    onSuccess: onDone,
    onSettled: () => refreshAfter(api, queries, { type: "person_removed" }),
  });
}
