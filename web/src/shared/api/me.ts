import { queryOptions, useSuspenseQuery } from "@tanstack/react-query";

import { useApi } from "./api-context";
import type { Api } from "./client";
import { keys } from "./keys";
import { loadStart } from "./start";
import type { Me, Role } from "./types";

const ORDER: Role[] = ["viewer", "engineer", "senior", "admin"];

/** Returns the signed-in engineer. Suspends until the profile is loaded, and with it the first screen. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery(useApi())).data;
}

/** The query of the signed-in engineer's profile, and with it of the first screen. */
export const meQuery = (api: Api) =>
  queryOptions({
    queryKey: keys.me,
    queryFn: ({ client, signal }) => loadStart(api, client, signal),
    staleTime: Infinity,
  });

export const isAtLeast = (me: Me, role: Role): boolean => ORDER.indexOf(me.role) >= ORDER.indexOf(role);

/** Whether the person may claim escalations. */
export const isSenior = (me: Me): boolean => isAtLeast(me, "senior");
