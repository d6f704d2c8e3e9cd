import { IconBellRinging, IconClock, IconPhoneOff } from "@tabler/icons-react";

import type { QueueItem } from "@/shared/api/types";
import { exactTime, untilOf } from "@/shared/ui/age-text";
import { useNow } from "@/shared/ui/clock";
import { Mark } from "@/shared/ui/mark";

type Due = NonNullable<QueueItem["due"]>;

const WORDS: Partial<Record<Due["what"], string>> = {
  step: "Next step",
  direction: "Opens to all",
};

/** What the clock says of a waiting escalation: whether a step has passed without anybody coming, and what comes next. */
export function QueueClock({ level, is_early: isEarly, due }: Pick<QueueItem, "level" | "is_early" | "due">) {
  const now = useNow();
  const words = due && WORDS[due.what];
  return (
    <>
      {isEarly && (
        <Mark tone="quiet" icon={<IconPhoneOff size={14} aria-hidden="true" />} title="Nobody was there for the steps before">
          Nobody on call
        </Mark>
      )}
      {!isEarly && level !== null && level > 0 && (
        <Mark tone="amber" icon={<IconBellRinging size={14} aria-hidden="true" />} title="Nobody came at the steps before">
          Overdue, step {level + 1}
        </Mark>
      )}
      {words && (
        <Mark tone="quiet" icon={<IconClock size={14} aria-hidden="true" />} title={exactTime(due.at)}>
          {words} {untilOf(due.at, now)}
        </Mark>
      )}
    </>
  );
}
