import type { QueryClient } from "@tanstack/react-query";

import { keys } from "@/shared/api/keys";
import type { HandoffEvent } from "@/shared/api/types";

const GATHER_MS = 30;

const NAMED_BY_EVENTS = [...keys.ofEverySession, keys.escalations, keys.notifications, keys.sessions];

/**
 * An event is a hint that some state is old; the API is then asked what is true. Events that come together, as after a
 * pause, ask once.
 */
export class Refresher {
  private readonly stale = new Map<string, readonly string[]>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly queries: QueryClient) {}

  eventCame(event: HandoffEvent): void {
    this.refreshSoon(staleAfter(event));
  }

  /** After a time without news, also what no event has named is asked for. */
  pageReturned(): void {
    this.refreshSoon(NAMED_BY_EVENTS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private refreshSoon(keys: readonly (readonly string[])[]): void {
    for (const key of keys) this.stale.set(key.join(" "), key);
    this.timer ??= setTimeout(() => this.refresh(), GATHER_MS);
  }

  private refresh(): void {
    this.timer = undefined;
    const isWithinAnother = ([first = "", ...rest]: readonly string[]) => rest.length > 0 && this.stale.has(first);
    const stale = [...this.stale.values()].filter((key) => !isWithinAnother(key));
    this.stale.clear();
    for (const queryKey of stale) void this.queries.invalidateQueries({ queryKey });
  }
}

function staleAfter({ session_id, type }: HandoffEvent): readonly (readonly string[])[] {
  const handoff = [keys.handoffs(session_id)];
  if (type.startsWith("psa_note_")) return handoff;
  const seen = [...handoff, keys.escalations, keys.notifications];
  if (type === "handoff_assessment_ready" || type === "handoff_assessment_unavailable") return seen;
  return [...seen, keys.session(session_id), keys.turns(session_id), keys.sessions];
}
