import { useInfiniteQuery, useQuery } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { type Api, answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";
import type { Turn } from "@/shared/api/types";

const READER_POLL_MS = 10_000;
const TURNS_PAGE = 100;

/** Loads my sessions, newest first, page by page. */
export function useSessions() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.sessions,
    queryFn: ({ pageParam, signal }) =>
      answerOf(api.GET("/sessions", { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
  });
}

/** Loads the account's ticket systems: one page of a hundred is assumed to be all. */
export function useTicketSystems(enabled: boolean) {
  const api = useApi();
  return useQuery({
    queryKey: keys.ticketSystems,
    queryFn: ({ signal }) => answerOf(api.GET("/ticket-systems", { params: { query: { limit: 100 } }, signal })),
    select: (page) => page.items,
    enabled,
  });
}

export function useSession(sessionId: string, enabled: boolean) {
  const api = useApi();
  return useQuery({ ...sessionQuery(api, sessionId), enabled });
}

/** Loads the turns in order. No events report turns of another holder, so readers poll every ten seconds. */
export function useTurns(sessionId: string, { enabled, readAlong }: { enabled: boolean; readAlong: boolean }) {
  const api = useApi();
  return useQuery({ ...turnsQuery(api, sessionId), enabled, refetchInterval: readAlong ? READER_POLL_MS : false });
}

export const sessionQuery = (api: Api, sessionId: string) => ({
  queryKey: keys.session(sessionId),
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    answerOf(api.GET("/sessions/{session_id}", { params: { path: { session_id: sessionId } }, signal })),
});

export const turnsQuery = (api: Api, sessionId: string) => ({
  queryKey: keys.turns(sessionId),
  queryFn: ({ signal }: { signal: AbortSignal }) => allTurns(api, sessionId, signal),
});

async function allTurns(api: Api, sessionId: string, signal: AbortSignal): Promise<Turn[]> {
  const turns: Turn[] = [];
  let cursor: string | null = null;
  do {
    const query: { limit: number; cursor?: string } = { limit: TURNS_PAGE, ...(cursor === null ? {} : { cursor }) };
    const params = { path: { session_id: sessionId }, query };
    const page = await answerOf(api.GET("/sessions/{session_id}/turns", { params, signal }));
    turns.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return turns;
}
