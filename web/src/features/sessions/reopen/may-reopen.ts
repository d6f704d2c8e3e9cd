import { isAtLeast } from "@/shared/api/me";
import type { Me, Session } from "@/shared/api/types";

const REOPENABLE_MS = 30 * 24 * 60 * 60 * 1000;

/** Tells whether the reader may reopen a session: its owner, its last holder or a senior, for 30 days. The API decides. */
export function mayReopen(session: Session, me: Me, now: number): boolean {
  if (session.status !== "resolved" || session.resolved_at === null) return false;
  if (now - Date.parse(session.resolved_at) > REOPENABLE_MS) return false;
  const isTheirs = [session.owner.id, session.holder?.id].includes(me.id);
  return isAtLeast(me, "senior") || (isTheirs && isAtLeast(me, "engineer"));
}
