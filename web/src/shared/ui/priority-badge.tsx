import type { Priority } from "@/shared/api/types";

import { BarsIcon } from "./bars-icon";
import { Mark, type Tone } from "./mark";

const LOOKS: Record<Priority, { word: string; tone: Tone; bars: number }> = {
  urgent: { word: "Urgent", tone: "red", bars: 4 },
  high: { word: "High", tone: "amber", bars: 3 },
  normal: { word: "Normal", tone: "ink", bars: 2 },
  low: { word: "Low", tone: "quiet", bars: 1 },
};

/** The priority as bars, a word and a color. */
export function PriorityBadge({ priority, badge = false }: { priority: Priority; badge?: boolean }) {
  const { word, tone, bars } = LOOKS[priority];
  return (
    <Mark tone={tone} badge={badge} icon={<BarsIcon of={4} filled={bars} />} title={`Priority: ${word.toLowerCase()}`}>
      {word}
    </Mark>
  );
}
