import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { clearIdempotencyKey, idempotencyKey } from "@/shared/api/idempotency-key";
import { mayRetry, retryDelay } from "@/shared/api/query-client";
import type { Decline, Handoff, HandOff, Person, Priority, Reassignment, Release, Session, Withdrawal } from "@/shared/api/types";
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
    onSettled: (_handoff, error) => refreshAfter(api, queries, { type: "handoff_created", session_id: sessionId }, error),
  });
}

type HandoffId = Pick<Handoff, "id" | "session_id">;
const pathOf = (handoff: HandoffId) => ({ path: { session_id: handoff.session_id, handoff_id: handoff.id } });

/**
 * Claims a handoff as it is shown. A repeated claim by the same person is one claim, so a request whose answer got lost is
 * retried; one that arrives after the handoff has changed hands again claims nothing.
 */
export function useClaim(onDone: (claimed: Handoff) => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (handoff: Handoff) =>
      answerOf(
        api.POST("/sessions/{session_id}/handoffs/{handoff_id}/claim", {
          params: pathOf(handoff),
          body: { epoch: handoff.claim_epoch },
        }),
      ),
    retry: mayRetry,
    retryDelay,
    onSuccess: (_receipt, handoff) => onDone(handoff),
    onSettled: (_receipt, error, handoff) =>
      refreshAfter(api, queries, { type: "handoff_claimed", session_id: handoff.session_id }, error),
  });
}

/**
 * Undoes a claim of the last ten seconds: `handoff` is as it was shown before the claim. A repeated undo is one undo, so a
 * request whose answer got lost is retried.
 */
export function useUndoClaim(onDone: OnDone, onRefused: (error: Error) => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (handoff: Handoff) =>
      answerOf(
        api.POST("/sessions/{session_id}/handoffs/{handoff_id}/undo", {
          params: pathOf(handoff),
          body: { epoch: handoff.claim_epoch + 1 },
        }),
      ),
    retry: mayRetry,
    retryDelay,
    onSuccess: onDone,
    onError: onRefused,
    onSettled: (_receipt, error, handoff) =>
      refreshAfter(api, queries, { type: "handoff_claim_undone", session_id: handoff.session_id }, error),
  });
}

export function useWithdraw(onDone: OnDone) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ handoff, body }: { handoff: HandoffId; body: Withdrawal }) =>
      answerOf(api.POST("/sessions/{session_id}/handoffs/{handoff_id}/withdraw", { params: pathOf(handoff), body })),
    onSuccess: onDone,
    onSettled: (_receipt, error, { handoff }) =>
      refreshAfter(api, queries, { type: "handoff_withdrawn", session_id: handoff.session_id }, error),
  });
}

/** Opens a handoff that is directed to the reader to all seniors. */
export function useDecline(onDone: OnDone) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ handoff, body }: { handoff: HandoffId; body: Decline }) =>
      answerOf(api.POST("/sessions/{session_id}/handoffs/{handoff_id}/decline", { params: pathOf(handoff), body })),
    onSuccess: onDone,
    onSettled: (_receipt, error, { handoff }) =>
      refreshAfter(api, queries, { type: "handoff_declined", session_id: handoff.session_id }, error),
  });
}

/** A handoff as it is shown. With its `claim_epoch`, a claim that somebody else has made since is refused, not ended. */
type ShownHandoff = HandoffId & Pick<Handoff, "claim_epoch">;

export function useRelease(onDone: OnDone) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ handoff, body }: { handoff: ShownHandoff; body: Omit<Release, "epoch"> }) =>
      answerOf(
        api.POST("/sessions/{session_id}/handoffs/{handoff_id}/release", {
          params: pathOf(handoff),
          body: { ...body, epoch: handoff.claim_epoch },
        }),
      ),
    onSuccess: onDone,
    onSettled: (_receipt, error, { handoff }) =>
      refreshAfter(api, queries, { type: "handoff_released", session_id: handoff.session_id }, error),
  });
}

interface Reassigning {
  handoff: ShownHandoff;
  to: Person;
  body: Omit<Reassignment, "epoch" | "to">;
}

/** Puts a claimed handoff back and directs it to somebody, in one step. */
export function useReassign(onDone: (to: Person) => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ handoff, to, body }: Reassigning) =>
      answerOf(
        api.POST("/sessions/{session_id}/handoffs/{handoff_id}/reassign", {
          params: pathOf(handoff),
          body: { ...body, to: to.id, epoch: handoff.claim_epoch },
        }),
      ),
    onSuccess: (_receipt, { to }) => onDone(to),
    onSettled: (_receipt, error, { handoff }) =>
      refreshAfter(api, queries, { type: "handoff_released", session_id: handoff.session_id }, error),
  });
}

/** Says that the holder is still on it. */
export function useKeep() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (handoff: HandoffId) =>
      answerOf(api.POST("/sessions/{session_id}/handoffs/{handoff_id}/keep", { params: pathOf(handoff) })),
    retry: mayRetry,
    retryDelay,
    onSettled: (_receipt, error, handoff) =>
      refreshAfter(api, queries, { type: "handoff_kept", session_id: handoff.session_id }, error),
  });
}

/** Says what the holder waits for, and until when. */
export function useWait(onDone: OnDone) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ handoff, until, reason }: { handoff: HandoffId; until: string; reason: string }) =>
      answerOf(
        api.POST("/sessions/{session_id}/handoffs/{handoff_id}/wait", { params: pathOf(handoff), body: { until, reason } }),
      ),
    onSuccess: onDone,
    onSettled: (_receipt, error, { handoff }) =>
      refreshAfter(api, queries, { type: "handoff_waiting", session_id: handoff.session_id }, error),
  });
}

/** Gives a handoff that waits another priority. A repeated change is one change. */
export function useChangePriority(onDone: (priority: Priority) => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ handoff, priority }: { handoff: HandoffId; priority: Priority }) =>
      answerOf(api.PATCH("/sessions/{session_id}/handoffs/{handoff_id}", { params: pathOf(handoff), body: { priority } })),
    retry: mayRetry,
    retryDelay,
    onSuccess: (_receipt, { priority }) => onDone(priority),
    onSettled: (_receipt, error, { handoff }) =>
      refreshAfter(api, queries, { type: "handoff_priority_changed", session_id: handoff.session_id }, error),
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
      refreshAfter(api, queries, { type: "assessment_requested", session_id: handoff.session_id }, error),
  });
}

/** Retries the ticket notes of a handoff, or of a session without one, that have failed. */
export function useRetryTicketNotes() {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (of: HandoffId | Pick<Session, "id">) => {
      if ("session_id" in of) {
        await answerOf(api.POST("/sessions/{session_id}/handoffs/{handoff_id}/ticket-notes/retry", { params: pathOf(of) }));
      } else {
        await answerOf(api.POST("/sessions/{session_id}/ticket-notes/retry", { params: { path: { session_id: of.id } } }));
      }
    },
    onSettled: (_answer, error, of) =>
      refreshAfter(api, queries, { type: "ticket_note_retried", session_id: "session_id" in of ? of.session_id : of.id }, error),
  });
}
