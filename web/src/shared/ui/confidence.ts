export type ConfidenceWord = "low" | "medium" | "high";

/** Classifies a score from 0 to 1: low below 0.4, high from 0.75. The API uses the same thresholds. */
export function confidenceWord(value: number | ConfidenceWord): ConfidenceWord {
  if (typeof value === "string") return value;
  if (Number.isNaN(value)) return "low";
  return value < 0.4 ? "low" : value >= 0.75 ? "high" : "medium";
}

/** Returns the score as a whole percentage from 0 to 100; null for a word or NaN. */
export function confidencePercent(value: number | ConfidenceWord): number | null {
  if (typeof value === "string" || !Number.isFinite(value)) return null;
  return Math.round(Math.min(1, Math.max(0, value)) * 100);
}
