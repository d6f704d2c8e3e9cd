import { useQuery } from "@tanstack/react-query";

import { useApi } from "@/shared/api/api-context";
import { answerOf } from "@/shared/api/client";
import { keys } from "@/shared/api/keys";

/** Loads the readiness forecast of the next seven days. */
export function useReadiness() {
  const api = useApi();
  return useQuery({
    queryKey: keys.readiness,
    queryFn: ({ signal }) => answerOf(api.GET("/readiness", { signal })),
  });
}
