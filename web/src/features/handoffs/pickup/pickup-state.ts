import { directionOf } from "@/shared/ui/direction";
import { isAtLeast, isSenior } from "@/shared/api/me";
import type { Handoff, Me, Person } from "@/shared/api/types";

/** What the reader can do with the session's newest handoff. */
export type Pickup =
  | { kind: "nothing" }
  | { kind: "offer"; handoff: Handoff }
  | { kind: "directed"; handoff: Handoff; to: Person; until: string }
  | { kind: "own"; handoff: Handoff }
  | { kind: "role"; handoff: Handoff }
  | { kind: "mine"; handoff: Handoff }
  | { kind: "taken"; handoff: Handoff; by: Person; at: string }
  | { kind: "closed"; handoff: Handoff };

/** Derives the state from the session's handoffs, newest first. The API decides when the claim is made. */
export function pickupStateOf(handoffs: Handoff[], me: Me, nowMs: number): Pickup {
  const handoff = handoffs[0];
  if (handoff === undefined) return { kind: "nothing" };
  if (handoff.status === "claimed" && handoff.claimed_by && handoff.claimed_at) {
    if (handoff.claimed_by.id === me.id) return { kind: "mine", handoff };
    return { kind: "taken", handoff, by: handoff.claimed_by, at: handoff.claimed_at };
  }
  if (handoff.status !== "unclaimed") return { kind: "closed", handoff };
  if (handoff.intent === "park") return { kind: isAtLeast(me, "engineer") ? "offer" : "role", handoff };
  if (handoff.from.id === me.id) return { kind: "own", handoff };
  const direction = directionOf(handoff, nowMs);
  if (direction && direction.to.id !== me.id) return { kind: "directed", handoff, ...direction };
  return { kind: isSenior(me) ? "offer" : "role", handoff };
}
