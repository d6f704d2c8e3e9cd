import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { clearIdempotencyKey, idempotencyKey } from "@/shared/api/idempotency-key";
import { mayRetry, retryDelay } from "@/shared/api/query-client";
import type { Handoff, HandOff } from "@/shared/api/types";
import { refreshAfter } from "@/shared/stale-keys";

/**
 * What the caller does with a success. It is given to the hook, since the success may remove the component: a callback of
 * `mutate` is lost then.
 */
type OnDone = () => void;

export function useHandOff(sessionId: string, onDone: OnDone) {
  const api = useApi();
  const queries = useQueryClient();
  const slot = `handoff.${sessionId}`;
  return useMutation({
    mutationFn: (body: HandOff) => {
      const params = { path: { session_id: sessionId }, header: { "Idempotency-Key": idempotencyKey(slot, body) } };
      return answerOf(api.POST("/sessions/{session_id}/handoff", { params, body }));
    },
    onSuccess: () => {
      clearIdempotencyKey(slot);
      onDone();
    },
    onSettled: (_handoff, error) => refreshAfter(queries, { type: "handoff_created", session_id: sessionId }, error),
  });
}

type HandoffId = Pick<Handoff, "id" | "session_id">;
const pathOf = (handoff: HandoffId) => ({ path: { session_id: handoff.session_id, handoff_id: handoff.id } });

/** Claims a handoff. A repeated claim by the same person is one claim, so a request whose answer got lost is retried. */
export function useClaim(onDone: OnDone) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (handoff: Handoff) =>
      answerOf(api.POST("/sessions/{session_id}/handoffs/{handoff_id}/claim", { params: pathOf(handoff) })),
    retry: mayRetry,
    retryDelay,
    onSuccess: onDone,
    onSettled: (_receipt, error, handoff) =>
      refreshAfter(queries, { type: "handoff_claimed", session_id: handoff.session_id }, error),
  });
}

export function useWithdraw(onDone: OnDone) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (handoff: HandoffId) =>
      answerOf(api.POST("/sessions/{session_id}/handoffs/{handoff_id}/withdraw", { params: pathOf(handoff) })),
    onSuccess: onDone,
    onSettled: (_receipt, error, handoff) =>
      refreshAfter(queries, { type: "handoff_withdrawn", session_id: handoff.session_id }, error),
  });
}

export function useRelease(onDone: OnDone) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ handoff, note }: { handoff: HandoffId; note: string }) =>
      answerOf(
        api.POST("/sessions/{session_id}/handoffs/{handoff_id}/release", { params: pathOf(handoff), body: { note } }),
      ),
    onSuccess: onDone,
    onSettled: (_receipt, error, { handoff }) =>
      refreshAfter(queries, { type: "handoff_released", session_id: handoff.session_id }, error),
  });
}

/** Requests the assessment again. */
export function useRequestAssessment() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (handoff: HandoffId) =>
      answerOf(api.POST("/sessions/{session_id}/handoffs/{handoff_id}/assessment", { params: pathOf(handoff) })),
    onSettled: (_handoff, error, handoff) =>
      refreshAfter(queries, { type: "assessment_requested", session_id: handoff.session_id }, error),
  });
}

/** Retries the ticket notes that have failed. */
export function useRetryTicketNotes() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (handoff: HandoffId) =>
      answerOf(api.POST("/sessions/{session_id}/handoffs/{handoff_id}/ticket-notes/retry", { params: pathOf(handoff) })),
    onSettled: (_handoff, error, handoff) =>
      refreshAfter(queries, { type: "ticket_note_retried", session_id: handoff.session_id }, error),
  });
}
