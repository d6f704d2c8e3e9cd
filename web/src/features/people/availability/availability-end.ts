/** When an availability ends, as the dialog offers it. */
export type End = "open" | "1" | "4" | "tomorrow" | "at";

export const ENDS: { value: End; label: string }[] = [
  { value: "open", label: "Until I change it" },
  { value: "1", label: "For 1 hour" },
  { value: "4", label: "For 4 hours" },
  { value: "tomorrow", label: "Until tomorrow, 8:00" },
  { value: "at", label: "Until a date and time…" },
];

const HOUR_MS = 3_600_000;
const OPENING_HOUR = 8;

/** Returns the instant of an end; null for one that is open. `at` is a local date and time, as its field holds it. */
export function endOf(end: End, at: string, nowMs: number): string | null {
  if (end === "open") return null;
  if (end === "at") return new Date(at).toISOString();
  if (end !== "tomorrow") return new Date(nowMs + Number(end) * HOUR_MS).toISOString();
  const morning = new Date(nowMs);
  morning.setDate(morning.getDate() + 1);
  morning.setHours(OPENING_HOUR, 0, 0, 0);
  return morning.toISOString();
}

/** Whether a local date and time, as its field holds it, lies ahead. */
export const isAhead = (at: string, nowMs: number): boolean => Date.parse(at) > nowMs;
