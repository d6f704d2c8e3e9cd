import { useSuspenseQuery } from "@tanstack/react-query";

import { useApi } from "./api-context";
import { keys } from "./keys";
import { loadStart } from "./start";
import type { Me, Role } from "./types";

const ORDER: Role[] = ["viewer", "engineer", "senior", "admin"];

/** Returns the signed-in engineer. Suspends until the profile is loaded, and with it the first screen. */
export function useMe(): Me {
  const api = useApi();
  const me = useSuspenseQuery({
    queryKey: keys.me,
    queryFn: ({ client, signal }) => loadStart(api, client, signal),
    staleTime: Infinity,
  });
  return me.data;
}

export const isAtLeast = (me: Me, role: Role): boolean => ORDER.indexOf(me.role) >= ORDER.indexOf(role);

/** Whether the person may claim escalations. */
export const isSenior = (me: Me): boolean => isAtLeast(me, "senior");
