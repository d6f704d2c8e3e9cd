import { isSame } from "@/shared/drafts/is-same";

/** The result, part by part, of merging somebody else's version into a draft. */
export interface Merged<Draft> {
  draft: Draft;
  /** Names of parts that only they changed: taken from theirs. */
  taken: string[];
  /** Names of parts that both changed, each in another way: kept as they are here. */
  contested: string[];
}

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
