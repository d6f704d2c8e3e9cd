import { isAtLeast } from "@/shared/api/me";
import type { Handoff, Me, Session } from "@/shared/api/types";

const REOPENABLE_MS = 30 * 24 * 60 * 60 * 1000;

/** Tells whether the reader may reopen a session: its owner, its last holder or a senior, for 30 days. The API decides. */
export function mayReopen(session: Session, me: Me, now: number): boolean {
  if (session.status !== "resolved" || session.resolved_at === null) return false;
  if (now - Date.parse(session.resolved_at) > REOPENABLE_MS) return false;
  const isTheirs = [session.owner.id, session.holder?.id].includes(me.id);
  return isAtLeast(me, "senior") || (isTheirs && isAtLeast(me, "engineer"));
}

/**
 * Tells whether a senior who may not read a session may reopen it, by its newest handoff: one that was resolved, since a
 * session that was ended otherwise says so to its own people alone.
 */
export function mayReopenAfter(handoff: Handoff, me: Me, now: number): boolean {
  const isOver = handoff.status === "resolved" && handoff.reopened_at === null;
  return isOver && isAtLeast(me, "senior") && now - Date.parse(handoff.updated_at) <= REOPENABLE_MS;
}
