/** Returns what an action comes down to: case, white space and punctuation do not count. */
export const gist = (text: string): string => text.toLocaleLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
