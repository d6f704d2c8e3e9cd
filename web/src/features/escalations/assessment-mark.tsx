import { IconCircleDashed, IconCircleOff, IconSparkles } from "@tabler/icons-react";

import type { QueueItem } from "@/shared/api/types";
import { aiOff } from "@/shared/ui/ai-off";

import classes from "./assessment-mark.module.css";

const LABELS = {
  pending: { label: "Assessment on its way", Icon: IconCircleDashed },
  ready: { label: "Assessment ready", Icon: IconSparkles },
  unavailable: { label: "No assessment", Icon: IconCircleOff },
};

/** The status of an escalation's assessment. */
export function AssessmentMark({ item }: { item: QueueItem }) {
  const status = item.assessment_status;
  const { label, Icon } = LABELS[status];
  return (
    <span className={classes.mark} data-status={status}>
      <Icon size={14} aria-hidden="true" />
      {item.assessment_error === "off" ? aiOff(item.client) : label}
    </span>
  );
}
