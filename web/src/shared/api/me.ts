import { useSuspenseQuery } from "@tanstack/react-query";

import { useApi } from "./api-context";
import { answerOf } from "./client";
import { keys } from "./keys";
import type { Me, Role } from "./types";

const ORDER: Role[] = ["viewer", "engineer", "senior", "admin"];

/** The signed-in engineer. Suspends until known, so everything below the shell can rely on it. */
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
