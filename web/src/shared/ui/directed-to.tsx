import { timeOfDay } from "@/shared/ui/age-text";
import { useNow } from "@/shared/ui/clock";
import { UserText } from "@/shared/ui/user-text";

import type { Direction } from "./direction";

/** Says to whom a handoff is directed, and until when. */
export function DirectedTo({ to, until }: Direction) {
  return (
    <>
      Directed to <UserText>{to.name}</UserText> until {timeOfDay(until, useNow())}
    </>
  );
}
