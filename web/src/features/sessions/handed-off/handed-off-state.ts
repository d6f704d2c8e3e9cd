import type { SessionItem } from "@/shared/api/types";
import { plainText } from "@/shared/ui/plain-text";

/** Whether the session waits, or is worked on by somebody else. */
export function isInOtherHands(item: SessionItem, meId: string): boolean {
  return item.status !== "resolved" && holderOf(item)?.id !== meId;
}

/** Who holds an active session. */
function holderOf({ status, escalated_to, owner }: SessionItem) {
  return status === "active" ? (escalated_to ?? owner) : null;
}

/** The state of a session in words: where it waits, or who has it. */
export function stateOf(item: SessionItem, meId: string): string {
  if (item.status === "resolved") return item.escalated_to ? `Resolved by ${plainText(item.escalated_to.name)}` : "Resolved";
  if (item.status === "escalated") return "Waiting for a senior";
  if (item.status === "parked") return "Parked";
  const holder = holderOf(item);
  return holder?.id === meId ? "With you" : `With ${plainText(holder?.name ?? "")}`;
}

/** Who has looked at an escalation that waits; null where that does not matter any more. */
export function openingsOf({ status, opened_by }: SessionItem): string | null {
  if (status !== "escalated") return null;
  if (opened_by.length === 0) return "Nobody has opened it yet";
  const names = opened_by.map(({ name }) => plainText(name));
  return `Opened by ${names.length > 2 ? `${names.slice(0, 2).join(", ")} and ${names.length - 2} more` : names.join(" and ")}`;
}
