import { useMutation, useMutationState, useQueryClient, type QueryClient } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { clearIdempotencyKey, idempotencyKey } from "@/shared/api/idempotency-key";
import { keys } from "@/shared/api/keys";
import type { Evidence, NewSession, Reopening, Resolution, Session, StepResult, Turn } from "@/shared/api/types";
import { refreshAfter } from "@/shared/stale-keys";
import { withdrawOffer } from "@/shared/ui/confirmation-store";

/** `onOpened` is called when the API has stored the session, also after the component was unmounted. */
export function useOpenSession(onOpened: (session: Session) => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewSession) =>
      answerOf(api.POST("/sessions", { body, params: { header: { "Idempotency-Key": idempotencyKey("session", body) } } })),
    onSuccess: (session) => {
      clearIdempotencyKey("session");
      queries.setQueryData(keys.session(session.id), session);
      onOpened(session);
      return refreshAfter(api, queries, { type: "session_opened" });
    },
  });
}

interface Sending {
  /** The API has stored the text. */
  onSent: (text: string) => void;
  onNotSent: (text: string) => void;
}

const messageKey = (sessionId: string) => ["message", sessionId];

/** Sends a message, offline as soon as the browser is online again. The callbacks work after the component was unmounted too. */
export function useSendMessage(sessionId: string, { onSent, onNotSent }: Sending) {
  const api = useApi();
  const queries = useQueryClient();
  const slot = `message.${sessionId}`;
  return useMutation({
    mutationKey: messageKey(sessionId),
    networkMode: "online",
    mutationFn: (body: { text: string; epoch: number; marked?: string[] }) => {
      const params = { path: { session_id: sessionId }, header: { "Idempotency-Key": idempotencyKey(slot, body) } };
      return answerOf(api.POST("/sessions/{session_id}/messages", { params, body }));
    },
    onMutate: withdrawOffer, // A claim after which something was written can no longer be undone.
    onSuccess: ({ message, reply }, { text }) => {
      clearIdempotencyKey(slot);
      onSent(text);
      addTurns(queries, sessionId, reply ? [message, reply] : [message]);
    },
    onError: (_error, { text }) => onNotSent(text),
    onSettled: (_turn, error) => void refreshAfter(api, queries, { type: "turn_added", session_id: sessionId }, error),
  });
}

/** Returns the session's message that has no answer yet, whichever component sent it. */
export function useOutgoingMessage(sessionId: string): { text: string; isWaiting: boolean } | null {
  const pending = useMutationState({
    filters: { mutationKey: messageKey(sessionId), status: "pending" },
    select: ({ state }) => ({ text: (state.variables as { text: string }).text, isWaiting: state.isPaused }),
  });
  return pending[0] ?? null;
}

export const isSendingMessage = (queries: QueryClient, sessionId: string): boolean =>
  queries.isMutating({ mutationKey: messageKey(sessionId) }) > 0;

export interface StepTaken {
  action: string;
  result: StepResult;
  finding: string | null;
  evidence: Evidence;
  epoch: number;
  marked?: string[];
}

/** `onRecorded` is called when the API has stored the step, also after the component was unmounted. */
export function useRecordStep(sessionId: string, onRecorded: (action: string) => void) {
  const api = useApi();
  const queries = useQueryClient();
  const slot = `step.${sessionId}`;
  return useMutation({
    networkMode: "online",
    mutationFn: (step: StepTaken) => {
      const body = { kind: "step" as const, ...step };
      const params = { path: { session_id: sessionId }, header: { "Idempotency-Key": idempotencyKey(slot, body) } };
      return answerOf(api.POST("/sessions/{session_id}/turns", { params, body }));
    },
    onMutate: withdrawOffer,
    onSuccess: (step, { action }) => {
      clearIdempotencyKey(slot);
      onRecorded(action);
      addTurns(queries, sessionId, [step]);
    },
    onSettled: (_turn, error) => void refreshAfter(api, queries, { type: "turn_added", session_id: sessionId }, error),
  });
}

/** Leaves a note for the other people of the session. `onAdded` is called when the API has stored it. */
export function useAddNote(sessionId: string, onAdded: (text: string) => void) {
  const api = useApi();
  const queries = useQueryClient();
  const slot = `note.${sessionId}`;
  return useMutation({
    networkMode: "online",
    mutationFn: (body: { text: string; marked?: string[] }) => {
      const params = { path: { session_id: sessionId }, header: { "Idempotency-Key": idempotencyKey(slot, body) } };
      return answerOf(api.POST("/sessions/{session_id}/notes", { params, body }));
    },
    onMutate: withdrawOffer,
    onSuccess: (note, { text }) => {
      clearIdempotencyKey(slot);
      onAdded(text);
      addTurns(queries, sessionId, [note]);
    },
    onSettled: (_turn, error) => void refreshAfter(api, queries, { type: "session_note_added", session_id: sessionId }, error),
  });
}

/** `onResolved` is called when the API has stored the resolution, also after the component was unmounted. */
export function useResolve(sessionId: string, onResolved: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Resolution) =>
      answerOf(api.POST("/sessions/{session_id}/resolve", { params: { path: { session_id: sessionId } }, body })),
    onSuccess: (session) => {
      queries.setQueryData(keys.session(sessionId), session);
      onResolved();
    },
    onSettled: (_session, error) => void refreshAfter(api, queries, { type: "session_resolved", session_id: sessionId }, error),
  });
}

/** `onReopened` is called when the API has stored it, also after the component was unmounted. */
export function useReopen(sessionId: string, onReopened: () => void) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Reopening) =>
      answerOf(api.POST("/sessions/{session_id}/reopen", { params: { path: { session_id: sessionId } }, body })),
    onSuccess: (session) => {
      queries.setQueryData(keys.session(sessionId), session);
      onReopened();
    },
    onSettled: (_session, error) => void refreshAfter(api, queries, { type: "session_reopened", session_id: sessionId }, error),
  });
}

/** Shows new turns at once. The refresh that follows loads the list from the API. */
function addTurns(queries: QueryClient, sessionId: string, added: Turn[]): void {
  queries.setQueryData<Turn[]>(keys.turns(sessionId), (turns = []) => {
    const known = new Set(turns.map((turn) => turn.seq));
    return [...turns, ...added.filter((turn) => !known.has(turn.seq))].sort((one, other) => one.seq - other.seq);
  });
}
