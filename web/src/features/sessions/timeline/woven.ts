import type { HandoffEvent, Person, Turn } from "@/shared/api/types";

/** A turn, or a change of hands. */
export type Entry = { turn: Turn } | { change: HandoffEvent; words: string };

type Words = Partial<Record<HandoffEvent["type"], string>>;

const CHANGES: Words = {
  handoff_created: "escalated",
  handoff_claimed: "picked up",
  handoff_claim_undone: "undid the pickup",
  handoff_released: "returned to the queue",
  handoff_returned: "returned to the queue",
  handoff_declined: "declined",
  handoff_withdrawn: "took back",
  handoff_passed_on: "passed on",
  handoff_resolved: "resolved",
};

const PARKED: Words = { handoff_created: "parked", handoff_claimed: "resumed", handoff_released: "put back" };

/** Changes that come as two events, and the type of the one that says more. */
const SAID_BY: Words = { handoff_created: "handoff_passed_on", handoff_released: "handoff_directed" };

/** Returns the turns with the changes of hands between them, by time; a change comes before what was written with it. */
export function woven(turns: Turn[], history: HandoffEvent[]): Entry[] {
  const happened = new Set(history.map(({ type, occurred_at: at }) => `${type} ${at}`));
  const left = history.flatMap((change) => {
    if (happened.has(`${SAID_BY[change.type] ?? ""} ${change.occurred_at}`)) return [];
    const words = wordsOf(change);
    return words === undefined ? [] : [{ change, words }];
  });
  const entries: Entry[] = [];
  for (const turn of turns) {
    const first = left.findIndex(({ change }) => !isBefore(change, turn));
    entries.push(...left.splice(0, first === -1 ? left.length : first), { turn });
  }
  return [...entries, ...left];
}

function wordsOf({ type, data }: HandoffEvent): string | undefined {
  if (type === "handoff_directed") return `directed to ${(data.to as Person | undefined)?.name ?? "one person"}`;
  if (type === "handoff_opened") return data.because === "time" ? "opened to all seniors" : undefined; // Else it was declined.
  return (data.intent === "park" ? PARKED[type] : undefined) ?? CHANGES[type];
}

/** A note at a change of hands has its very time, and comes after it; other turns of that time came before. */
const isBefore = (change: HandoffEvent, turn: Turn): boolean =>
  change.occurred_at < turn.created_at ||
  (change.occurred_at === turn.created_at && turn.kind === "note" && turn.about !== null);
