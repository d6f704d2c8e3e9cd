/** Maximum lengths of texts in characters, as the API counts them. */
export const LIMITS = { line: 200, paragraph: 2_000, short: 300, long: 10_000 };

/** Returns an error text when a text is too long, else null. Texts are never truncated, so pasted text is not lost. */
export function tooLong(text: string, limit: number): string | null {
  if (text.length <= limit) return null;
  const length = Array.from(text.trim()).length; // A character beyond the basic plane counts once.
  return length <= limit ? null : `${(length - limit).toLocaleString("en")} characters too long; ${limit.toLocaleString("en")} fit`;
}
