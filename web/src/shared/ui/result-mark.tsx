import { IconCheck, IconCircleDashed, IconEqual, IconQuestionMark, IconTarget, IconTrendingDown } from "@tabler/icons-react";

import type { StepResult } from "@/shared/api/types";

import { Mark, type Tone } from "./mark";

/** The results of a step, in the order in which they are offered. */
export const RESULTS: Record<StepResult, { label: string; tone: Tone; Icon: typeof IconCheck }> = {
  fixed: { label: "Fixed it", tone: "green", Icon: IconCheck },
  narrowed: { label: "Narrowed it down", tone: "accent", Icon: IconTarget },
  no_effect: { label: "No effect", tone: "ink", Icon: IconEqual },
  worse: { label: "Made it worse", tone: "red", Icon: IconTrendingDown },
  unclear: { label: "Unclear", tone: "amber", Icon: IconQuestionMark },
  not_done: { label: "Not done", tone: "quiet", Icon: IconCircleDashed },
};

/** The result of a step. */
export function ResultMark({ result }: { result: StepResult }) {
  const { label, tone, Icon } = RESULTS[result];
  return (
    <Mark tone={tone} icon={<Icon size={14} stroke={2.5} aria-hidden="true" />}>
      {label}
    </Mark>
  );
}
