import type { QueryClient } from "@tanstack/react-query";

import type { HandoffEvent } from "@/shared/api/types";
import { KEYS_OF_ALL_EVENTS, staleKeysOf, type StateKey } from "@/shared/stale-keys";

const BATCH_MS = 30;

/** Refreshes the state that events make stale. Events that arrive together, as after a lost socket, refresh it once. */
export class Refresher {
  private readonly stale = new Map<string, StateKey>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly queries: QueryClient) {}

  refreshAfter(event: HandoffEvent): void {
    this.refreshSoon(staleKeysOf(event));
  }

  /** Refreshes all state that events name, since some of them may not have arrived. */
  refreshAll(): void {
    this.refreshSoon(KEYS_OF_ALL_EVENTS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private refreshSoon(stale: readonly StateKey[]): void {
    for (const key of stale) this.stale.set(key.join(" "), key);
    this.timer ??= setTimeout(() => this.refresh(), BATCH_MS);
  }

  private refresh(): void {
    this.timer = undefined;
    const isWithinAnother = ([first = "", ...rest]: StateKey) => rest.length > 0 && this.stale.has(first);
    const stale = [...this.stale.values()].filter((key) => !isWithinAnother(key));
    this.stale.clear();
    for (const queryKey of stale) void this.queries.invalidateQueries({ queryKey });
  }
}
