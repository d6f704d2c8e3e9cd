import { formatDate } from "./date-format";

const MINUTES = { hour: "2-digit", minute: "2-digit" } as const;
const SECONDS = { ...MINUTES, second: "2-digit" } as const;

/** Formats an instant of the API as the time of day on the reader's own clock. */
export function timeOfDay(at: string, { seconds = false } = {}): string {
  return formatDate(new Date(at), seconds ? SECONDS : MINUTES);
}
