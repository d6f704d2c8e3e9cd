import { useQuery } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";
import type { Handoff } from "@/shared/api/types";

const PENDING_POLL_MS = 10_000;

/**
 * Loads the handoffs of a session, newest first. While an assessment or a ticket note is pending, an event reports its
 * end; polling every ten seconds covers a lost event.
 */
export function useHandoffs(sessionId: string) {
  const api = useApi();
  return useQuery({
    queryKey: keys.handoffs(sessionId),
    queryFn: async ({ signal }) => {
      const params = { path: { session_id: sessionId } };
      return (await answerOf(api.GET("/sessions/{session_id}/handoffs", { params, signal }))).items;
    },
    refetchInterval: ({ state }) => (isPending(state.data?.[0]) ? PENDING_POLL_MS : false),
  });
}

const isPending = (newest: Handoff | undefined) =>
  newest?.assessment_status === "pending" || newest?.ticket_notes.status === "pending";

/** Returns the handoff whose context the session shows: the newest one that was not withdrawn. */
export function currentHandoff(handoffs: Handoff[] | undefined): Handoff | undefined {
  return handoffs?.find((handoff) => handoff.status !== "withdrawn");
}
