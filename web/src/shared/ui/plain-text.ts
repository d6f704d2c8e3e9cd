/**
 * Directional overrides, embeddings and isolates (UAX #9) let text turn round the words next to it: `gpj.exe` read as
 * `exe.jpg`. Nothing a person types needs them, since each text finds its own direction; so they are left out.
 */
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Text of unknown origin, safe to put next to other text. */
export function plainText(text: string): string {
  return text.replace(DIRECTION_CONTROLS, "");
}

/** The same on one line, no longer than `length`: for titles and labels. */
export function oneLine(text: string, length = 70): string {
  const line = plainText(text).replace(/\s+/g, " ").trim();
  return line.length <= length ? line : `${line.slice(0, length - 1).trimEnd()}…`;
}
