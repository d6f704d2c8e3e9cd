import { useQuery } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";
import type { Handoff } from "@/shared/api/types";

const PENDING_LOOK_MS = 10_000;

/**
 * The handoffs of a session, newest first; no claim is needed to read them. While an assessment or a ticket note is on
 * its way an event announces it, and a look every ten seconds makes up for an event that got lost.
 */
export function useHandoffs(sessionId: string) {
  const api = useApi();
  return useQuery({
    queryKey: keys.handoffs(sessionId),
    queryFn: async ({ signal }) => {
      const params = { path: { session_id: sessionId } };
      return (await answerOf(api.GET("/sessions/{session_id}/handoffs", { params, signal }))).items;
    },
    refetchInterval: ({ state }) => (isOnItsWay(state.data?.[0]) ? PENDING_LOOK_MS : false),
  });
}

const isOnItsWay = (newest: Handoff | undefined) =>
  newest?.assessment_status === "pending" || newest?.ticket_notes.status === "pending";

/** The handoff whose context helps whoever works on the session now: the newest that was not taken back. */
export function currentHandoff(handoffs: Handoff[] | undefined): Handoff | undefined {
  return handoffs?.find((handoff) => handoff.status !== "withdrawn");
}
