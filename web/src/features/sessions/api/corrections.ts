import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";
import type { SessionCorrection, Turn, TurnCorrection } from "@/shared/api/types";
import { refreshAfter } from "@/shared/stale-keys";
import { withdrawOffer } from "@/shared/ui/confirmation-store";

/** Corrects what the session says. `onCorrected` is called when the API has stored it. */
export function useCorrectSession(sessionId: string, onCorrected: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: SessionCorrection) =>
      answerOf(api.PATCH("/sessions/{session_id}", { params: { path: { session_id: sessionId } }, body })),
    onMutate: withdrawOffer, // A claim after which something was corrected can no longer be undone.
    onSuccess: (session) => {
      queries.setQueryData(keys.session(sessionId), session);
      onCorrected();
    },
    onSettled: (_session, error) => void refreshAfter(api, queries, { type: "session_corrected", session_id: sessionId }, error),
  });
}

/** Changes a turn, or strikes it out. `onCorrected` is called when the API has stored it. */
export function useCorrectTurn(sessionId: string, seq: number, onCorrected: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: TurnCorrection) => {
      const path = { session_id: sessionId, seq: String(seq) };
      return answerOf(api.PATCH("/sessions/{session_id}/turns/{seq}", { params: { path }, body }));
    },
    onMutate: withdrawOffer,
    onSuccess: (corrected) => {
      queries.setQueryData<Turn[]>(keys.turns(sessionId), (turns) =>
        turns?.map((turn) => (turn.seq === seq ? corrected : turn)),
      );
      onCorrected();
    },
    onSettled: (_turn, error) => void refreshAfter(api, queries, { type: "session_corrected", session_id: sessionId }, error),
  });
}
