import { BarsIcon } from "./bars-icon";
import { confidencePercent, confidenceWord, type ConfidenceWord } from "./confidence";
import { Mark, type Tone } from "./mark";

const LOOKS: Record<ConfidenceWord, { word: string; tone: Tone; bars: number }> = {
  low: { word: "Low confidence", tone: "quiet", bars: 1 },
  medium: { word: "Medium confidence", tone: "amber", bars: 2 },
  high: { word: "High confidence", tone: "green", bars: 3 },
};

/** The model's confidence, from a score between 0 and 1 or a word. */
export function ConfidenceBadge({ value }: { value: number | ConfidenceWord }) {
  const { word, tone, bars } = LOOKS[confidenceWord(value)];
  const percent = confidencePercent(value);
  return (
    <Mark tone={tone} badge icon={<BarsIcon of={3} filled={bars} />}>
      {percent === null ? word : `${word} · ${percent}%`}
    </Mark>
  );
}
