import { IconAlarm } from "@tabler/icons-react";

import { ageOf, exactTime, untilOf } from "./age-text";
import { useNow } from "./clock";
import { Mark, type Tone } from "./mark";

const WARN_BEFORE_MS = 30 * 60_000;

/** When the ticket's own service level wants it solved, as the ticket system says; the clock of the account is another. */
export function SlaMark({ at }: { at: string | null }) {
  const now = useNow();
  if (at === null) return null;
  const ahead = Date.parse(at) - now;
  const tone: Tone = ahead > WARN_BEFORE_MS ? "quiet" : ahead > 0 ? "amber" : "red";
  return (
    <Mark tone={tone} icon={<IconAlarm size={14} aria-hidden="true" />} title={`The ticket system's own deadline: ${exactTime(at)}`}>
      {ahead > 0 ? `Ticket SLA ${untilOf(at, now)}` : `Ticket SLA passed ${passed(at, now)}`}
    </Mark>
  );
}

function passed(at: string, now: number): string {
  const age = ageOf(at, now);
  return age === "now" ? "just now" : `${age} ago`;
}
