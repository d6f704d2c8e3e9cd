import { IconCheck, IconMinus, IconQuestionMark, IconX } from "@tabler/icons-react";

import type { Outcome } from "@/shared/api/types";

import { Mark, type Tone } from "./mark";

export const OUTCOMES: Record<Outcome, { word: string; tone: Tone; Icon: typeof IconCheck }> = {
  worked: { word: "Worked", tone: "green", Icon: IconCheck },
  failed: { word: "Failed", tone: "red", Icon: IconX },
  inconclusive: { word: "Inconclusive", tone: "amber", Icon: IconQuestionMark },
  not_run: { word: "Not run", tone: "quiet", Icon: IconMinus },
};

/** The outcome of a step. */
export function OutcomeMark({ outcome }: { outcome: Outcome }) {
  const { word, tone, Icon } = OUTCOMES[outcome];
  return (
    <Mark tone={tone} icon={<Icon size={14} stroke={2.5} aria-hidden="true" />}>
      {word}
    </Mark>
  );
}
