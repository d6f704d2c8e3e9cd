/** How long texts may be, in characters, as the API counts them. */
export const LIMITS = { paragraph: 2_000, long: 10_000 };

/** Says by how much a text is too long; null when it fits. Cutting it without a word would lose what somebody pasted. */
export function tooLong(text: string, limit: number): string | null {
  if (text.length <= limit) return null;
  const length = Array.from(text.trim()).length; // A character beyond the basic plane counts once.
  return length <= limit ? null : `${(length - limit).toLocaleString("en")} characters too long; ${limit.toLocaleString("en")} fit`;
}
