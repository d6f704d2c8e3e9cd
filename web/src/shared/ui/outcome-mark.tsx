import { IconCheck, IconMinus, IconQuestionMark, IconX } from "@tabler/icons-react";

import type { StepOutcome } from "@/shared/api/types";

import { Mark, type Tone } from "./mark";

export const OUTCOMES: Record<StepOutcome, { label: string; tone: Tone; Icon: typeof IconCheck }> = {
  worked: { label: "Worked", tone: "green", Icon: IconCheck },
  failed: { label: "Failed", tone: "red", Icon: IconX },
  inconclusive: { label: "Inconclusive", tone: "amber", Icon: IconQuestionMark },
  not_run: { label: "Not run", tone: "quiet", Icon: IconMinus },
};

/** The outcome of a step. */
export function OutcomeMark({ outcome }: { outcome: StepOutcome }) {
  const { label, tone, Icon } = OUTCOMES[outcome];
  return (
    <Mark tone={tone} icon={<Icon size={14} stroke={2.5} aria-hidden="true" />}>
      {label}
    </Mark>
  );
}
