import { useQuery } from "@tanstack/react-query";

import { useApi } from "./api-context";
import { answerOf } from "./client";
import { keys } from "./keys";
import type { Engineer } from "./types";

export const DIRECTORY_FRESH_MS = 60_000;

const ALL = (engineers: Engineer[]) => engineers;

/** Loads the account's people by name, or those that `select` picks. */
export function useEngineers(select: (engineers: Engineer[]) => Engineer[] = ALL, enabled = true) {
  const api = useApi();
  return useQuery({
    queryKey: keys.engineers,
    staleTime: DIRECTORY_FRESH_MS,
    queryFn: async ({ signal }) => {
      const found: Engineer[] = [];
      let cursor: string | undefined;
      do {
        const params = { query: { limit: 100, ...(cursor ? { cursor } : {}) } };
        const page = await answerOf(api.GET("/engineers", { params, signal }));
        found.push(...page.items);
        cursor = page.next_cursor ?? undefined;
      } while (cursor);
      return found.sort((one, other) => one.name.localeCompare(other.name));
    },
    select,
    enabled,
  });
}
