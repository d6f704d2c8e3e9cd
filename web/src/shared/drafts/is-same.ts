/** Whether two drafts, or parts of them, mean the same; the keys of rows do not count. */
export const isSame = (one: unknown, other: unknown): boolean => meaning(one) === meaning(other);

const meaning = (part: unknown) => JSON.stringify(part, (name, value: unknown) => (name === "key" ? undefined : value));
