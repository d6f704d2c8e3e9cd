import type { InfiniteData, QueryClient } from "@tanstack/react-query";

import { type Api, answerOf } from "./client";
import { keys } from "./keys";
import { Problem } from "./problem";
import type { Me, Start } from "./types";

/** What the live channel begins with. */
export type LiveStart = Pick<Start, "feed" | "live">;

/**
 * Loads the first screen in one request and puts its parts where their own queries look for them. A part that failed is
 * left out: its query asks again. Throws the problem of the profile, and for somebody without a role that of all else.
 */
export async function loadStart(api: Api, queries: QueryClient, signal: AbortSignal): Promise<Me> {
  const start = await answerOf(api.GET("/start", { signal }));
  const { me, problems } = start;
  if (!hasRole(me)) throw problemIn(problems.me ?? Object.values(problems)[0]);
  queries.setQueryData<LiveStart>(keys.start, { feed: start.feed, live: start.live });
  putFirstPage(queries, keys.escalations, start.escalations);
  putFirstPage(queries, keys.handedOff, start.handed_off);
  putFirstPage(queries, keys.sessions, start.sessions);
  putFirstPage(queries, keys.notifications, start.notifications);
  return me;
}

const hasRole = (me: Start["me"]): me is Me => typeof (me as Partial<Me> | null)?.role === "string";

function putFirstPage(queries: QueryClient, key: readonly string[], page: unknown): void {
  if (page === null) return;
  queries.setQueryData<InfiniteData<unknown, string>>(key, (known) => known ?? { pages: [page], pageParams: [""] });
}

function problemIn(body: Start["problems"][string] | undefined): Problem {
  const { code = "unexpected", status = 500, detail = "Your profile could not be read.", ...fields } = body ?? {};
  return new Problem({ code, status, detail, fields });
}
