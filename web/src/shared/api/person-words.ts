import { useNow } from "@/shared/ui/clock";
import { personWords } from "@/shared/ui/presence";

import { useOnCall } from "./duties";
import type { Engineer } from "./types";

/** Returns how a person is named where people are chosen: with whether they are on call, busy or away now. */
export function usePersonWords(): (person: Engineer) => string {
  const now = useNow();
  const onCall = useOnCall();
  return (person) => personWords(person, onCall, now);
}
