/** Formats minutes as `at once`, `45 min`, `4 h` or `1 h 30 min`. */
export function minutesText(minutes: number): string {
  if (minutes === 0) return "at once";
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 && `${hours} h`, rest > 0 && `${rest} min`].filter(Boolean).join(" ");
}
