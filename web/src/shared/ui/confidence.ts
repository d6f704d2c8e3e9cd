export type ConfidenceWord = "low" | "medium" | "high";

/** A number from 0 to 1 in a word: low below 0.4, high from 0.75, as the API draws the line. */
export function confidenceWord(value: number | ConfidenceWord): ConfidenceWord {
  if (typeof value === "string") return value;
  if (Number.isNaN(value)) return "low";
  return value < 0.4 ? "low" : value >= 0.75 ? "high" : "medium";
}

/** The number as a whole percentage within 0..100; null for a word or for something that is no number. */
export function confidencePercent(value: number | ConfidenceWord): number | null {
  if (typeof value === "string" || !Number.isFinite(value)) return null;
  return Math.round(Math.min(1, Math.max(0, value)) * 100);
}
