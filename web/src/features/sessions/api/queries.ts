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

/** Loads the sessions that I handed off, the last hand off first, page by page. */
export function useHandedOff() {
  const api = useApi();
  return useInfiniteQuery({
    queryKey: keys.handedOff,
    queryFn: ({ pageParam, signal }) => {
      const query = { mine: "handed_off" as const, ...(pageParam && { cursor: pageParam }) };
      return answerOf(api.GET("/sessions", { params: { query }, signal }));
    },
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

/** Reads the ticket as its ticket system has it now. A ticket that is not there is asked for once. */
export function useTicket(integrationId: string, ticketId: string, enabled: boolean) {
  const api = useApi();
  return useQuery({
    queryKey: keys.ticket(integrationId, ticketId),
    queryFn: ({ signal }) => answerOf(api.GET("/tickets/{integration_id}/{ticket_id}", { params: ticketPath(integrationId, ticketId), signal })),
    enabled,
    retry: false,
  });
}

/** The live sessions of a ticket, also those of colleagues. */
export function useTicketSessions(integrationId: string, ticketId: string, enabled = true) {
  const api = useApi();
  return useQuery({
    queryKey: [...keys.ticket(integrationId, ticketId), "sessions"],
    queryFn: ({ signal }) =>
      answerOf(api.GET("/tickets/{integration_id}/{ticket_id}/sessions", { params: ticketPath(integrationId, ticketId), signal })),
    select: (page) => page.items,
    enabled,
    retry: false,
  });
}

const ticketPath = (integrationId: string, ticketId: string) => ({ path: { integration_id: integrationId, ticket_id: ticketId } });

export function useSession(sessionId: string, enabled: boolean) {
  const api = useApi();
  return useQuery({ ...sessionQuery(api, sessionId), enabled });
}

/** Loads the turns in order. No events report turns of another holder, so readers poll every ten seconds. */
export function useTurns(sessionId: string, { enabled, readAlong }: { enabled: boolean; readAlong: boolean }) {
  const api = useApi();
  return useQuery({ ...turnsQuery(api, sessionId), enabled, refetchInterval: readAlong ? READER_POLL_MS : false });
}

/** Loads every event of the session's handoffs, oldest first. A session that was never handed off has none to load. */
export function useHistory(sessionId: string, enabled: boolean) {
  const api = useApi();
  return useQuery({
    queryKey: keys.history(sessionId),
    queryFn: async ({ signal }) => {
      const params = { path: { session_id: sessionId } };
      return (await answerOf(api.GET("/sessions/{session_id}/history", { params, signal }))).items;
    },
    enabled,
  });
}

const sessionQuery = (api: Api, sessionId: string) => ({
  queryKey: keys.session(sessionId),
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    answerOf(api.GET("/sessions/{session_id}", { params: { path: { session_id: sessionId } }, signal })),
});

const turnsQuery = (api: Api, sessionId: string) => ({
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
