import { useSuspenseQuery } from "@tanstack/react-query";

import { useApi } from "./api-context";
import { answerOf } from "./client";
import { keys } from "./keys";
import type { Me, Role } from "./types";

const ORDER: Role[] = ["viewer", "engineer", "senior", "admin"];

/** Returns the signed-in engineer. Suspends until the profile is loaded. */
export function useMe(): Me {
  const api = useApi();
  const me = useSuspenseQuery({
    queryKey: keys.me,
    queryFn: ({ signal }) => answerOf(api.GET("/me", { signal })),
    staleTime: Infinity,
  });
  return me.data;
}

export const isAtLeast = (me: Me, role: Role): boolean => ORDER.indexOf(me.role) >= ORDER.indexOf(role);

/** Whether the person may claim escalations. */
export const isSenior = (me: Me): boolean => isAtLeast(me, "senior");
