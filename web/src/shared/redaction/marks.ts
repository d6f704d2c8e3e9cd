/** The API takes passages of this length, at most so many, each with a letter or digit. */
const SHORTEST = 2;
const LONGEST = 1_000;
const MOST = 20;

/** Whether the author of `text` can mark `passage` in it. */
export const canMark = (text: string, marked: readonly string[], passage: string): boolean =>
  passage.length >= SHORTEST &&
  passage.length <= LONGEST &&
  /[\p{L}\p{N}]/u.test(passage) &&
  marked.length < MOST &&
  !marked.includes(passage) &&
  text.includes(passage);

/** Returns the part of a request body that names the masked passages of `texts`, without those that were edited away. */
export function marksOf(marked: readonly string[], ...texts: (string | null)[]): { marked?: string[] } {
  const standing = marked.filter((passage) => texts.some((text) => text?.includes(passage)));
  return standing.length > 0 ? { marked: standing } : {};
}
