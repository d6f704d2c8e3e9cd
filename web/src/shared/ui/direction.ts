import type { Handoff, Person } from "@/shared/api/types";

type Directable = Pick<Handoff, "to" | "directed_until">;

/** A person who alone may claim a handoff, and until when. */
export interface Direction {
  to: Person;
  until: string;
}

/** Returns to whom a handoff is directed at a time; null when it is open to all. */
export function directionOf({ to, directed_until: until }: Directable, nowMs: number): Direction | null {
  return to && until && nowMs < Date.parse(until) ? { to, until } : null;
}
