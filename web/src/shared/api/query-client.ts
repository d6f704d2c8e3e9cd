import { QueryClient } from "@tanstack/react-query";

import { Problem } from "./problem";

const MAX_RETRIES = 2;
const MAX_PATIENCE_MS = 20_000;

/** Reads are repeated while the trouble may pass; writes only where the action itself says a repeat is safe. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: { retry: mayRetry, retryDelay, staleTime: 5_000, refetchOnWindowFocus: true },
      mutations: { retry: false },
    },
  });
}

export function mayRetry(failures: number, error: Error): boolean {
  if (!(error instanceof Problem) || !error.isPassing) return false;
  return failures < MAX_RETRIES && (error.retryAfterMs ?? 0) <= MAX_PATIENCE_MS;
}

/** As long as the answer asks for, else 0.5 s, 1 s …, each with up to a third on top so that pages do not march in step. */
export function retryDelay(failures: number, error: Error): number {
  const asked = error instanceof Problem ? error.retryAfterMs : null;
  return asked ?? 500 * 2 ** failures * (1 + Math.random() / 3);
}
