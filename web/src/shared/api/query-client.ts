import { QueryClient } from "@tanstack/react-query";

import { Problem } from "./problem";

const MAX_RETRIES = 2;
const MAX_PATIENCE_MS = 20_000;

/** Queries are retried after transient errors; mutations only where the mutation says that a retry is safe. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // On return to the page all that is shown is read in one request, by `refreshOnReturn`.
      queries: { retry: mayRetry, retryDelay, staleTime: 5_000, refetchOnWindowFocus: false, refetchOnReconnect: false },
      // Offline, a claim must not wait and happen later: only what says so waits for the network.
      mutations: { retry: false, networkMode: "always" },
    },
  });
}

export function mayRetry(failures: number, error: Error): boolean {
  if (!(error instanceof Problem) || !error.isPassing) return false;
  return failures < MAX_RETRIES && (error.retryAfterMs ?? 0) <= MAX_PATIENCE_MS;
}

/** Waits for `Retry-After` if given, else 0.5 s, 1 s, …, plus up to a third of jitter. */
export function retryDelay(failures: number, error: Error): number {
  const asked = error instanceof Problem ? error.retryAfterMs : null;
  return asked ?? 500 * 2 ** failures * (1 + Math.random() / 3);
}
