import type { Priority } from "@/shared/api/types";

import { BarsIcon } from "./bars-icon";
import { Mark, type Tone } from "./mark";

const LABELS: Record<Priority, { label: string; tone: Tone; bars: number }> = {
  urgent: { label: "Urgent", tone: "red", bars: 4 },
  high: { label: "High", tone: "amber", bars: 3 },
  normal: { label: "Normal", tone: "ink", bars: 2 },
  low: { label: "Low", tone: "quiet", bars: 1 },
};

/** The priority as bars, a word and a color. */
export function PriorityBadge({ priority, badge = false }: { priority: Priority; badge?: boolean }) {
  const { label, tone, bars } = LABELS[priority];
  return (
    <Mark tone={tone} badge={badge} icon={<BarsIcon of={4} filled={bars} />} title={`Priority: ${label.toLowerCase()}`}>
      {label}
    </Mark>
  );
}
