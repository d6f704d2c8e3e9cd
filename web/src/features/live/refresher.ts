import type { QueryClient } from "@tanstack/react-query";

import { keys } from "@/shared/api/keys";
import type { HandoffEvent } from "@/shared/api/types";

const GATHER_MS = 30;

/**
 * An event is a hint that some state is old; the API is then asked what is true. Events that come together, as after a
 * pause, ask once.
 */
export class Refresher {
  private readonly stale = new Map<string, readonly string[]>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly queries: QueryClient) {}

  eventCame(event: HandoffEvent): void {
    for (const key of staleAfter(event)) this.stale.set(key.join(" "), key);
    this.timer ??= setTimeout(() => this.refresh(), GATHER_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private refresh(): void {
    this.timer = undefined;
    const stale = [...this.stale.values()];
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
