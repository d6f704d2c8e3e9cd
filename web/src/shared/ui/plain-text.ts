/**
 * Directional overrides, embeddings and isolates (UAX #9) let text reorder the words next to it: `gpj.exe` is shown as
 * `exe.jpg`. They are removed. Each text is rendered with `dir="auto"`, so no typed text needs them.
 */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Removes characters that affect text next to this one. */
export function plainText(text: string): string {
  return text.replace(DIRECTION_CONTROLS, "");
}

/** Returns the plain text on one line of at most `length` characters, for titles and labels. */
export function oneLine(text: string, length = 70): string {
  const line = plainText(text).replace(/\s+/g, " ").trim();
  return line.length <= length ? line : `${beginning(line, length - 1).trimEnd()}…`;
}

/** Returns the first `length` characters. One beyond the basic plane, such as an emoji, is never cut in half. */
export const beginning = (text: string, length: number): string => Array.from(text).slice(0, length).join("");
