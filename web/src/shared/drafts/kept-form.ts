import { fits } from "./fits";
import { keep, textIn } from "./use-draft";

/** A draft without what must not be stored in the browser, and the names of what that was. */
export interface Omission<Draft> {
  draft: Draft;
  omitted: string[];
}

/** What is kept of a form that is not saved yet. */
interface KeptForm<Draft> extends Omission<Draft> {
  id: string;
  /** The version that the draft was made from, and what it was then. */
  version: number | null;
  base: Draft;
}

/** Keeps a form. What `omit` leaves out is named, with what was left out before. */
export function keepForm<Draft extends object>(
  slot: string,
  form: KeptForm<Draft>,
  omit: (draft: Draft) => Omission<Draft> = (draft) => ({ draft, omitted: [] }),
): void {
  const { draft, omitted } = omit(form.draft);
  const kept: KeptForm<Draft> = { ...form, base: omit(form.base).draft, draft, omitted: [...new Set([...form.omitted, ...omitted])] };
  keep(slot, JSON.stringify(kept));
}

/** Returns what was kept of a form; null where that is nothing, or what another version of the page has written. */
export function readForm<Draft extends object>(slot: string, blank: Draft, read: (draft: Draft) => unknown = () => null): KeptForm<Draft> | null {
  const text = textIn(slot);
  if (text === null) return null;
  try {
    const kept = JSON.parse(text) as KeptForm<Draft>;
    const [base, draft] = [{ ...blank, ...kept.base }, { ...blank, ...kept.draft }];
    if (!fits(blank, base) || !fits(blank, draft)) return null;
    read(base);
    read(draft);
    return { id: kept.id, version: kept.version, base, draft, omitted: [...kept.omitted] };
  } catch {
    return null;
  }
}
