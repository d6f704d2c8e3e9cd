import type { Message, Turn } from "@/shared/api/types";
import { useNow } from "@/shared/ui/clock";

/** Longer than the API waits for the assistant. */
const ANSWER_MS = 35_000;

/**
 * Returns the last turn when it is a message of a person that the assistant will not answer any more: the API has said so,
 * or the time for an answer is over, as after a reload.
 */
export function useUnanswered(turns: Turn[], isUnavailable: boolean): Message | null {
  const now = useNow();
  const last = turns.at(-1);
  if (last?.kind !== "message" || last.author.kind !== "engineer") return null;
  return isUnavailable || now - Date.parse(last.created_at) > ANSWER_MS ? last : null;
}
