/** The result, part by part, of merging somebody else's version into a draft. */
export interface Merged<Draft> {
  draft: Draft;
  /** Names of parts that only they changed: taken from theirs. */
  taken: string[];
  /** Names of parts that both changed, each in another way: kept as they are here. */
  contested: string[];
}

/** Whether two drafts, or parts of them, mean the same; the keys of rows do not count. */
export const isSame = (one: unknown, other: unknown): boolean => meaning(one) === meaning(other);

const meaning = (part: unknown) => JSON.stringify(part, (name, value: unknown) => (name === "key" ? undefined : value));

/** Merges what somebody else saved into `mine`, both made from `base`, part by part as `names` lists them. Nothing typed is lost. */
export function mergeParts<Draft extends object>(base: Draft, mine: Draft, theirs: Draft, names: Partial<Record<keyof Draft, string>>): Merged<Draft> {
  const merged: Merged<Draft> = { draft: { ...mine }, taken: [], contested: [] };
  for (const [part, name] of Object.entries(names) as [keyof Draft, string][]) {
    if (isSame(base[part], theirs[part]) || isSame(mine[part], theirs[part])) continue;
    if (!isSame(base[part], mine[part])) merged.contested.push(name);
    else {
      merged.taken.push(name);
      merged.draft[part] = theirs[part];
    }
  }
  return merged;
}
