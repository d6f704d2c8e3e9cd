import { BarsIcon } from "./bars-icon";
import { confidencePercent, confidenceWord, type ConfidenceWord } from "./confidence";
import { Mark, type Tone } from "./mark";

const LABELS: Record<ConfidenceWord, { label: string; tone: Tone; bars: number }> = {
  low: { label: "Low confidence", tone: "quiet", bars: 1 },
  medium: { label: "Medium confidence", tone: "amber", bars: 2 },
  high: { label: "High confidence", tone: "green", bars: 3 },
};

/** The model's confidence, from a score between 0 and 1 or a word. */
export function ConfidenceBadge({ value }: { value: number | ConfidenceWord }) {
  const { label, tone, bars } = LABELS[confidenceWord(value)];
  const percent = confidencePercent(value);
  return (
    <Mark tone={tone} badge icon={<BarsIcon of={3} filled={bars} />}>
      {percent === null ? label : `${label} · ${percent}%`}
    </Mark>
  );
}
