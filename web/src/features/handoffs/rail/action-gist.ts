/** Returns an action in the form in which actions are compared: without case, white space and punctuation. */
export const gist = (text: string): string => text.toLocaleLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
