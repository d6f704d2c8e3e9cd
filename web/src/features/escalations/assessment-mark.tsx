import { IconCircleDashed, IconCircleOff, IconSparkles } from "@tabler/icons-react";

import type { QueueItem } from "@/shared/api/types";

import classes from "./assessment-mark.module.css";

const LOOKS = {
  pending: { word: "Assessment on its way", Icon: IconCircleDashed },
  ready: { word: "Assessment ready", Icon: IconSparkles },
  unavailable: { word: "No assessment", Icon: IconCircleOff },
};

/** The status of an escalation's assessment. */
export function AssessmentMark({ status }: { status: QueueItem["assessment_status"] }) {
  const { word, Icon } = LOOKS[status];
  return (
    <span className={classes.mark} data-status={status}>
      <Icon size={14} aria-hidden="true" />
      {word}
    </span>
  );
}
