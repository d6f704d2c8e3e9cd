import { useMutation, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { intentDone, intentKey } from "@/shared/api/intent";
import { keys } from "@/shared/api/keys";
import { mayRetry, retryDelay } from "@/shared/api/query-client";
import type { Handoff, HandOff } from "@/shared/api/types";

export function useHandOff(sessionId: string) {
  const api = useApi();
  const queries = useQueryClient();
  const intent = `handoff.${sessionId}`;
  return useMutation({
    mutationFn: (body: HandOff) => {
      const params = { path: { session_id: sessionId }, header: { "Idempotency-Key": intentKey(intent, body) } };
      return answerOf(api.POST("/sessions/{session_id}/handoff", { params, body }));
    },
    onSuccess: () => intentDone(intent),
    onSettled: () => refresh(queries, sessionId),
  });
}

type HandoffId = Pick<Handoff, "id" | "session_id">;
const pathOf = (handoff: HandoffId) => ({ path: { session_id: handoff.session_id, handoff_id: handoff.id } });

/** A claim by the same person twice is one claim, so a lost answer is simply asked for again. */
export function useClaim() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (handoff: Handoff) =>
      answerOf(api.POST("/sessions/{session_id}/handoffs/{handoff_id}/claim", { params: pathOf(handoff) })),
    retry: mayRetry,
    retryDelay,
    onSettled: (_receipt, _error, handoff) => refresh(queries, handoff.session_id),
  });
}

export function useWithdraw() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (handoff: HandoffId) =>
      answerOf(api.POST("/sessions/{session_id}/handoffs/{handoff_id}/withdraw", { params: pathOf(handoff) })),
    onSettled: (_receipt, _error, handoff) => refresh(queries, handoff.session_id),
  });
}

export function useRelease() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ handoff, note }: { handoff: HandoffId; note: string }) =>
      answerOf(
        api.POST("/sessions/{session_id}/handoffs/{handoff_id}/release", { params: pathOf(handoff), body: { note } }),
      ),
    onSettled: (_receipt, _error, { handoff }) => refresh(queries, handoff.session_id),
  });
}

/** Asks for the assessment once more. */
export function useAssessAgain() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (handoff: HandoffId) =>
      answerOf(api.POST("/sessions/{session_id}/handoffs/{handoff_id}/assessment", { params: pathOf(handoff) })),
    onSettled: (_handoff, _error, handoff) => queries.invalidateQueries({ queryKey: keys.handoffs(handoff.session_id) }),
  });
}

/** Asks once more for the ticket notes that were given up. */
export function useRetryNote() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (handoff: HandoffId) =>
      answerOf(api.POST("/sessions/{session_id}/handoffs/{handoff_id}/psa", { params: pathOf(handoff) })),
    onSettled: (_handoff, _error, handoff) => queries.invalidateQueries({ queryKey: keys.handoffs(handoff.session_id) }),
  });
}

/** After a refusal too: it mostly means that the screen shows what no longer is. */
async function refresh(queries: QueryClient, sessionId: string): Promise<void> {
  const stale = [keys.session(sessionId), keys.turns(sessionId), keys.handoffs(sessionId), keys.sessions, keys.escalations];
  await Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
}
